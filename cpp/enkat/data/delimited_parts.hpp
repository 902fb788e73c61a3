#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "enkat/codebook/question.hpp"
#include "enkat/data/cell_codes.hpp"

namespace enkat {

/// Takes a text apart in which the choices of a respondent are separated by a delimiter.
///
/// An option may contain the delimiter ("Pay, benefits and pension"). Then the whole text is matched against the
/// options; where that leaves words that are none of them, the longest options are taken out first, and the words
/// between two of them stay together.
class DelimitedParts {
 public:
  explicit DelimitedParts(const Question& question);

  struct Found {
    std::vector<std::string_view> parts;  ///< trimmed, none of them empty
    bool ambiguous = false;               ///< the text is two different lists of options
  };
  Found of(std::string_view text, const CellCodes& codes) const;

 private:
  Found of_long_options(const std::vector<std::string_view>& pieces, const CellCodes& codes) const;

  std::string delimiter_;
  std::size_t longest_ = 1;  ///< pieces between delimiters that an option consists of
};

}  // namespace enkat
