#include "enkat/basics/distribution.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace enkat::distribution_test {

constexpr double infinity = std::numeric_limits<double>::infinity();

void expect_close(double value, double expected) { EXPECT_NEAR(value / expected, 1, 1e-13); }

TEST(Distribution, NormalQuantilesAreThoseOfTheTables) {
  expect_close(normal_quantile(0.975), 1.959963984540054);
  expect_close(normal_quantile(0.995), 2.575829303548901);
  EXPECT_EQ(normal_quantile(0.5), 0);
}

TEST(Distribution, TQuantilesAreThoseOfTheTables) {
  expect_close(student_t_quantile(0.975, 1), 12.706204736174694);
  expect_close(student_t_quantile(0.975, 5), 2.570581835636314);
}

TEST(Distribution, TWithInfiniteDegreesOfFreedomIsTheNormal) {
  EXPECT_EQ(student_t_quantile(0.9, infinity), normal_quantile(0.9));
}

TEST(Distribution, UpperTailIsTheInverseOfTheQuantile) {
  for (const double df : {1.0, 2.5, 30.0, 1e6, infinity})
    EXPECT_NEAR(student_t_upper(student_t_quantile(0.975, df), df), 0.025, 1e-14);
}

TEST(Distribution, DeepTailsKeepTheirDigits) {
  expect_close(student_t_upper(10, infinity), 7.619853024160526e-24);
  // With two degrees of freedom the tail is (1 - t / sqrt(2 + t²)) / 2, which tends to 1 / (2t²).
  expect_close(student_t_upper(1e8, 2), 0.5e-16);
}

TEST(Distribution, BetaQuantilesWithOneParameterOneHaveAClosedForm) {
  expect_close(beta_quantile(0.3, 1, 1), 0.3);
  expect_close(beta_quantile(0.3, 4, 1), std::pow(0.3, 0.25));
  // Clopper & Pearson (1934): nobody of n said yes, upper end 1 - (α/2)^(1/n).
  expect_close(beta_quantile(0.975, 1, 20), 1 - std::pow(0.025, 1 / 20.0));
}

TEST(Distribution, BetaMirrorsWhenItsParametersAreSwapped) {
  expect_close(beta_quantile(0.1, 3, 7), 1 - beta_quantile(0.9, 7, 3));
}

TEST(Distribution, BetaWithoutSuccessesOrFailuresEndsAtTheBound) {
  EXPECT_EQ(beta_quantile(0.025, 0, 20), 0);
  EXPECT_EQ(beta_quantile(0.975, 20, 0), 1);
}

TEST(Distribution, BinomialUpperTailCountsTosses) {
  expect_close(binomial_upper(5, 10, 0.5), 638.0 / 1024);
  expect_close(binomial_upper(10, 10, 0.5), 1.0 / 1024);
  EXPECT_EQ(binomial_upper(0, 10, 0.5), 1);
}

}  // namespace enkat::distribution_test
