#pragma once

#include <array>
#include <memory>
#include <vector>

#include "enkat/estimate/block.hpp"

namespace enkat {

/// Adds blocks of rows to the totals of their slots: the inner loop of every pass. One a thread.
///
/// Works column by column within a block: addends are cut into integers in loops that vectorise, and then added to
/// the slots of their rows.
class Kernel {
 public:
  Kernel(const Plan& plan, const TotalsShape& shape);

  void add(Rows rows, DesignTotals& totals);

 private:
  template <int Limbs>
  void add(Rows rows, DesignTotals& totals);
  /// Finds the rows in a cell that are in the base of v, and counts the others of them.
  void find_base(const PlannedVariable& v, Rows rows, DesignTotals& totals);
  template <int Limbs>
  void add_numbers(const PlannedVariable& v, DesignTotals& totals);
  template <int Limbs>
  void add_indicators(const PlannedVariable& v, DesignTotals& totals);
  template <int Limbs>
  void add_scatter(DesignTotals& totals);
  template <int Limbs>
  void add_scatter_of_numbers(const PlannedVariable& v, DesignTotals& totals);

  const Plan& plan_;
  const TotalsShape& shape_;
  std::vector<GridScale> totals_, products_, spreads_;
  Block block_;
  std::array<std::uint16_t, block_rows> base_;  // rows of the block that are in the base
  std::size_t in_base_ = 0;
  std::array<std::uint32_t, block_rows> slot_, cell_;  // of each row of the base
  std::array<double, block_rows> weight_, weighted_;
  std::array<std::uint8_t, block_rows> missing_, member_;
  std::unique_ptr<double[]> value_;       // centred terms of the base, one column a term
  std::unique_ptr<std::int64_t[]> limb_;  // one column a limb
};

}  // namespace enkat
