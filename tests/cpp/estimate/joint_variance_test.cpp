#include "enkat/estimate/joint_variance.hpp"

#include <gtest/gtest.h>

namespace enkat::joint_variance_test {

TEST(JointVariance, AFixedCovarianceGivesItsDiagonal) {
  const Eigen::Matrix2d covariance{{4, 1}, {1, 9}};
  const FixedCovariance fixed(covariance);
  EXPECT_EQ(fixed.variances(), Eigen::Vector2d(4, 9));
  EXPECT_EQ(fixed.variances_without_fpc(), Eigen::Vector2d(4, 9));
  EXPECT_EQ(fixed.covariance(), covariance);
}

}  // namespace enkat::joint_variance_test
