#pragma once

#include <array>

#include "enkat/totals/plan.hpp"

namespace enkat {

/// The totals of one pass, moved to the mean of each cell: what `solve` and variances read.
///
/// The pass adds up exactly about one centre for all cells. Moving is a linear map t' = A t of the terms of a slot
/// (Σw(u − δ) = Σwu − δΣw, and so for products), in twice the precision of a double because the parts nearly cancel.
class CentredTotals {
 public:
  /// Moves by `shift` (cells × terms), which has been added to the centres of the plan already.
  CentredTotals(const Plan& plan, DesignTotals totals, Eigen::MatrixXd shift);

  std::int64_t counter(std::size_t slot, std::size_t k) const { return units_.counter(slot, k); }
  /// Rows of a slot: those in the base of the first variable, and the others.
  std::int64_t rows(std::size_t slot) const { return counter(slot, 0) + counter(slot, 1); }
  std::int64_t rows_of_cell(std::size_t cell) const { return cells_.counter(cell, 0) + cells_.counter(cell, 1); }
  /// All units together, as the pass left them: not moved.
  const DesignTotals& of_cells() const { return cells_; }
  /// A term's total of a slot; of a cell.
  double total(std::size_t slot, std::size_t term) const { return exact_total(slot, term).value(); }
  double cell_total(std::size_t cell, std::size_t term) const { return exact_cell_total(cell, term).value(); }
  /// The same in twice the precision of a double.
  Twofold exact_total(std::size_t slot, std::size_t term) const { return total(units_, slot, term); }
  Twofold exact_cell_total(std::size_t cell, std::size_t term) const { return total(cells_, cell, term); }
  /// The scatter Σw²·u_j·u_k of a slot.
  double scatter(std::size_t slot, std::size_t j, std::size_t k) const { return scatter(units_, slot, j, k); }
  /// The spread Σw·u_j·u_k of a cell, j ≤ k terms of a numeric variable.
  double spread(std::size_t cell, const PlannedVariable& v, std::size_t j, std::size_t k) const;

  /// Whether rounding may have cost more than 1e-12 of a figure that a value or its variance rests on.
  bool too_coarse() const;

 private:
  struct Part {
    std::size_t term;
    Twofold factor;
  };
  /// A row of the map A.
  struct Parts {
    std::array<Part, 4> part;
    std::size_t size = 0;
    void add(std::size_t term, Twofold factor) { part[size++] = {term, factor}; }
    const Part* begin() const { return part.data(); }
    const Part* end() const { return part.data() + size; }
  };
  /// A term that does not vary in a cell is its centre: there are no totals about it.
  bool still(std::size_t cell, const PlannedVariable& v, std::size_t place) const;
  Parts parts(std::size_t cell, std::size_t term) const;
  double shift(std::size_t cell, std::size_t term) const {
    return shift_(static_cast<Eigen::Index>(cell), static_cast<Eigen::Index>(term));
  }
  Twofold total(const DesignTotals& totals, std::size_t slot, std::size_t term) const;
  double scatter(const DesignTotals& totals, std::size_t slot, std::size_t j, std::size_t k) const;
  bool coarse_total(std::size_t cell, std::size_t term, double rows, double figure) const;
  bool coarse_scatter(std::size_t cell, std::size_t term, double rows) const;
  bool coarse_number(std::size_t cell, const PlannedVariable& v, std::size_t k, double rows) const;

  const Plan* plan_;
  DesignTotals units_, cells_;
  Eigen::MatrixXd shift_;
  std::vector<const PlannedVariable*> variable_of_;  // of each term
};

}  // namespace enkat
