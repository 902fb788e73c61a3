#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "enkat/estimate/plan.hpp"

namespace enkat {

/// Some answers of a share's question, and the code a row has among them: which of several it ticked, one bit an
/// answer, or the one it gave.
struct ChoiceSet {
  std::size_t first = 0, answers = 0;  ///< of the estimator's answers
  bool several = false;                ///< a row can give several: codes are bits
  std::size_t place = 0;               ///< of code 0 among the codes of a slot

  std::size_t codes() const { return several ? std::size_t{1} << answers : answers + 1; }
  /// Whether rows of a code gave answer k of the set; the last code of those who give one answer is none.
  bool gives(std::size_t code, std::size_t k) const { return several ? ((code >> k) & 1) != 0 : code == k; }
};

/// The sets of a variable, beginning at `place`; none unless it is a share.
std::vector<ChoiceSet> choice_sets(const PlannedVariable& v, std::size_t place);

/// 1 where a row is in the base of a share.
void choice_base(const PlannedVariable& v, Rows rows, std::span<std::uint8_t> out);

/// The code of every row of a block. Rows outside the base have any.
void choice_codes(const PlannedVariable& v, const ChoiceSet& set, Rows rows, std::span<std::uint16_t> out);

}  // namespace enkat
