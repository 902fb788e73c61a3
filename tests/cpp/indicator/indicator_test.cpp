#include "enkat/indicator/indicator.hpp"

#include <gtest/gtest.h>

#include "enkat/basics/json.hpp"

namespace enkat::indicator_test {

using Found = std::vector<std::pair<std::string, std::string>>;  // codes of problems and where they are

std::vector<Indicator> read(const std::string& list) {
  return indicators_from_json(Json::parse(R"({"schema_version": 1, "indicators": )" + list + "}"));
}

Found problems(const std::string& list) {
  Found found;
  try {
    read(list);
  } catch (const IndicatorError& error) {
    for (const Issue& issue : error.issues)
      found.emplace_back(issue.code, std::get<std::string>(issue.context["at"].held()));
  }
  return found;
}

Survey survey() {
  return Survey(Table::from_columns({{"y", std::vector<double>{1, 2, 3, 6}},
                                     {"x", std::vector<double>{2, 2, 2, 4}},
                                     {"g", std::vector<std::string>{"a", "a", "b", "b"}}}),
                Codebook(), Design());
}

Estimates computed(const std::string& indicator) {
  NoMonitor monitor;
  return compute(survey(), read("[" + indicator + "]")[0], monitor);
}

TEST(Indicator, ReadsWhatIsGivenAndDefaultsTheRest) {
  const Indicator indicator = read(R"([{"name": "i", "estimator": "proportion", "question": "q", "by": "g",
    "where": {"region": "north", "age": [1, 2.5, true]}, "answers": ["yes", 1], "interval": "wilson", "level": 0.9}])")
      [0];
  EXPECT_EQ(indicator.by, std::vector<std::string>{"g"});
  ASSERT_EQ(indicator.where.size(), 2U);
  EXPECT_EQ(indicator.where[1].column, "age");
  EXPECT_EQ(indicator.where[1].values, (std::vector<std::string>{"1", "2.5", "true"}));
  EXPECT_EQ(indicator.answers, (std::vector<std::string>{"yes", "1"}));
  EXPECT_EQ(indicator.interval, IntervalMethod::wilson);
  EXPECT_EQ(indicator.level, 0.9);
  EXPECT_FALSE(indicator.whiskers);
}

TEST(Indicator, AllProblemsOfTheFileAreFoundAtOnceEachWithItsPlace) {
  EXPECT_EQ(problems(R"([{"name": "i", "estimator": "proportions", "question": "q"},
                         {"name": "i", "estimator": "mean", "question": "y", "levle": 0.9, "level": 95},
                         {"name": "r", "estimator": "ratio", "question": "y"}])"),
            (Found{{"indicator.unknown_estimator", "/indicators/0/estimator"},
                   {"indicator.unknown_key", "/indicators/1/levle"},
                   {"indicator.level", "/indicators/1/level"},
                   {"indicator.duplicate_name", "/indicators/1/name"},
                   {"indicator.missing_key", "/indicators/2/denominator"}}));
}

TEST(Indicator, AMisspeltKeyIsToldBeforeTheMissingOne) {
  EXPECT_EQ(problems(R"([{"name": "i", "estimater": "mean", "question": "y", "interval": "logic", "by": [{}]}])"),
            (Found{{"indicator.unknown_key", "/indicators/0/estimater"},
                   {"indicator.missing_key", "/indicators/0"},
                   {"indicator.wrong_type", "/indicators/0/by"},
                   {"indicator.unknown_value", "/indicators/0/interval"}}));
  EXPECT_EQ(problems(R"([5, {"estimator": "mean", "question": "y"}])"),
            (Found{{"indicator.wrong_type", "/indicators/0"}, {"indicator.missing_key", "/indicators/1"}}))
      << "neither has a name that the other has";
}

TEST(Indicator, AnEmptyConditionIsAProblem) {
  const auto found = problems(R"([{"name": "i", "estimator": "mean", "question": "y", "where": {"g": []}}])");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].first, "where.no_value");
}

TEST(Indicator, ANetIsOneAnswerOfAnIndicatorWithTheSameGroups) {
  EXPECT_TRUE(problems(R"([{"name": "q", "estimator": "proportion", "question": "q", "nets": "bad",
                            "where": {"g": ["a"]}},
                           {"name": "bad", "estimator": "proportion", "question": "b", "answers": ["yes"],
                            "where": {"g": "a"}}])")
                  .empty());
  EXPECT_EQ(problems(R"([{"name": "q", "estimator": "proportion", "question": "q", "by": ["g"], "nets": ["bad", "bed"]},
                         {"name": "bad", "estimator": "proportion", "question": "b", "answers": ["yes"]}])"),
            (Found{{"indicator.net", "/indicators/0/nets"}, {"indicator.unknown_net", "/indicators/0/nets"}}));
}

TEST(Indicator, AFileOfAnotherVersionIsRefused) {
  EXPECT_THROW(indicators_from_json(Json::parse(R"({"schema_version": 2, "indicators": []})")), IndicatorError);
  EXPECT_THROW(indicators_from_json(Json::parse("[]")), IndicatorError);
}

TEST(Indicator, ComputesWhatItSaysAmongWhomItSays) {
  EXPECT_EQ(*computed(R"({"name": "i", "estimator": "mean", "question": "y"})").rows[0].estimate, 3);
  EXPECT_EQ(*computed(R"({"name": "i", "estimator": "mean", "question": "y", "where": {"g": "b"}})").rows[0].estimate,
            4.5);
  EXPECT_EQ(*computed(R"({"name": "i", "estimator": "ratio", "question": "y", "denominator": "x"})").rows[0].estimate,
            1.2);
  EXPECT_EQ(computed(R"({"name": "i", "estimator": "total", "question": "y", "by": ["g"]})").rows.size(), 2U);
  EXPECT_TRUE(computed(R"({"name": "i", "estimator": "ranking", "question": "g"})").ranked);
}

TEST(Indicator, AnImpossibleOneIsNamedAndKeepsTheCode) {
  try {
    computed(R"({"name": "sickness", "estimator": "mean", "question": "g"})");
    FAIL() << "a text has no mean";
  } catch (const IndicatorError& error) {
    EXPECT_EQ(error.code, "data.not_a_number");
    EXPECT_NE(std::string(error.what()).find("'sickness'"), std::string::npos) << error.what();
  }
}

}  // namespace enkat::indicator_test
