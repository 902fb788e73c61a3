#include "enkat/statistic/variance.hpp"

#include "tests/cpp/cases.hpp"
#include "tests/cpp/statistic/cell_totals.hpp"

namespace enkat::variance_test {

Design weighted() {
  Design design;
  design.weight = "w";
  return design;
}

TEST(Variance, AgreesWithRsSvyvar) {
  const Survey survey(testing::read_data("members"), Codebook(), weighted());
  const Variance variance{survey.numbers("age")};
  for (const double centre : {0.0, 44.0}) {
    const auto rows = testing::row_terms(survey, variance, centre);
    const Solution solution = variance.solve(rows.totals);
    EXPECT_NEAR(solution.value[0], 108.656753105549, 1e-10);
    EXPECT_NEAR(testing::linearised_se(rows, solution), 6.72657899648775, 1e-11);
    testing::expect_gradient_is_slope(variance, rows.totals);
  }
}

TEST(Variance, IsNotNegativeWhenWeightsAre) {
  const Variance variance{{}};
  CellTotals totals{Eigen::Vector3d(2, 0, -6), Eigen::Vector2d(0, 1), 3};  // as calibration can leave them
  EXPECT_TRUE(std::isnan(variance.solve(totals).value[0]));
  totals.total[2] = 6;
  EXPECT_EQ(variance.solve(totals).value[0], 3.0 * 3 / 2);
}

TEST(Variance, OfOneRowDoesNotExist) {
  const Survey one(Table::from_columns({{"y", std::vector<double>{3, std::nan("")}}}), Codebook(), Design());
  const Variance variance{one.numbers("y")};
  EXPECT_TRUE(std::isnan(variance.solve(testing::row_terms(one, variance, 0).totals).value[0]));
}

}  // namespace enkat::variance_test
