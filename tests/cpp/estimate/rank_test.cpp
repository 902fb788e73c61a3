#include "enkat/estimate/rank.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "enkat/basics/json.hpp"

namespace enkat::rank_test {

using Numbers = std::vector<double>;

const Codebook codebook = Codebook::from_json(Json::parse(R"({"schema_version": 1, "questions": [
  {"name": "best", "type": "single", "label": "Best", "options": [{"name": "a", "code": 1}, {"name": "b", "code": 2},
    {"name": "c", "code": 3}, {"name": "something", "code": 4, "other": true}]},
  {"name": "works", "type": "scale", "label": "Works", "options": [{"name": "well", "code": 1}, {"name": "badly", "code": 2}]},
  {"name": "area", "type": "multiple", "label": "Area", "options": [{"name": "home"}, {"name": "school"},
    {"name": "nowhere", "exclusive": true}]}]})"));

/// One row an answer: `counts` of 1, 2, 3 and 4; every third row is in group "x".
Survey answered(const std::vector<int>& counts, const Design& design = {}) {
  Numbers best, weight;
  std::vector<std::string> group;
  for (std::size_t code = 0; code < counts.size(); ++code) {
    for (int i = 0; i < counts[code]; ++i) {
      best.push_back(static_cast<double>(code + 1));
      weight.push_back(1 + static_cast<double>(best.size() % 2));
      group.emplace_back(best.size() % 3 == 0 ? "x" : "y");
    }
  }
  const Numbers works(best.size(), 1);
  return Survey(Table::from_columns({{"best", best}, {"works", works}, {"w", weight}, {"g", group}}), codebook, design);
}

Estimates ranked(const Survey& survey, const std::string& question = "best", const std::vector<std::string>& by = {}) {
  NoMonitor monitor;
  return rank(survey, question, by, 0.95, IntervalMethod::logit, monitor);
}

std::string code_of(const Survey& survey, const std::string& question) {
  try {
    ranked(survey, question);
  } catch (const EstimateError& error) {
    return error.code;
  }
  return "";
}

TEST(Rank, OfASingleQuestionComparesTheCountsBinomially) {
  // Those who chose a did not choose b: discordant counts are the counts, tested as fair coins.
  NoMonitor monitor;
  const Survey survey = answered({30, 14, 2});
  const DiscordantCounts counts = discordant_counts(survey, "best", {0, 1, 2}, monitor);
  EXPECT_EQ(counts, (DiscordantCounts{{0, 30, 30}, {14, 0, 14}, {2, 2, 0}}));
  const Estimates places = ranked(survey);
  const auto sets = rank_sets(counts, 0.95);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(places.rows[i].rank_high, sets[i].rank_high);
  double tail = 0;  // P(X ≥ 30), X binomial(44, ½)
  for (int x = 30; x <= 44; ++x) tail += std::exp(std::lgamma(45) - std::lgamma(x + 1) - std::lgamma(45 - x));
  EXPECT_NEAR(winner(counts).p_value, std::min(1.0, 2 * tail * std::pow(0.5, 44)), 1e-12);
}

TEST(Rank, SharesAreThoseOfProportion) {
  EstimateRequest request;
  request.estimator = "proportion";
  request.variables = {"best"};
  NoMonitor monitor;
  const Survey survey = answered({30, 14, 2, 7});
  const Estimates shares = estimate(survey, request, monitor), places = ranked(survey);
  ASSERT_EQ(shares.rows.size(), places.rows.size());
  for (std::size_t i = 0; i < shares.rows.size(); ++i) {
    EXPECT_EQ(shares.rows[i].estimate, places.rows[i].estimate);
    EXPECT_EQ(shares.rows[i].se, places.rows[i].se);
  }
}

TEST(Rank, ResidualAndExclusiveOptionsAreShownWithoutAPlace) {
  const Estimates places = ranked(answered({5, 9, 3, 40}));
  ASSERT_EQ(places.rows.size(), 4U);
  EXPECT_EQ(places.rows[1].rank, 1);  // although "something" was chosen most
  EXPECT_FALSE(places.rows[3].rank);
  EXPECT_EQ(ranked_options(*codebook.find("area")), (std::vector<std::size_t>{0, 1}));
}

TEST(Rank, OfAMultipleQuestionOnlyWhoTickedOneOfTwoTellsThemApart) {
  NoMonitor monitor;
  const Survey survey(Table::from_columns({{"area_home", Numbers{1, 1, 1, 0, 0}},
                                           {"area_school", Numbers{1, 1, 0, 1, 0}},
                                           {"area_nowhere", Numbers{0, 0, 0, 0, 1}}}),
                      codebook, Design());
  const DiscordantCounts counts = discordant_counts(survey, "area", {0, 1}, monitor);
  EXPECT_EQ(counts, (DiscordantCounts{{0, 1}, {1, 0}}));
}

TEST(Rank, AGroupIsRankedAsItsDomain) {
  const Survey survey = answered({60, 20, 22});
  const Estimates groups = ranked(survey, "best", {"g"});
  for (const char* group : {"x", "y"}) {
    const Estimates alone = ranked(survey.where({{"g", {group}}}));
    std::size_t at = 0;
    for (const Estimate& row : groups.rows) {
      if (row.by[0] != group) continue;
      EXPECT_EQ(row.rank, alone.rows[at].rank);
      EXPECT_EQ(row.rank_low, alone.rows[at].rank_low);
      EXPECT_EQ(row.rank_high, alone.rows[at].rank_high);
      ++at;
    }
    EXPECT_EQ(at, alone.rows.size());
  }
}

TEST(Rank, DesignsForWhichTheTestsAreNotExactAreRefused) {
  Design weighted, stratified, clustered, counted;
  weighted.weight = "w";
  stratified.strata = {"g"};
  clustered.cluster = {"g"};
  counted.population = 500;
  for (const Design& design : {weighted, stratified, clustered})
    EXPECT_EQ(code_of(answered({9, 4, 2}, design), "best"), "estimate.ranking_design");
  EXPECT_EQ(code_of(answered({9, 4, 2}, counted), "best"), "");
}

TEST(Rank, AScaleHasAnOrderOfItsOwn) { EXPECT_EQ(code_of(answered({9, 4, 2}), "works"), "estimate.ranking_scale"); }

}  // namespace enkat::rank_test
