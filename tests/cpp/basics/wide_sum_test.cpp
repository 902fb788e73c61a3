#include "enkat/basics/wide_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

namespace enkat::wide_sum_test {

double sum_of(const std::vector<double>& numbers) {
  WideSum sum;
  for (const double number : numbers) sum.add(number);
  return sum.over(1);
}

TEST(WideSum, IsExactWhereDoublesCancel) {
  EXPECT_EQ(sum_of({1e300, 1, -1e300}), 1);
  EXPECT_EQ(sum_of({1, 1e-300, -1}), 1e-300);
}

TEST(WideSum, ReachesTheSmallestAndTheLargestNumbers) {
  const double smallest = std::numeric_limits<double>::denorm_min(), largest = std::numeric_limits<double>::max();
  EXPECT_EQ(sum_of({smallest, smallest}), 2 * smallest);
  EXPECT_EQ(sum_of({largest, largest, -largest}), largest);
  EXPECT_EQ(sum_of({-smallest}), -smallest);
}

TEST(WideSum, IsTheSameForAnyOrderAndAnyParts) {
  std::mt19937_64 random(7);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> exponent(-200, 200);
  std::vector<double> numbers(2000);
  for (double& number : numbers) number = std::ldexp(normal(random), static_cast<int>(exponent(random)));
  const double expected = sum_of(numbers);
  std::ranges::shuffle(numbers, random);
  WideSum a, b;
  for (std::size_t i = 0; i < numbers.size(); ++i) (i % 3 == 0 ? a : b).add(numbers[i]);
  a += b;
  EXPECT_EQ(a.over(1), expected);
}

TEST(WideSum, DividesBeforeItRoundsSoThatTheMeanOfTheLargestIsThatNumber) {
  WideSum sum;
  for (int i = 0; i < 1000; ++i) sum.add(1e308);
  EXPECT_NEAR(sum.over(1000) / 1e308, 1, 1e-15);
}

}  // namespace enkat::wide_sum_test
