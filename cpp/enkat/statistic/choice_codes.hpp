#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "enkat/basics/reduce.hpp"

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

/// A statistic of indicators whose rows have codes: sums by code need one addition a row, however many answers there
/// are.
class CodeSource {
 public:
  CodeSource() = default;
  CodeSource(const CodeSource&) = delete;
  CodeSource& operator=(const CodeSource&) = delete;
  virtual ~CodeSource() = default;

  /// The sets of its answers, beginning at `place`; none where it is to be added up term by term.
  virtual std::vector<ChoiceSet> choice_sets(std::size_t place) const = 0;
  /// 1 where a row is in the base.
  virtual void choice_base(Rows rows, std::span<std::uint8_t> out) const = 0;
  /// The code of every row of a block. Rows outside the base have any.
  virtual void choice_codes(const ChoiceSet& set, Rows rows, std::span<std::uint16_t> out) const = 0;
};

}  // namespace enkat
