#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "enkat/codebook/question.hpp"
#include "enkat/data/column.hpp"

namespace enkat {

/// What a cell means: the index of an option, or the negative of its MissingReason.
using Meaning = std::int16_t;

constexpr Meaning meaning_of(MissingReason reason) { return static_cast<Meaning>(-static_cast<int>(reason)); }
constexpr MissingReason reason_of(Meaning meaning) {
  return meaning >= 0 ? MissingReason::answered : static_cast<MissingReason>(-meaning);
}
inline constexpr Meaning empty_cell = meaning_of(MissingReason::skipped);
inline constexpr Meaning unknown_cell = meaning_of(MissingReason::invalid);

/// A text without the spaces around it.
std::string_view trimmed(std::string_view text);

/// The codes of a question, ready to look cells up in. How cells match codes is said in recode.hpp.
class CellCodes {
 public:
  /// The codes and names of its options, and its missing codes. Other words mean its residual option, if it has one.
  static CellCodes of_options(const Question& question);
  /// What ticks an option in its own column (1) and what says that it is not ticked (0), and its missing codes. In the
  /// column of a residual option other words tick it.
  static CellCodes of_ticks(const Question& question, const Option& option);
  /// Its missing codes alone.
  static CellCodes of_missing(const Question& question);

  Meaning number(double value) const;
  Meaning text(std::string_view cell) const;
  /// The same without the residual option: words of a respondent are unknown.
  Meaning known(std::string_view cell) const;
  /// Whether a text is none of the codes, but words that the residual option takes in.
  bool is_other(std::string_view cell) const { return known(cell) == unknown_cell && text(cell) != unknown_cell; }

  // Codes are small whole numbers nearly always: those are read from an array.
  static constexpr int small_low = -128, small_high = 1024;
  Meaning small(int value) const { return small_[static_cast<std::size_t>(value - small_low)]; }

 private:
  CellCodes();
  void add(const Code& code, Meaning meaning);
  void add_missing(const Question& question);
  void take_other_numbers(Meaning meaning);

  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  using Texts = std::unordered_map<std::string, Meaning, Hash, std::equal_to<>>;

  std::vector<Meaning> small_;
  std::unordered_map<double, Meaning> numbers_;
  Texts texts_;  // codes, and names that are not numbers
  Meaning other_words_ = unknown_cell, other_numbers_ = unknown_cell;
};

/// Reads what the cells of a column mean, in blocks; the texts of a dictionary are looked up once.
class CellReader {
 public:
  CellReader(const CellCodes& codes, const Column& column);

  static bool can_read(const Column& column) { return column.type() <= ColumnType::dictionary; }
  void read(std::size_t first, std::span<Meaning> out) const;

 private:
  const CellCodes& codes_;
  const Column& column_;
  std::vector<std::vector<Meaning>> words_;  // of each chunk of a dictionary column
};

}  // namespace enkat
