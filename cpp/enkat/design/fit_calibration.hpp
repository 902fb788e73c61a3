#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <string>

#include "enkat/design/calibration.hpp"
#include "enkat/design/evaluate_calibration.hpp"
#include "enkat/design/replicate_sums.hpp"

namespace enkat {

/// The equations Σ d·F(xᵀλ)·x = t to be solved for λ.
struct CalibrationEquations {
  const DistinctRows& rows;
  const Eigen::VectorXd& totals;
  Distance distance;
  std::optional<std::size_t> replicate = {};  ///< where these are the weights of one: named in messages

  const Auxiliaries& x() const { return rows.x(); }
};

struct CalibrationFit {
  Eigen::VectorXd lambda;
  Convergence convergence;
};

/// Σ d, Σ d·x and Σ d·x·xᵀ of the weights before.
struct CrossProducts {
  double weight = 0;
  Eigen::VectorXd sums;
  Eigen::MatrixXd products;
};

/// A generalised inverse of a symmetric non-negative matrix, whatever the units of its rows.
Eigen::MatrixXd generalised_inverse(const Eigen::MatrixXd& matrix);

/// What calibration multiplies the sum of all weights by, where the totals say so because x spans a constant; else 1.
/// Moving weights about it, instead of about 1, keeps every digit of factors near 0.
double common_factor(const Eigen::VectorXd& totals, const CrossProducts& before, const Eigen::MatrixXd& inverse);

/// Linear calibration without bounds: its equations are linear in λ, and cross products are all they need.
CalibrationFit fit_linear(const CalibrationEquations& equations, const CrossProducts& before,
                          const Eigen::MatrixXd& inverse);

/// Newton's method from `start`, damped so that the dual objective falls; `evaluate` passes over the rows for each
/// step. Deville & Särndal (1992), §2.
///
/// Throws a DesignError `calibrate.not_converged` that names the column furthest from its total; never returns a λ that
/// misses a total by more than 1e-12 of its size.
CalibrationFit fit_calibration(const CalibrationEquations& equations, const Evaluate& evaluate,
                               const Eigen::VectorXd& start);

/// Poststratification in closed form: the only term is a category, and its weights are brought to its totals.
CalibrationFit fit_strata(const CalibrationEquations& equations, std::span<const double> weight);

/// Fits of several sets of weights, side by side: λ of each is a column.
struct MarginFits {
  Eigen::MatrixXd lambda;
  Convergence convergence;  ///< of the one that took longest
};

/// Iterative proportional fitting of margins from `start`: λ is the log of the factor of every level. Each column of
/// `weight` is a set of weights of the distinct rows. Deming & Stephan (1940).
MarginFits fit_margins(const CalibrationEquations& equations, const ByReplicate& weight, const Eigen::VectorXd& start);

}  // namespace enkat
