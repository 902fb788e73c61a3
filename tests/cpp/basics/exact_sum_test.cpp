#include "enkat/basics/exact_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace enkat::exact_sum_test {

template <int Limbs>
std::array<std::int64_t, Limbs> sum_of(const std::vector<double>& values, Grid grid) {
  std::array<std::int64_t, Limbs> limbs{};
  for (const double value : values) add_exact<Limbs>(limbs.data(), value, GridScale(grid));
  return limbs;
}

TEST(ExactSum, IsTheSameBitsInAnyOrder) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> normal(0, 1e3);
  std::vector<double> values(10000);
  for (double& value : values) value = normal(random);
  const Grid grid = Grid::for_bound(1e5);
  const auto before = sum_of<2>(values, grid);
  std::ranges::shuffle(values, random);
  EXPECT_EQ(before, sum_of<2>(values, grid));
}

TEST(ExactSum, OfIntegersIsExact) {
  const std::vector<double> values{1, -2, 3, 1e9, -1e9, 7};
  const auto limbs = sum_of<2>(values, Grid::for_bound(1e9));
  EXPECT_EQ(exact_value(limbs, Grid::for_bound(1e9)), 9);
}

TEST(ExactSum, HoldsTheBoundItself) {
  for (const double bound : {1.0, 2.0, 3.5, 1e-290, 1e290, 0.0}) {
    const Grid grid = Grid::for_bound(bound);
    const auto limbs = sum_of<2>({bound, bound, -bound}, grid);
    EXPECT_EQ(exact_value(limbs, grid), bound);
  }
}

TEST(ExactSum, MoreLimbsKeepSmallAddends) {
  const std::vector<double> values{1e15, 1e-12, -1e15};
  const Grid grid = Grid::for_bound(1e15);
  EXPECT_NEAR(exact_value(sum_of<3>(values, grid), grid), 1e-12, 1e-13);
  EXPECT_NEAR(exact_value(sum_of<4>(values, grid), grid), 1e-12, 1e-23);
}

TEST(ExactSum, RoundingIsWithinItsBound) {
  std::mt19937_64 random(5);
  std::uniform_real_distribution<double> uniform(0, 1);
  const Grid grid = Grid::for_bound(1);
  for (int i = 0; i < 1000; ++i) {
    const double value = uniform(random) * 1e-9;
    EXPECT_LE(std::abs(exact_value(sum_of<2>({value}, grid), grid) - value), grid.rounding(2));
  }
}

}  // namespace enkat::exact_sum_test
