#pragma once

#include <Eigen/Core>
#include <utility>

namespace enkat {

/// Where the variances and covariances of the values of one call come from: linearisation, replicates or a matrix.
class JointVariance {
 public:
  JointVariance() = default;
  JointVariance(const JointVariance&) = delete;
  JointVariance& operator=(const JointVariance&) = delete;
  virtual ~JointVariance() = default;

  /// The variance of every value: cheaper than the diagonal of the covariance where there are many.
  virtual Eigen::VectorXd variances() const = 0;
  /// Variances had the first stage been drawn with replacement; the same where only the covariance is known.
  virtual Eigen::VectorXd variances_without_fpc() const { return variances(); }
  virtual Eigen::MatrixXd covariance() const = 0;
};

/// A covariance known already: that of contrasts, and of replicate estimates.
class FixedCovariance final : public JointVariance {
 public:
  explicit FixedCovariance(Eigen::MatrixXd covariance) : covariance_(std::move(covariance)) {}

  Eigen::VectorXd variances() const override { return covariance_.diagonal(); }
  Eigen::MatrixXd covariance() const override { return covariance_; }

 private:
  Eigen::MatrixXd covariance_;
};

}  // namespace enkat
