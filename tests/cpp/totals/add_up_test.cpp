#include "enkat/totals/add_up.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/cpp/totals/six_rows.hpp"

namespace enkat::add_up_test {

using namespace testing;
using Numbers = std::vector<double>;
using Names = std::vector<std::string>;

// The totals about the centres are nothing, and with the centres they are those of the rows.
TEST(AddUp, TotalsOfUnitsAndCellsAreThoseOfTheirRows) {
  const auto plan = mean_and_covariance(clusters_drawn());
  const CentredTotals totals = add_up(plan, nobody);
  const Numbers weight{1, 2, 3, 1, 2, 3}, y{3, 1, 4, 1, 5, 9};
  for (std::size_t row = 0; row < 6; ++row) {
    const std::size_t unit = row / 2, cell = row % 2, slot = unit * 2 + cell;
    const double centre = plan->centre(static_cast<Eigen::Index>(cell), 1);
    EXPECT_EQ(totals.rows(slot), 1);
    EXPECT_EQ(totals.total(slot, 0), weight[row]);
    EXPECT_NEAR(totals.total(slot, 1), weight[row] * (y[row] - centre), 1e-12);
  }
  for (std::size_t cell = 0; cell < 2; ++cell) {
    EXPECT_EQ(totals.cell_total(cell, 0), 6);
    EXPECT_NEAR(totals.cell_total(cell, 1), 0, 1e-12);
    EXPECT_NEAR(plan->centre(static_cast<Eigen::Index>(cell), 1), cell == 0 ? 25 / 6.0 : 5, 1e-15);
  }
}

TEST(AddUp, AddsUpTheSurveyThePlanWasMadeForWhenThatIsGone) {
  std::shared_ptr<Plan> plan;
  {
    const Survey gone = rows_drawn();
    plan = mean_and_covariance(gone);
  }
  EXPECT_EQ(add_up(plan, nobody).cell_total(0, 0), 6);
}

// Group m is 1e9 times smaller than group k: on the grid of two limbs its squares would have ten digits.
TEST(AddUp, NumbersOfVeryDifferentMagnitudeGetAFinerGrid) {
  const auto limbs = [](double large) {
    const Survey survey(Table::from_columns({{"y", Numbers{large, large, 3 * large, 1, 2, 4}},
                                             {"g", Names{"k", "k", "k", "m", "m", "m"}}}),
                        Codebook(), Design());
    const auto plan = make_plan(survey, {"g"}, of_y<Mean>());
    const CentredTotals totals = add_up(plan, nobody);
    EXPECT_NEAR(totals.spread(1, plan->variables[0], 1, 1), 14.0 / 3, 1e-11);
    return plan->shape.limbs;
  };
  EXPECT_EQ(limbs(10), 2);
  EXPECT_GT(limbs(1e13), 2);
}

/// Σw·u² and Σw²·u² of group m about its own mean, when group k is `apart` from it.
std::vector<double> of_second_group(double apart) {
  const Survey survey(Table::from_columns({{"y", Numbers{apart, apart + 2, apart + 5, 1, 2, 4}},
                                           {"g", Names{"k", "k", "k", "m", "m", "m"}},
                                           {"w", Numbers{1, 2, 3, 1, 2, 3}}}),
                      Codebook(), [] {
                        Design design;
                        design.weight = "w";
                        return design;
                      }());
  const auto plan = make_plan(survey, {"g"}, of_y<Variance>());
  const CentredTotals totals = add_up(plan, nobody);
  return {totals.spread(1, plan->variables[0], 1, 1), totals.scatter(1, 1, 1), totals.scatter(1, 2, 2)};
}

// Mean 17/6; a column whose mean is far from the group's takes more than one pass.
TEST(AddUp, AGroupIsAsExactWhereverTheOthersAre) {
  const Numbers weight{1, 2, 3}, y{1, 2, 4};
  Numbers expected(3);
  for (std::size_t i = 0; i < 3; ++i) {
    const double u = y[i] - 17 / 6.0;
    expected[0] += weight[i] * u * u;
    expected[1] += weight[i] * weight[i] * u * u;
    expected[2] += weight[i] * weight[i] * std::pow(u, 4);
  }
  for (const double apart : {0.0, 3.0, 30.0, 1e3, 1e6, 1e9}) {
    const std::vector<double> found = of_second_group(apart);
    for (std::size_t k = 0; k < 3; ++k) EXPECT_NEAR(found[k] / expected[k], 1, 2e-12) << apart;
  }
}

TEST(AddUp, NumbersWhoseSquaresAreNoNumbersAreRefused) {
  for (const double large : {1e200, 1.7e308}) {
    const Survey survey(Table::from_columns({{"y", Numbers{-large, large, 1}}}), Codebook(), Design());
    try {
      make_plan(survey, {}, of_y<Mean>());
      FAIL() << large;
    } catch (const EstimateError& error) {
      EXPECT_EQ(error.code, "estimate.range");
    }
  }
}

}  // namespace enkat::add_up_test
