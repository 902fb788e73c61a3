#pragma once

#include <Eigen/Core>
#include <Eigen/SparseCore>
#include <memory>
#include <utility>
#include <vector>

#include "enkat/basics/reduce.hpp"

namespace enkat {

/// Weighted sums of the values of a call, one a row: a contrast, a chosen value, a value on another scale.
using ValueSums = Eigen::SparseMatrix<double, Eigen::RowMajor>;

/// Where the variances and covariances of the values of one call come from: linearisation, replicates or a matrix.
///
/// Only what is asked for is computed: a contrast of two values of thousands costs what those two do.
class JointVariance {
 public:
  JointVariance() = default;
  JointVariance(const JointVariance&) = delete;
  JointVariance& operator=(const JointVariance&) = delete;
  virtual ~JointVariance() = default;

  /// How many values there are.
  virtual Eigen::Index size() const = 0;
  /// The variance of every value: cheaper than the diagonal of the covariance where there are many.
  virtual Eigen::VectorXd variances() const = 0;
  /// Variances had the first stage been drawn with replacement; the same where only the covariance is known.
  virtual Eigen::VectorXd variances_without_fpc() const { return variances(); }

  /// Of sums of the values.
  virtual Eigen::VectorXd variances_of(const ValueSums& sums, Monitor& monitor) const = 0;
  virtual Eigen::MatrixXd covariance_of(const ValueSums& sums, Monitor& monitor) const = 0;

  /// Of all values.
  Eigen::MatrixXd covariance(Monitor& monitor) const;
};

/// A covariance known already.
class FixedCovariance final : public JointVariance {
 public:
  explicit FixedCovariance(Eigen::MatrixXd covariance) : covariance_(std::move(covariance)) {}

  Eigen::Index size() const override { return covariance_.rows(); }
  Eigen::VectorXd variances() const override { return covariance_.diagonal(); }
  Eigen::VectorXd variances_of(const ValueSums& sums, Monitor& monitor) const override;
  Eigen::MatrixXd covariance_of(const ValueSums& sums, Monitor& monitor) const override;

 private:
  Eigen::MatrixXd covariance_;
};

/// Values that are sums of another call's.
class SummedVariance final : public JointVariance {
 public:
  SummedVariance(std::shared_ptr<const JointVariance> of, ValueSums sums)
      : of_(std::move(of)), sums_(std::move(sums)) {}

  Eigen::Index size() const override { return sums_.rows(); }
  Eigen::VectorXd variances() const override;
  Eigen::VectorXd variances_of(const ValueSums& sums, Monitor& monitor) const override;
  Eigen::MatrixXd covariance_of(const ValueSums& sums, Monitor& monitor) const override;

 private:
  std::shared_ptr<const JointVariance> of_;
  ValueSums sums_;
};

/// The values of several calls, one after the other: covariances between calls are unknown, NaN.
class SeparateVariances final : public JointVariance {
 public:
  explicit SeparateVariances(std::vector<std::shared_ptr<const JointVariance>> calls) : calls_(std::move(calls)) {}

  Eigen::Index size() const override;
  Eigen::VectorXd variances() const override;
  Eigen::VectorXd variances_of(const ValueSums& sums, Monitor& monitor) const override;
  Eigen::MatrixXd covariance_of(const ValueSums& sums, Monitor& monitor) const override;

 private:
  std::vector<std::shared_ptr<const JointVariance>> calls_;
};

/// The sums that are `values` themselves, of `size`.
ValueSums chosen(const std::vector<Eigen::Index>& values, Eigen::Index size);

}  // namespace enkat
