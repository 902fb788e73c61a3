#include "enkat/statistic/covariance.hpp"

#include "enkat/statistic/variance.hpp"
#include "tests/cpp/cases.hpp"
#include "tests/cpp/statistic/cell_totals.hpp"

namespace enkat::covariance_test {

Survey members() {
  Design design;
  design.weight = "w";
  return Survey(testing::read_data("members"), Codebook(), design);
}

TEST(Covariance, AgreesWithRsSvyvarOfTwoVariables) {
  const Survey survey = members();
  const Covariance covariance{{survey.numbers("age"), survey.numbers("hours")}};
  const auto rows = testing::row_terms(survey, covariance, 40);
  const Solution solution = covariance.solve(rows.totals);
  EXPECT_NEAR(solution.value[0], 2.287789433195674, 1e-12);
  EXPECT_NEAR(testing::linearised_se(rows, solution), 2.460351953228528, 1e-12);
  testing::expect_gradient_is_slope(covariance, rows.totals);
}

TEST(Covariance, RestsOnThoseWhoAnsweredBoth) {
  const Survey survey = members();
  const Covariance covariance{{survey.numbers("hours"), survey.numbers("cases")}};
  const auto rows = testing::row_terms(survey, covariance, 0);
  EXPECT_EQ(rows.totals.rows, 561 - 18);
  const Solution solution = covariance.solve(rows.totals);
  EXPECT_NEAR(solution.value[0], 0.9223286603417669, 1e-12);
  EXPECT_NEAR(testing::linearised_se(rows, solution), 0.9163103611347978, 1e-12);
}

TEST(Covariance, OfANumberWithItselfIsItsVariance) {
  const Survey survey = members();
  const Covariance covariance{{survey.numbers("age"), survey.numbers("age")}};
  const Variance variance{survey.numbers("age")};
  EXPECT_NEAR(covariance.solve(testing::row_terms(survey, covariance, 40).totals).value[0],
              variance.solve(testing::row_terms(survey, variance, 40).totals).value[0], 1e-11);
}

}  // namespace enkat::covariance_test
