#include "enkat/variance/joint_variance.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/cpp/nobody.hpp"

namespace enkat::joint_variance_test {

TEST(JointVariance, AFixedCovarianceGivesItsDiagonal) {
  const Eigen::Matrix2d covariance{{4, 1}, {1, 9}};
  const FixedCovariance fixed(covariance);
  EXPECT_EQ(fixed.variances(), Eigen::Vector2d(4, 9));
  EXPECT_EQ(fixed.variances_without_fpc(), Eigen::Vector2d(4, 9));
  EXPECT_EQ(fixed.covariance(testing::nobody), covariance);
}

ValueSums sums_of(const Eigen::MatrixXd& dense) { return dense.sparseView(); }

TEST(JointVariance, OfSumsIsTheQuadraticFormOfTheMatrix) {
  const Eigen::Matrix3d covariance{{4, 1, -2}, {1, 9, 0.5}, {-2, 0.5, 3}};
  const Eigen::MatrixXd sums{{1, -1, 0}, {0, 2, 3}}, of_these{{0.5, 2}};
  const auto fixed = std::make_shared<const FixedCovariance>(covariance);
  const Eigen::MatrixXd expected = sums * covariance * sums.transpose();
  EXPECT_TRUE(fixed->covariance_of(sums_of(sums), testing::nobody).isApprox(expected));
  EXPECT_TRUE(fixed->variances_of(sums_of(sums), testing::nobody).isApprox(expected.diagonal()));
  const SummedVariance summed(fixed, sums_of(sums));
  EXPECT_TRUE(summed.covariance(testing::nobody).isApprox(expected));
  EXPECT_NEAR(summed.variances_of(sums_of(of_these), testing::nobody)[0],
              (of_these * expected * of_these.transpose())(0, 0), 1e-12);
}

TEST(JointVariance, ACovarianceThatIsUnknownSpoilsNoOther) {
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Identity();
  covariance.row(2).setConstant(std::nan(""));
  covariance.col(2).setConstant(std::nan(""));
  const FixedCovariance fixed(covariance);
  const Eigen::VectorXd variances = fixed.variances_of(sums_of(Eigen::MatrixXd{{1, -1, 0}}), testing::nobody);
  EXPECT_EQ(variances[0], 2);
}

TEST(JointVariance, OfSeparateCallsCovariancesBetweenThemAreUnknown) {
  const SeparateVariances both({std::make_shared<const FixedCovariance>(Eigen::Matrix2d{{4, 1}, {1, 9}}),
                                std::make_shared<const FixedCovariance>(Eigen::MatrixXd{{16}})});
  EXPECT_EQ(both.variances(), Eigen::Vector3d(4, 9, 16));
  const Eigen::MatrixXd sums{{1, 1, 0}, {0, 0, 2}, {1, 0, 1}};
  const Eigen::MatrixXd covariance = both.covariance_of(sums_of(sums), testing::nobody);
  EXPECT_EQ(covariance(0, 0), 15);
  EXPECT_EQ(covariance(1, 1), 64);
  EXPECT_TRUE(std::isnan(covariance(0, 1)));
  EXPECT_TRUE(std::isnan(covariance(2, 2)));
}

}  // namespace enkat::joint_variance_test
