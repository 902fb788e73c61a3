#include "enkat/statistic/cronbach_alpha.hpp"

#include "tests/cpp/cases.hpp"
#include "tests/cpp/statistic/cell_totals.hpp"

namespace enkat::cronbach_alpha_test {

TEST(CronbachAlpha, AgreesWithRsSvycralphaAndItsInfluenceFunction) {
  Design design;
  design.weight = "w";
  const Survey survey(testing::read_data("members"), Codebook(), design);
  const CronbachAlpha alpha({survey.numbers("trust"), survey.numbers("trust2"), survey.numbers("age")});
  const auto rows = testing::row_terms(survey, alpha, 3);
  const Solution solution = alpha.solve(rows.totals);
  EXPECT_NEAR(solution.value[0], 0.0303672911326843, 1e-13);
  // By numerical differentiation of alpha in every weight, in R.
  EXPECT_NEAR(testing::linearised_se(rows, solution), 0.0267407480247, 1e-9);
  testing::expect_gradient_is_slope(alpha, rows.totals);
}

TEST(CronbachAlpha, OfTheSameItemTwiceIsOne) {
  const Survey survey(Table::from_columns({{"x", std::vector<double>{1, 2, 2, 5}}}), Codebook(), Design());
  const CronbachAlpha alpha({survey.numbers("x"), survey.numbers("x")});
  EXPECT_NEAR(alpha.solve(testing::row_terms(survey, alpha, 0).totals).value[0], 1, 1e-14);
}

TEST(CronbachAlpha, WithASumThatDoesNotVaryDoesNotExist) {
  const Survey survey(Table::from_columns({{"x", std::vector<double>{1, 2, 3}}, {"y", std::vector<double>{3, 2, 1}}}),
                      Codebook(), Design());
  const CronbachAlpha alpha({survey.numbers("x"), survey.numbers("y")});
  EXPECT_TRUE(std::isnan(alpha.solve(testing::row_terms(survey, alpha, 0).totals).value[0]));
}

TEST(CronbachAlpha, NeedsTwoItems) { EXPECT_THROW(CronbachAlpha(Numbers(1)), EstimateError); }

}  // namespace enkat::cronbach_alpha_test
