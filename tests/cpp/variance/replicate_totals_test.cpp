#include "enkat/variance/replicate_totals.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "enkat/basics/json.hpp"
#include "enkat/design/calibrate.hpp"
#include "enkat/design/replicate.hpp"
#include "enkat/estimate/estimate.hpp"
#include "tests/cpp/design/mixed_people.hpp"

namespace enkat::replicate_totals_test {

using namespace mixed_people;

NoMonitor nobody;

const Json margins = Json::parse(R"({"sex": {"k": 700, "m": 500}, "region": {"r0": 300, "r1": 250, "r2": 350,
                                                                              "r3": 300}})");

EstimateRequest asked(const std::string& estimator, std::vector<std::string> by = {}) {
  EstimateRequest request;
  request.estimator = estimator;
  request.variables = {"age"};
  if (estimator == "ratio") request.others = {"income"};
  request.by = std::move(by);
  return request;
}

/// The same replicates as columns of weights, calibrated already: totals of the rows themselves.
Survey with_columns(const Survey& survey) {
  auto supplied = std::make_shared<Replicates>(*survey.replicates());
  const std::size_t n = survey.rows();
  std::vector<double> before(n), weight(n * supplied->count());
  survey.weights_before({0, n}, before);
  survey.replicates()->weights({0, n}, before, weight);
  supplied->combined = true;
  supplied->largest = std::ranges::max(weight);
  supplied->weight = std::move(weight);
  supplied->multiplier.clear();
  supplied->unit.clear();
  supplied->calibrated.reset();
  supplied->lambda.resize(0, 0);
  return survey.with_replicates(supplied);
}

void expect_totals_of_rows(const Survey& survey) {
  const Survey columns = with_columns(survey);
  for (const char* estimator : {"total", "mean", "ratio", "variance"})
    for (const std::vector<std::string>& by : {std::vector<std::string>{}, {"job"}, {"job", "sex"}}) {
      const Estimates found = estimate(survey, asked(estimator, by), nobody),
                      wanted = estimate(columns, asked(estimator, by), nobody);
      ASSERT_EQ(found.rows.size(), wanted.rows.size());
      for (std::size_t r = 0; r < found.rows.size(); ++r) {
        EXPECT_NEAR(*found.rows[r].estimate / *wanted.rows[r].estimate, 1, 1e-12) << estimator;
        // What was calibrated to does not vary: its standard error is rounding.
        EXPECT_NEAR(*found.rows[r].se, *wanted.rows[r].se, 1e-9 * *wanted.rows[r].se + 1e-11 * *wanted.rows[r].estimate)
            << estimator;
      }
    }
}

TEST(ReplicateTotals, OfUnitsAreThoseOfTheirRows) {
  expect_totals_of_rows(replicate(survey(600), {.method = "JKn"}, nobody));
}

TEST(ReplicateTotals, OfCellsAreThoseOfTheirRows) {
  const Survey people = survey(600);
  const ReplicateRequest bootstrap{.method = "bootstrap", .replicates = 80, .seed = 3};
  expect_totals_of_rows(replicate(rake(people, margins, nobody), bootstrap, nobody));
  expect_totals_of_rows(rake(replicate(people, {.method = "JKn"}, nobody), margins, nobody));
  const Json strata = {{"sex", margins["sex"]}};
  expect_totals_of_rows(poststratify(replicate(people, bootstrap, nobody), strata, nobody));
}

TEST(ReplicateTotals, CalibratedOnNumbersAreThoseOfTheirRows) {
  CalibrateRequest request;
  request.terms = {{"sex"}, {"age"}};
  request.totals = {{"sex", margins["sex"]}, {"age", 56000}};
  const Survey people = survey(600);
  expect_totals_of_rows(replicate(calibrate(people, request, nobody), {.method = "JKn"}, nobody));
  request.terms = {{"sex", "region"}, {"income"}, {"age"}};
  request.totals = {{"sex:region", Json::parse(R"({"k:r0": 170, "k:r1": 150, "k:r2": 200, "k:r3": 180, "m:r0": 130,
                                                   "m:r1": 100, "m:r2": 150, "m:r3": 120})")},
                    {"income", 3.5e6},
                    {"age", 56000}};
  const ReplicateRequest bootstrap{.method = "bootstrap", .replicates = 80, .seed = 3};
  expect_totals_of_rows(calibrate(replicate(people, bootstrap, nobody), request, nobody));
  request.intercept = false;
  request.terms = {{"income"}};
  request.totals = {{"income", 3.5e6}};
  expect_totals_of_rows(replicate(calibrate(people, request, nobody), bootstrap, nobody));
  request.method = "raking";
  expect_totals_of_rows(replicate(calibrate(people, request, nobody), bootstrap, nobody));
}

// Found from sums by unit, and met by the weights of the rows.
TEST(ReplicateTotals, LinearReplicatesMeetTheirTotals) {
  CalibrateRequest request;
  request.terms = {{"sex"}, {"income"}};
  request.totals = {{"sex", margins["sex"]}, {"income", 3.5e6}};
  const Survey made =
      replicate(calibrate(survey(600), request, nobody), {.method = "bootstrap", .replicates = 60, .seed = 1}, nobody);
  EstimateRequest total = asked("total");
  total.variables = {"income"};
  const Estimate income = estimate(made, total, nobody).rows[0];
  EXPECT_NEAR(*income.estimate, 3.5e6, 1e-4);
  EXPECT_LE(*income.se, 1e-10 * 3.5e6);
  EXPECT_GT(*estimate(made, asked("total"), nobody).rows[0].se, 100);
}

// Every replicate of a raked sample meets its margins, so their totals do not vary.
TEST(ReplicateTotals, OfWhatWasRakedOnDoNotVary) {
  const Survey raked = replicate(rake(survey(600), margins, nobody), {.method = "JKn"}, nobody);
  EstimateRequest count = asked("total", {"sex"});
  count.variables = {"one"};
  const Estimates sizes = estimate(raked, count, nobody);
  EXPECT_NEAR(*sizes.rows[0].estimate, 700, 1e-9);
  for (const Estimate& row : sizes.rows) EXPECT_LE(*row.se, 1e-9 * *row.estimate);
  for (const Estimate& row : estimate(raked, asked("mean", {"sex"}), nobody).rows) EXPECT_GT(*row.se, 0.01);
}

}  // namespace enkat::replicate_totals_test
