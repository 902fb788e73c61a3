#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "enkat/report/language.hpp"

namespace enkat {

/// A word, a number or a mark of a text, with its place in bytes.
struct Word {
  enum class Kind { word, number, mark };

  Kind kind = Kind::mark;
  std::string text;  ///< lower case; soft hyphens left out
  std::size_t offset = 0;
  std::size_t length = 0;
  std::int64_t digits = 0;  ///< a number without its decimal mark: 12,5 is 125 …
  int decimals = 0;         ///< … with 1 decimal
  bool too_long = false;    ///< a number of more digits than are read: nine, of them four decimals
  bool glued = false;       ///< a number right after a letter or full stop: a footnote mark that lost its superscript

  bool is(std::string_view word) const { return text == word; }
  bool is_number() const { return kind == Kind::number && !too_long; }
  bool whole_number() const { return is_number() && decimals == 0; }
};

/// The words of `text` (UTF-8). Numbers are read as the language writes them: 1 473, 12,5 or 1,473, 12.5.
std::vector<Word> words_of(std::string_view text, Language language);

}  // namespace enkat
