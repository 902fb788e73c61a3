#include "enkat/estimate/precision.hpp"

#include <gtest/gtest.h>

#include "tests/cpp/estimate/fixed_estimates.hpp"

namespace enkat::precision_test {

Precision of(double estimate, double se, std::optional<double> deff, double fraction) {
  Estimate row = testing::row_of({}, "y", estimate, se, 9, 200);
  row.deff = deff;
  row.fraction = fraction;
  return precision(testing::table_of({}, {row}, Eigen::MatrixXd::Constant(1, 1, se * se)))[0];
}

TEST(Precision, FollowsFromTheRow) {
  const Precision of_row = of(-8, 2, 2.5, 0.1);
  EXPECT_DOUBLE_EQ(*of_row.cv, 0.25);
  EXPECT_DOUBLE_EQ(*of_row.deff_replace, 2.25);
  EXPECT_DOUBLE_EQ(*of_row.deft, 1.5);
  EXPECT_DOUBLE_EQ(*of_row.effective_n, 200 / 2.25);
}

TEST(Precision, AtZeroThereIsNoCoefficientOfVariation) {
  EXPECT_FALSE(of(0, 2, 1, 0).cv);
  EXPECT_DOUBLE_EQ(*of(0, 2, 1, 0).effective_n, 200);
}

TEST(Precision, WithoutADesignEffectThereIsNoEffectiveSize) {
  const Precision of_row = of(4, 1, std::nullopt, 0);
  EXPECT_FALSE(of_row.deff_replace);
  EXPECT_FALSE(of_row.deft);
  EXPECT_FALSE(of_row.effective_n);
}

}  // namespace enkat::precision_test
