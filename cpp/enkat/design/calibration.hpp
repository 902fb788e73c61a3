#pragma once

#include <Eigen/Core>
#include <memory>
#include <string>
#include <vector>

#include "enkat/basics/bytes.hpp"
#include "enkat/basics/exact_sums.hpp"
#include "enkat/design/distance.hpp"
#include "enkat/design/distinct_rows.hpp"

namespace enkat {

class Survey;

/// How a fit of weights went: the largest relative misfit of a total after every iteration.
struct Convergence {
  std::size_t iterations = 0;
  std::vector<double> misfit;
};

/// Weights that meet known totals of x, and what the variance of an estimate needs to know about that.
///
/// The linearised variable of a calibrated estimate is u − xᵀB with B from the weights before calibration; unit totals
/// take the weights after it. Deville & Särndal (1992), §3; Särndal, Swensson & Wretman (1992), §6.6.
struct Calibration {
  std::string method;  ///< "poststratify", "rake", "linear", "raking", "logit"
  std::shared_ptr<const DistinctRows> rows;
  std::shared_ptr<const std::vector<double>> before;  ///< weight of every row before; null: the design's
  Eigen::VectorXd totals;                             ///< of every column of x
  Eigen::MatrixXd totals_covariance;                  ///< of estimated totals; empty when they are known
  Distance distance;
  Eigen::VectorXd lambda;  ///< weight after = weight before · distance.factor(xᵀλ)
  /// Generalised inverse of Σ w₀ x xᵀ, w₀ the weights before.
  Eigen::MatrixXd inverse;
  Convergence convergence;
  std::int64_t negative_weights = 0;
  bool trimmed = false;  ///< weights were cut afterwards, and meet the totals no more

  /// The same of a part of the rows.
  std::shared_ptr<const Calibration> on(const Survey& part) const;
  /// What gives the rows of a part their weights: no totals, no inverse.
  void write(ByteWriter& out) const;
  static std::shared_ptr<const Calibration> read(ByteReader& in, const Survey& survey);
  const Auxiliaries& x() const { return rows->x(); }
};

/// Σ w x of every sampling unit (Sample::unit), w the weights after calibration: unit-major, units × columns.
ExactSums unit_sums(const Survey& survey, Monitor& monitor);

}  // namespace enkat
