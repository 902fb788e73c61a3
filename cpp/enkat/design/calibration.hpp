#pragma once

#include <Eigen/Dense>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "enkat/basics/exact_sums.hpp"
#include "enkat/design/auxiliaries.hpp"
#include "enkat/design/distance.hpp"

namespace enkat {

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
  std::shared_ptr<const Auxiliaries> x;
  std::vector<double> before;         ///< weight of every row before calibration
  Eigen::VectorXd totals;             ///< of every column of x
  Eigen::MatrixXd totals_covariance;  ///< of estimated totals; empty when they are known
  Distance distance;
  Eigen::VectorXd lambda;  ///< weight after = weight before · distance.factor(xᵀλ)
  /// Generalised inverse of Σ w₀ x xᵀ, w₀ the weights before.
  Eigen::MatrixXd inverse;
  Convergence convergence;
  bool trimmed = false;  ///< weights were cut afterwards, and meet the totals no more
  /// Σ w x of every sampling unit (Sample::unit), w the weights after: unit-major, units × columns.
  ExactSums unit_x;
};

class Sample;

/// Σ w x of every sampling unit: unit-major, units × columns.
ExactSums unit_sums(const Sample& sample, const Auxiliaries& x, std::span<const double> weight, Monitor& monitor);

}  // namespace enkat
