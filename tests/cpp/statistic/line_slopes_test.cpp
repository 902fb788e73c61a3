#include "enkat/statistic/line_slopes.hpp"

#include <gtest/gtest.h>

namespace enkat::line_slopes_test {

std::shared_ptr<const Groups> two_groups() {
  const Survey survey(Table::from_columns({{"g", std::vector<std::string>{"a", "b", "a"}}}), Codebook(), Design());
  return std::make_shared<const Groups>(survey, std::vector<std::string>{"g"});
}

TEST(LineSlopes, TakesEachGroupsOwnLineAndRoundsOnce) {
  const LineSlopes slopes(two_groups(), {3, -2});
  const double third = 1.0 / 3;
  const std::vector<double> x{third, 4, 5};
  std::vector<double> y{1, 1, 1};
  slopes.take_from({0, 3}, y, x);
  EXPECT_EQ(y[0], std::fma(-3.0, third, 1.0));  // what is left of 1 − 3 · fl(1/3), which two roundings would lose
  EXPECT_NE(y[0], 0);
  EXPECT_EQ(y[1], 9);
  EXPECT_EQ(y[2], -14);
}

TEST(LineSlopes, RangeHoldsTheResidualsOfAllCells) {
  const NumberRange range = LineSlopes(two_groups(), {3, -2}).range({0, 1, 0.5}, {-1, 2, 1});
  EXPECT_EQ(range.low, -6);  // 0 − 3 · 2
  EXPECT_EQ(range.high, 5);  // 1 + 2 · 2
}

}  // namespace enkat::line_slopes_test
