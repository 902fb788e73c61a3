#pragma once

#include <Eigen/Dense>
#include <span>
#include <string>

#include "enkat/design/calibration.hpp"
#include "enkat/design/distinct_rows.hpp"

namespace enkat {

/// The equations Σ d·F(xᵀλ)·x = t to be solved for λ.
struct CalibrationEquations {
  const Auxiliaries& x;
  const DistinctRows& rows;
  const Eigen::VectorXd& totals;
  Distance distance;
  std::string where;  ///< put before messages: "replicate 7: "
};

struct CalibrationFit {
  Eigen::VectorXd lambda;
  Convergence convergence;
};

/// A generalised inverse of a symmetric non-negative matrix, whatever the units of its rows.
Eigen::MatrixXd generalised_inverse(const Eigen::MatrixXd& matrix);

/// Σ d·x·xᵀ over distinct rows whose weights sum to `weight`.
Eigen::MatrixXd cross_products(const Auxiliaries& x, const DistinctRows& rows, std::span<const double> weight,
                               Monitor& monitor);

/// Newton's method from `start`, damped so that the dual objective falls. Deville & Särndal (1992), §2.
///
/// Throws a DesignError `calibrate.not_converged` that names the column furthest from its total; never returns a λ that
/// misses a total by more than 1e-12 of its size.
CalibrationFit fit_calibration(const CalibrationEquations& equations, std::span<const double> weight,
                               const Eigen::VectorXd& start, Monitor& monitor);

/// Poststratification in closed form: the only term is a category, and its weights are brought to its totals.
CalibrationFit fit_strata(const CalibrationEquations& equations, std::span<const double> weight, Monitor& monitor);

/// Iterative proportional fitting of margins: λ is the log of the factor of every level. Deming & Stephan (1940).
CalibrationFit fit_margins(const CalibrationEquations& equations, std::span<const double> weight);

}  // namespace enkat
