#pragma once

#include <optional>

#include "enkat/design/factor_basis.hpp"
#include "enkat/design/fit_calibration.hpp"

namespace enkat {

/// What linear calibration needs of the rows in every replicate: Σ d·z and Σ d·z·zᵀ, d the weights before times the
/// multipliers, z the columns of x with numbers about their middle. Rows are added up once, by sampling unit; all
/// replicates are then a product of matrices.
class ReplicateProducts {
 public:
  /// `survey` is calibrated, and has the replicates; none where calibration is not linear, or poststratifies, where
  /// replicates repeat rows, or where the sums of the units would be too many.
  static std::optional<ReplicateProducts> of(const Survey& survey, Monitor& monitor);

  /// λ of a replicate, by which factors are linear in x.
  Eigen::VectorXd lambda(const CalibrationEquations& equations) const;

 private:
  ReplicateProducts(FactorBasis basis, ByReplicate sums) : basis_(std::move(basis)), sums_(std::move(sums)) {}
  CrossProducts cross_products(std::size_t replicate) const;

  FactorBasis basis_;
  ByReplicate sums_;  // Σ d·a·aᵀ, a = (1, z), pairs × replicates: (0, 0), (0, 1), …, (1, 1), …
};

}  // namespace enkat
