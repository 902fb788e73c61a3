#pragma once

#include <optional>
#include <string_view>

#include "enkat/report/quantity.hpp"

namespace enkat {

/// Words read as one phrase: a quantity, whom it is about, and the mark that ends it.
struct Reading {
  std::vector<Word> words;
  std::optional<Quantity> quantity;
  std::size_t understood = 0;  ///< how many of the words, from the first

  bool whole() const { return quantity && understood == words.size(); }
};

Reading read_words(std::string_view text, Language language);

/// Whether every word of `text` is understood and says something that can be.
bool understood(const Reading& reading);

}  // namespace enkat
