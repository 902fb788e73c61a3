#pragma once

#include <array>
#include <memory>
#include <vector>

#include "enkat/totals/block.hpp"
#include "enkat/totals/choice_totals.hpp"

namespace enkat {

/// Adds blocks of rows to the totals of their slots: the inner loop of every pass. One a thread.
///
/// Works column by column within a block: addends are cut into integers in loops that vectorise, and then added to
/// the slots of their rows. Rows outside a base add zeros: cheaper than finding the others.
class Kernel {
 public:
  Kernel(const Plan& plan, const TotalsShape& shape, const ChoiceLayout& layout);

  void add(Rows rows, DesignTotals& totals, ChoiceTotals& choices);

 private:
  template <int Limbs>
  void add(Rows rows, DesignTotals& totals, ChoiceTotals& choices);
  /// Finds the slots of the rows of the block, and which are in a cell.
  void place_rows();
  /// Finds the base of a variable whose terms are at hand.
  void find_base(const PlannedVariable& v);
  /// Counts the rows that are in a cell but not in the base.
  void count_others(const PlannedVariable& v, Rows rows, DesignTotals& totals);
  template <int Limbs>
  void add_numbers(const PlannedVariable& v, DesignTotals& totals);
  template <int Limbs>
  void add_spread(std::size_t place, const double* a, const double* b, DesignTotals& totals);
  template <int Limbs>
  void add_indicators(const PlannedVariable& v, DesignTotals& totals);
  void add_choices(const PlannedVariable& v, const std::vector<ChoiceSet>& sets, Rows rows, ChoiceTotals& choices);
  template <int Limbs>
  void add_scatter(DesignTotals& totals);
  void add_scatter_of_choice(const PlannedVariable& v, std::size_t answers, DesignTotals& totals);
  template <int Limbs>
  void add_scatter_of_numbers(const PlannedVariable& v, DesignTotals& totals);

  const Plan& plan_;
  const TotalsShape& shape_;
  std::vector<GridScale> totals_, products_, spreads_;
  Block block_;
  std::size_t rows_ = 0;                               // of the block
  std::array<std::uint32_t, block_rows> slot_, cell_;  // of each row; of rows in no cell: any
  std::array<std::uint8_t, block_rows> inside_, base_, missing_, member_;
  std::array<std::uint16_t, block_rows> code_, other_;
  std::array<double, block_rows> weighted_;
  std::array<CodeSum, block_rows> row_sum_;
  std::unique_ptr<double[]> value_;       // centred terms, zero outside the base: one column a term
  std::unique_ptr<std::int64_t[]> limb_;  // one column a limb
};

}  // namespace enkat
