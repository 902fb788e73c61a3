#include "enkat/design/auxiliaries.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "enkat/basics/json.hpp"
#include "enkat/design/survey.hpp"

namespace enkat::auxiliaries_test {

using Names = std::vector<std::string>;

Survey survey(Design design = {}) {
  const Table table = Table::from_columns({{"sex", Names{"k", "m", "k", "m"}},
                                           {"area", Names{"south", "north", "north", "south"}},
                                           {"age", std::vector<double>{30, 40, 50, 70}},
                                           {"job", std::vector<double>{1, 2, 1, 9}},
                                           {"grade", std::vector<std::int64_t>{3, 1, 1, 3}},
                                           {"hh", std::vector<std::int64_t>{1, 1, 2, 2}},
                                           {"none", std::vector<double>{1, std::nan(""), 3, std::nan("")}},
                                           {"gone", std::vector<std::optional<std::string>>{{}, "a", "b", {}}},
                                           {"home", std::vector<double>{1, 0, 1, 0}},
                                           {"w", std::vector<double>{1, 3, 2, 0}}});
  return Survey(table, Codebook::from_json(Json::parse(R"({"schema_version": 1, "questions": [
    {"name": "job", "type": "single", "label": "Job", "options": [
      {"name": "nurse", "code": 1, "label": "Nurse"}, {"name": "doctor", "code": 2, "label": "Doctor"},
      {"name": "priest", "code": 3, "label": "Priest"}],
      "missing": [{"code": 9, "reason": "skipped"}]},
    {"name": "place", "type": "multiple", "label": "Place", "options": [{"name": "home", "column": "home"}]}]})")),
                std::move(design));
}

Design weighted() {
  Design design;
  design.weight = "w";
  return design;
}

TEST(Auxiliaries, ColumnsAreTheInterceptNumbersAndEveryLevel) {
  const Auxiliaries x(survey(), true, {{{"sex"}}, {{"age"}}, {{"area", "sex"}}});
  EXPECT_EQ(x.names(), (Names{"(Intercept)", "sex:k", "sex:m", "age", "area:sex:north:k", "area:sex:north:m",
                              "area:sex:south:k", "area:sex:south:m"}));
  ModelRows rows;
  x.observe({1, 3}, rows);
  EXPECT_EQ(rows.entries, 4U);
  EXPECT_EQ(rows.column, (std::vector<std::int32_t>{0, 2, 3, 5, 0, 1, 3, 4}));
  EXPECT_EQ(rows.value, (std::vector<double>{1, 1, 40, 1, 1, 1, 50, 1}));
  EXPECT_EQ(x.bounds()[3], 70);
}

TEST(Auxiliaries, LevelsOfTheCodebookStayWhenNobodyHasThem) {
  const Auxiliaries x(survey(weighted()), false, {{{"job"}}});
  EXPECT_EQ(x.names(), (Names{"job:nurse", "job:doctor", "job:priest"}));
}

TEST(Auxiliaries, NumbersAreLevelsWhereMarginsAreMeant) {
  EXPECT_EQ(Auxiliaries(survey(), false, {{{"grade"}}}).names(), Names{"grade"});
  EXPECT_EQ(Auxiliaries(survey(), false, {{{"grade"}, true}}).names(), (Names{"grade:1", "grade:3"}));
}

TEST(Auxiliaries, MissingValuesOfAllColumnsAreRefusedAtOnce) {
  try {
    const Auxiliaries x(survey(), false, {{{"none"}}, {{"gone"}}, {{"gone", "sex"}}});
    FAIL() << "a row without x has no factor";
  } catch (const DesignError& error) {
    ASSERT_EQ(error.issues.size(), 2U);
    EXPECT_EQ(error.code, "calibrate.missing");
    EXPECT_EQ(error.issues[0].context["column"], "none");
    EXPECT_EQ(error.issues[1].context["rows"], 2);
  }
}

TEST(Auxiliaries, AValueMissingWithoutWeightIsNone) {
  // `job` is missing in the last row only, whose weight is 0.
  const Auxiliaries x(survey(weighted()), false, {{{"job"}}});
  ModelRows rows;
  x.observe({3, 4}, rows);
  EXPECT_EQ(rows.column, std::vector<std::int32_t>{-1});
  EXPECT_EQ(rows.value, std::vector<double>{0});
}

TEST(Auxiliaries, EverybodyInAHouseholdHasItsMean) {
  Design design;
  const Auxiliaries x(survey(design), false, {{{"sex"}}, {{"age"}}}, "hh");
  ModelRows rows;
  x.observe({0, 4}, rows);
  EXPECT_EQ(rows.entries, 3U);
  EXPECT_EQ(rows.value, (std::vector<double>{.5, .5, 35, .5, .5, 35, .5, .5, 60, .5, .5, 60}));
}

TEST(Auxiliaries, WhatCannotBeCalibratedOnIsRefused) {
  const auto code = [](const std::vector<ModelTerm>& terms) -> std::string {
    try {
      const Auxiliaries x(survey(), false, terms);
    } catch (const Error& error) {
      return error.code;
    }
    return "";
  };
  EXPECT_EQ(code({{{"place"}}}), "calibrate.multiple_question");
  EXPECT_EQ(code({{{"sex", "age"}}}), "calibrate.crossed_number");
  EXPECT_EQ(code({{{"sexx"}}}), "data.unknown_column");
}

}  // namespace enkat::auxiliaries_test
