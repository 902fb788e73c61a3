#include "enkat/variance/joint_variance.hpp"

#include <limits>
#include <numeric>

namespace enkat {
namespace {

/// Σ a_i b_j c_ij of two sums; values that neither is made of are not looked at, as their covariance may be unknown.
double between(const ValueSums& sums, Eigen::Index a, Eigen::Index b, const Eigen::MatrixXd& covariance) {
  double sum = 0;
  for (ValueSums::InnerIterator i(sums, a); i; ++i)
    for (ValueSums::InnerIterator j(sums, b); j; ++j) sum += i.value() * j.value() * covariance(i.col(), j.col());
  return sum;
}

}  // namespace

ValueSums chosen(const std::vector<Eigen::Index>& values, Eigen::Index size) {
  ValueSums sums(static_cast<Eigen::Index>(values.size()), size);
  for (std::size_t row = 0; row < values.size(); ++row) sums.insert(static_cast<Eigen::Index>(row), values[row]) = 1;
  return sums;
}

Eigen::MatrixXd JointVariance::covariance(Monitor& monitor) const {
  std::vector<Eigen::Index> all(static_cast<std::size_t>(size()));
  std::iota(all.begin(), all.end(), Eigen::Index{0});
  return covariance_of(chosen(all, size()), monitor);
}

Eigen::VectorXd FixedCovariance::variances_of(const ValueSums& sums, Monitor& /*monitor*/) const {
  Eigen::VectorXd variance(sums.rows());
  for (Eigen::Index a = 0; a < sums.rows(); ++a) variance[a] = between(sums, a, a, covariance_);
  return variance;
}

Eigen::MatrixXd FixedCovariance::covariance_of(const ValueSums& sums, Monitor& /*monitor*/) const {
  Eigen::MatrixXd covariance(sums.rows(), sums.rows());
  for (Eigen::Index a = 0; a < sums.rows(); ++a)
    for (Eigen::Index b = a; b < sums.rows(); ++b)
      covariance(a, b) = covariance(b, a) = between(sums, a, b, covariance_);
  return covariance;
}

Eigen::VectorXd SummedVariance::variances() const {
  NoMonitor nobody;
  return of_->variances_of(sums_, nobody);
}

Eigen::VectorXd SummedVariance::variances_of(const ValueSums& sums, Monitor& monitor) const {
  return of_->variances_of(sums * sums_, monitor);
}

Eigen::MatrixXd SummedVariance::covariance_of(const ValueSums& sums, Monitor& monitor) const {
  return of_->covariance_of(sums * sums_, monitor);
}

Eigen::Index SeparateVariances::size() const {
  Eigen::Index size = 0;
  for (const auto& call : calls_) size += call->size();
  return size;
}

Eigen::VectorXd SeparateVariances::variances() const {
  Eigen::VectorXd all(size());
  Eigen::Index first = 0;
  for (const auto& call : calls_) {
    all.segment(first, call->size()) = call->variances();
    first += call->size();
  }
  return all;
}

Eigen::VectorXd SeparateVariances::variances_of(const ValueSums& sums, Monitor& monitor) const {
  return covariance_of(sums, monitor).diagonal();
}

Eigen::MatrixXd SeparateVariances::covariance_of(const ValueSums& sums, Monitor& monitor) const {
  Eigen::MatrixXd all = Eigen::MatrixXd::Constant(sums.rows(), sums.rows(), std::numeric_limits<double>::quiet_NaN());
  Eigen::Index first = 0;
  for (const auto& call : calls_) {
    std::vector<Eigen::Index> own;  // sums of values of this call alone
    for (Eigen::Index row = 0; row < sums.outerSize(); ++row) {
      bool inside = true;
      for (ValueSums::InnerIterator entry(sums, row); entry; ++entry)
        inside = inside && entry.col() >= first && entry.col() < first + call->size();
      if (inside) own.push_back(row);
    }
    const ValueSums of_call = (chosen(own, sums.rows()) * sums).middleCols(first, call->size());
    all(own, own) = call->covariance_of(of_call, monitor);
    first += call->size();
  }
  return all;
}

}  // namespace enkat
