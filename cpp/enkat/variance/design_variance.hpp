#pragma once

#include <Eigen/Core>
#include <functional>

#include "enkat/design/sample.hpp"

namespace enkat {

/// Scores of linear forms by sampling unit: all that a design's variance is computed from.
struct UnitScores {
  /// Σ of the weighted scores of a unit's rows: forms × units.
  Eigen::MatrixXd sum;
  /// Where rows were drawn within units: Σ of the products of two forms' weighted scores over a unit's rows,
  std::function<double(std::size_t unit, Eigen::Index a, Eigen::Index b)> scatter;
  /// and the same about the means of the scores of its n rows.
  std::function<double(std::size_t unit, double n, Eigen::Index a, Eigen::Index b)> within;
};

/// Variances of the forms under the design; `with_fpc` = false: had the first stage been drawn with replacement.
///
/// Stages of clusters within strata, V = Σ_h (1−f_h) n_h/(n_h−1) Σ_i (z_hi − z̄_h)² + Σ_h f_h Σ_i V_hi, where V_hi is
/// the same of the next stage within unit i: Särndal, Swensson & Wretman (1992), §4.3; Wolter (2007), §1.4. Unequal
/// probabilities: Brewer (2002), ch. 9, or zᵀQz; two phases: Särndal, Swensson & Wretman (1992), §9.3. Units without
/// members of a domain stay as zeros.
Eigen::VectorXd design_variances(const Sample& sample, const UnitScores& scores, bool with_fpc);
Eigen::MatrixXd design_covariance(const Sample& sample, const UnitScores& scores);

/// Refuses a sample whose variance cannot be estimated because one unit was drawn from more than one.
void need_variance(const Sample& sample);

}  // namespace enkat
