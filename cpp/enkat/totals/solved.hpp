#pragma once

#include <vector>

#include "enkat/totals/centred_totals.hpp"

namespace enkat {

/// What the counters of one cell and variable say.
struct BaseCounts {
  std::int64_t rows = 0, answered = 0, missing = 0, left_out = 0;
  std::vector<std::int64_t> answers;
  double df = 0;
};

/// One variable in one group of `by`, solved: the values its rows show.
struct Solved {
  std::size_t variable = 0;  ///< of the plan
  std::size_t cell = 0;
  BaseCounts base;
  CellTotals totals;
  Solution solution;
  bool exists = false;
};

/// Which units that totals are kept by have rows in the base of a variable in a cell.
std::vector<std::uint8_t> units_of_base(const Plan& plan, const CentredTotals& totals, std::size_t cell,
                                        const PlannedVariable& v);

/// Degrees of freedom of a base: PSUs less strata among its rows (R: degf(subset(design, …))), which are in those units
/// of the sample that `has_rows` says.
double psus_less_strata(const Sample& sample, const std::vector<std::uint8_t>& has_rows, std::int64_t rows);

/// Value and gradient of a planned variable at some totals.
Solution solve(const PlannedVariable& v, const CellTotals& totals);

/// Every variable in every group of `by` that has rows, solved; groups slowest.
std::vector<Solved> solve_all(const Plan& plan, const CentredTotals& totals);

/// Weighted variance of a linear form over the rows of a base, Σw(l − l̄)²/Σw: what a simple random sample would see.
double spread(const CentredTotals& totals, const PlannedVariable& v, const Solved& solved,
              std::span<const Slope> gradient);

}  // namespace enkat
