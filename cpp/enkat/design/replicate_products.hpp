#pragma once

#include <optional>

#include "enkat/design/fit_calibration.hpp"

namespace enkat {

/// What linear calibration needs of the rows in every replicate: Σ d·x and Σ d·x·xᵀ, d the weights before times the
/// multipliers. Rows are added up once, by sampling unit; all replicates are then a product of matrices.
class ReplicateProducts {
 public:
  /// `survey` is calibrated, and has the replicates; none where calibration is not linear, or poststratifies, where
  /// replicates repeat rows, or where the sums of the units would be too many.
  static std::optional<ReplicateProducts> of(const Survey& survey, Monitor& monitor);

  CrossProducts cross_products(std::size_t replicate) const;

 private:
  explicit ReplicateProducts(ByReplicate sums, std::size_t columns) : sums_(std::move(sums)), columns_(columns) {}

  ByReplicate sums_;  // Σ d·a·aᵀ, a = (1, x), pairs × replicates: (0, 0), (0, 1), …, (1, 1), …
  std::size_t columns_;
};

}  // namespace enkat
