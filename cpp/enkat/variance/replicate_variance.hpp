#pragma once

#include <Eigen/Core>
#include <optional>
#include <vector>

#include "enkat/design/replicates.hpp"
#include "enkat/variance/joint_variance.hpp"

namespace enkat {

/// Variances from the values of every replicate: V = scale · Σ_r rscale_r (θ_r − centre)². Wolter (2007), ch. 3–5.
class ReplicateVariance final : public JointVariance {
 public:
  /// `values` is forms × replicates; `full` the values of the whole sample.
  ReplicateVariance(const Replicates& replicates, Eigen::MatrixXd values, const Eigen::VectorXd& full);

  Eigen::VectorXd variances() const override { return deviation_.rowwise().squaredNorm(); }
  Eigen::Index size() const override { return deviation_.rows(); }
  Eigen::VectorXd variances_of(const ValueSums& sums, Monitor& /*monitor*/) const override {
    return (sums * deviation_).rowwise().squaredNorm();
  }
  Eigen::MatrixXd covariance_of(const ValueSums& sums, Monitor& /*monitor*/) const override {
    const Eigen::MatrixXd of_sums = sums * deviation_;
    return of_sums * of_sums.transpose();
  }
  /// Replicates in which a value does not exist.
  Eigen::Index undefined(Eigen::Index value) const;
  /// Variance of a function of a value, such as the logit of a share, from that of its replicates, as R's svyciprop;
  /// none where one is not finite.
  std::optional<double> variance_of_function(Eigen::Index value, double (*function)(double)) const;

 private:
  Eigen::MatrixXd deviations(const Eigen::MatrixXd& values, const Eigen::VectorXd& full) const;

  std::vector<double> factor_;  ///< √(scale · rscale) of every replicate
  bool mse_;
  Eigen::MatrixXd values_;
  Eigen::VectorXd full_;
  Eigen::MatrixXd deviation_;
};

}  // namespace enkat
