#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "enkat/codebook/question.hpp"
#include "enkat/data/column.hpp"
#include "enkat/data/number_range.hpp"

namespace enkat {

/// The answers of all rows to one question: made once by `recode`, shared, immutable, cheap to copy.
///
/// Every cell is an answer or has a MissingReason. Rows are read in blocks, into arrays of the caller's.
class Answers {
 public:
  /// What `recode` fills; which members, depends on the type of the question.
  struct Cells {
    std::vector<MissingReason> reason;               ///< of every row
    std::vector<std::int16_t> level;                 ///< single, scale: index of the option, or -1
    std::vector<std::vector<std::uint64_t>> ticked;  ///< multiple, top_k: one bit per row for each option
    std::optional<Column> column;                    ///< number, text: where the answers are
    std::vector<double> number;                      ///< number: the answers, when the column holds texts
    std::vector<std::string> text;  ///< text: the answers, when they are a part of what the column holds
  };

  Answers(Question question, Cells cells);
  /// Those of no row, as data that are read in parts have them before they are read; `range` is that of the numbers.
  Answers(Question question, const NumberRange& range);

  const Question& question() const { return state_->question; }
  std::size_t rows() const { return state_->cells.reason.size(); }
  /// Number of options.
  std::size_t options() const { return state_->question.options.size(); }

  /// number: the answer; scale: its numeric code; NaN where not answered. UsageError for other types.
  void numbers(std::size_t first, std::span<double> out) const;
  /// Of the numbers given; zeros when nobody gave one. Read at first use, once.
  const NumberRange& range() const;
  /// single, scale: the index of the option; -1 where not answered. UsageError for other types.
  void levels(std::size_t first, std::span<std::int32_t> out) const;
  /// 1 where the row ticked `option` (multiple, top_k) or gave it as its answer (single, scale), 0 elsewhere.
  void ticked(std::size_t option, std::size_t first, std::span<std::uint8_t> out) const;
  /// 1 where the row answered, 0 elsewhere.
  void answered(std::size_t first, std::span<std::uint8_t> out) const;
  /// multiple, top_k: bit row % 64 of word row / 64 is 1 where the row ticked `option`.
  std::span<const std::uint64_t> plane(std::size_t option) const { return state_->cells.ticked.at(option); }
  /// text: the answer; data() is null where not answered.
  void texts(std::size_t first, std::span<std::string_view> out) const;

  MissingReason reason(std::size_t row) const { return state_->cells.reason[row]; }
  std::span<const MissingReason> reasons() const { return state_->cells.reason; }
  /// Rows by reason; counts()[0] is the base of the question.
  const ReasonCounts& counts() const { return state_->counts; }

 private:
  struct State {
    Question question;
    Cells cells;
    ReasonCounts counts{};
    std::vector<double> code;  ///< of every option, for scales
    mutable std::once_flag range_known;
    mutable NumberRange range;
  };
  std::shared_ptr<const State> state_;
};

}  // namespace enkat
