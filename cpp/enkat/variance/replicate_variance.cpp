#include "enkat/variance/replicate_variance.hpp"

#include <cmath>

namespace enkat {

ReplicateVariance::ReplicateVariance(const Replicates& replicates, Eigen::MatrixXd values, const Eigen::VectorXd& full)
    : mse_(replicates.mse), values_(std::move(values)), full_(full) {
  for (const double rscale : replicates.rscales) factor_.push_back(std::sqrt(replicates.scale * rscale));
  deviation_ = deviations(values_, full_);
}

/// Deviations from the centre (columns are replicates), each times its factor.
Eigen::MatrixXd ReplicateVariance::deviations(const Eigen::MatrixXd& values, const Eigen::VectorXd& full) const {
  Eigen::VectorXd centre = full;
  if (!mse_) {
    double counted = 0;
    centre.setZero();
    for (std::size_t r = 0; r < factor_.size(); ++r) {
      if (factor_[r] == 0) continue;
      centre += values.col(static_cast<Eigen::Index>(r));
      ++counted;
    }
    centre /= counted;
  }
  Eigen::MatrixXd deviation = values.colwise() - centre;
  for (std::size_t r = 0; r < factor_.size(); ++r) deviation.col(static_cast<Eigen::Index>(r)) *= factor_[r];
  return deviation;
}

Eigen::Index ReplicateVariance::undefined(Eigen::Index value) const {
  return values_.cols() - values_.row(value).array().isFinite().count();
}

std::optional<double> ReplicateVariance::variance_of_function(Eigen::Index value, double (*function)(double)) const {
  const Eigen::MatrixXd values = values_.row(value).unaryExpr(function);
  const Eigen::VectorXd full = full_.segment(value, 1).unaryExpr(function);
  if (!values.allFinite() || !full.allFinite()) return {};
  return deviations(values, full).squaredNorm();
}

}  // namespace enkat
