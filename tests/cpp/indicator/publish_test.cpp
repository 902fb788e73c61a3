#include "enkat/indicator/publish.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "enkat/basics/json.hpp"

namespace enkat::publish_test {

using Numbers = std::vector<double>;

struct Group {
  double job;
  int yes, no;
};

/// A yes/no question among the jobs 1, 2 and 3; `weight` of the rows that say yes.
Survey survey(const std::vector<Group>& groups, bool sensitive = false, double weight = 1) {
  Numbers job, heard, w;
  for (const Group& group : groups) {
    for (int i = 0; i < group.yes + group.no; ++i) {
      job.push_back(group.job);
      heard.push_back(i < group.yes ? 1 : 0);
      w.push_back(i < group.yes ? weight : 1);
    }
  }
  Json codebook = Json::parse(R"({"schema_version": 1, "questions": [
    {"name": "job", "type": "single", "label": "Job", "options": [
      {"name": "a", "code": 1}, {"name": "b", "code": 2}, {"name": "c", "code": 3}]},
    {"name": "heard", "type": "single", "label": "Heard", "options": [
      {"name": "yes", "code": 1}, {"name": "no", "code": 0}]}]})");
  codebook["questions"][1]["sensitive"] = sensitive;
  Design design;
  if (weight != 1) design.weight = "w";
  return Survey(Table::from_columns({{"job", job}, {"heard", heard}, {"w", w}}), Codebook::from_json(codebook), design);
}

Indicator indicator(const std::string& estimator, const std::string& question, std::vector<std::string> by = {}) {
  Indicator made;
  made.name = estimator + " of " + question;
  made.estimator = estimator;
  made.question = question;
  made.by = std::move(by);
  return made;
}

const Indicator everyone = indicator("proportion", "heard"), by_job = indicator("proportion", "heard", {"job"});

std::vector<ComputedIndicator> published(const Survey& survey, const std::vector<Indicator>& indicators) {
  NoMonitor monitor;
  return compute_all(survey, indicators, monitor);
}

const PublishedRow& row(const ComputedIndicator& computed, const std::string& job, const std::string& answer) {
  return *std::ranges::find_if(computed.published, [&](const PublishedRow& r) {
    return r.answer == answer && (job.empty() || r.by == std::vector<std::string>{job});
  });
}

TEST(Publish, ASmallBaseIsWithheldWithAllThatIsSaidOfIt) {
  const auto out = published(survey({{1, 60, 40}, {2, 5, 3}, {3, 30, 22}}), {everyone, by_job});
  EXPECT_EQ(row(out[1], "b", "yes").withheld, Withheld::base);
  EXPECT_EQ(row(out[1], "a", "yes").withheld, Withheld::no);
  const PublishedRow& hidden = row(out[1], "b", "yes");
  EXPECT_FALSE(hidden.percent || hidden.low || hidden.high || hidden.base);
  EXPECT_EQ(row(out[0], "", "yes").percent, 59);  // 95 of 160
}

TEST(Publish, SharesAreWholePercentsOfTheCounts) {
  const auto out = published(survey({{1, 60, 40}, {2, 50, 30}, {3, 41, 22}}), {everyone, by_job});
  for (const char* job : {"a", "b", "c"}) EXPECT_TRUE(row(out[1], job, "yes").percent) << job;
  EXPECT_EQ(row(out[1], "b", "yes").percent, 63);
  EXPECT_EQ(row(out[1], "c", "yes").percent, 65);  // 41 of 63: 65.08
  EXPECT_EQ(row(out[1], "c", "yes").base, 63);
  EXPECT_LT(*row(out[1], "c", "yes").low, 65);
  EXPECT_GT(*row(out[1], "c", "yes").high, 65);
}

TEST(Publish, WeightedSharesAreThePercentsOfTheEstimates) {
  const auto out = published(survey({{1, 50, 50}}, false, 3), {everyone});
  EXPECT_EQ(row(out[0], "", "yes").percent, 75);
  EXPECT_EQ(row(out[0], "", "yes").base, 100);
}

TEST(Publish, SmallCountsAreWithheldOnSensitiveQuestionsOnly) {
  const std::vector<Group> groups{{1, 60, 40}, {2, 2, 48}, {3, 30, 22}};
  EXPECT_EQ(row(published(survey(groups), {everyone, by_job})[1], "b", "yes").percent, 4);
  const auto out = published(survey(groups, true), {everyone, by_job});
  EXPECT_EQ(row(out[1], "b", "yes").withheld, Withheld::sensitive);
  EXPECT_NE(row(out[1], "b", "no").withheld, Withheld::no);  // 48 of 50 would say it all
  EXPECT_TRUE(row(out[1], "b", "yes").base);
}

TEST(Publish, OnlyTheAnswersAskedForAreShown) {
  Indicator yes = by_job;
  yes.answers = {"1"};
  const auto out = published(survey({{1, 60, 40}, {2, 48, 2}, {3, 30, 22}}, true), {everyone, yes});
  ASSERT_EQ(out[1].published.size(), 3U);
  EXPECT_EQ(out[1].published[0].answer, "yes");
  EXPECT_NE(row(out[1], "b", "yes").withheld, Withheld::no);  // two said no
  EXPECT_EQ(out[1].estimates.rows.size(), 6U);
}

TEST(Publish, ARankingShowsPlacesAndAMeanItsValue) {
  const auto out = published(survey({{1, 60, 40}, {2, 5, 3}, {3, 30, 22}}),
                             {indicator("ranking", "heard"), indicator("mean", "w", {"job"})});
  EXPECT_EQ(row(out[0], "", "yes").rank, 1);
  EXPECT_EQ(out[1].published[0].value, 1);
  EXPECT_FALSE(out[1].published[0].percent);
  EXPECT_FALSE(out[1].published[1].value);  // eight respondents
}

}  // namespace enkat::publish_test
