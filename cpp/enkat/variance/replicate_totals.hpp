#pragma once

#include <vector>

#include "enkat/totals/centred_totals.hpp"

namespace enkat {

/// Weighted totals of every cell and term in every replicate, about the plan's centres. The same for any threads.
///
/// Where replicates repeat whole units they are the totals of the units times a matrix of multipliers, whatever the
/// number of rows. Where each replicate is calibrated besides, and factors are sums of products (FactorBasis), they are
/// the totals of units by element of the basis, times multipliers and coefficients. Else one pass over the rows for all
/// replicates, whose sums are doubles in row order within a block and exact across blocks.
class ReplicateTotals {
 public:
  ReplicateTotals(const std::shared_ptr<const Plan>& plan, const CentredTotals& totals, Monitor& monitor);

  /// Totals of a variable's terms in one cell and replicate.
  CellTotals of(const Plan& plan, const PlannedVariable& v, std::size_t cell, std::size_t replicate, double rows) const;

 private:
  std::size_t replicates_;
  std::vector<double> sums_;  // (cell · terms + term) · replicates + replicate
};

}  // namespace enkat
