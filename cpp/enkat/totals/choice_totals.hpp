#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "enkat/statistic/choice_codes.hpp"
#include "enkat/totals/plan.hpp"

namespace enkat {

/// Where the codes of a call's shares are added up: chosen before any row is.
class ChoiceLayout {
 public:
  /// A share whose codes are more than there are rows has no sets, nor has one whose rows were drawn within units,
  /// unless it is alone and each row gives one answer (else their scatter needs the terms of every row); nor has any in
  /// a pass of more limbs than a CodeSum holds.
  ChoiceLayout(const Plan& plan, const TotalsShape& shape);

  struct Variable {
    std::size_t first_counter, first_term;
    std::vector<ChoiceSet> sets;  ///< empty: it is added term by term
  };
  /// Of every variable of the plan.
  const std::vector<Variable>& variables() const { return variables_; }
  /// Codes of a slot.
  std::size_t codes() const { return codes_; }

 private:
  std::vector<Variable> variables_;
  std::size_t codes_ = 0;
};

/// How many rows had a code, and their weight: 32 bits of rows above 96 of weight, as one integer of 128 bits.
/// Two limbs of 2^30 rows fit. A sum of negative weights borrows from the rows, and gives it back when it is read.
struct CodeSum {
  std::uint64_t low = 0, high = 0;

  static CodeSum of(bool row, std::int64_t limb0, std::int64_t limb1) {
    CodeSum sum{static_cast<std::uint64_t>(limb0) << Grid::bits,
                static_cast<std::uint64_t>(limb0 >> (64 - Grid::bits)) + (std::uint64_t{row} << 32)};
    sum += {static_cast<std::uint64_t>(limb1), static_cast<std::uint64_t>(limb1 >> 63)};
    return sum;
  }
  CodeSum& operator+=(CodeSum other) {
    low += other.low;
    high += other.high + (low < other.low ? 1U : 0U);
    return *this;
  }
  /// The weight's limbs again: the first takes what the second has no room for.
  std::array<std::int64_t, 2> limbs() const {
    const auto above = static_cast<std::int64_t>(high << 32) >> 32;  // bits 64 to 95, with their sign
    return {static_cast<std::int64_t>(static_cast<std::uint64_t>(above) << (64 - Grid::bits) | low >> Grid::bits),
            static_cast<std::int64_t>(low & ((std::uint64_t{1} << Grid::bits) - 1))};
  }
  std::int64_t rows() const {
    const auto above = static_cast<std::int64_t>(high << 32) >> 32;
    return static_cast<std::int64_t>(high - static_cast<std::uint64_t>(above)) >> 32;
  }
};

/// Rows and their weights by the codes of their answers: two places a row for ten options that it may tick, instead
/// of eleven (Arlazarov et al. 1970, "On economical construction of the transitive closure"). Mergeable.
class ChoiceTotals {
 public:
  explicit ChoiceTotals(std::shared_ptr<const ChoiceLayout> layout) : layout_(std::move(layout)) {}

  const ChoiceLayout& layout() const { return *layout_; }
  /// Those of no row.
  ChoiceTotals none() const { return ChoiceTotals(layout_); }
  /// Those of the codes of all slots.
  CodeSum* sums(const TotalsShape& shape);
  /// What they add to the totals of the answers.
  void add_to(DesignTotals& totals) const;
  ChoiceTotals& operator+=(const ChoiceTotals& other);

 private:
  std::shared_ptr<const ChoiceLayout> layout_;
  std::vector<CodeSum> sums_;  // empty until the first row
};

}  // namespace enkat
