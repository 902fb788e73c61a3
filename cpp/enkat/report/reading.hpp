#pragma once

#include <optional>
#include <string_view>

#include "enkat/report/comparison.hpp"

namespace enkat {

/// Words read as one phrase: a quantity and whom it is about, or a comparison; and the mark that ends it.
struct Reading {
  std::vector<Word> words;
  std::optional<Quantity> quantity{};
  std::optional<Comparison> comparison{};  ///< where the words compare; then `quantity` is empty
  std::size_t understood = 0;              ///< how many of the words, from the first

  bool whole() const { return (quantity || comparison) && understood == words.size(); }
};

Reading read_words(std::string_view text, Language language, Policy policy = Policy::sv_press);

/// Whether every word of `text` is understood and says something that can be.
bool understood(const Reading& reading);

}  // namespace enkat
