#include "enkat/report/reading.hpp"

#include <algorithm>
#include <array>

#include "enkat/report/cover.hpp"
#include "enkat/report/whom.hpp"

namespace enkat {
namespace {

// The marks after a phrase, when nothing else follows.
std::size_t end_marks(const Words& words, std::size_t at) {
  static constexpr std::array<std::string_view, 6> marks{".", ",", "!", "?", ":", ";"};
  std::size_t next = at;
  while (next < words.size() && std::ranges::find(marks, words[next].text) != marks.end()) ++next;
  return next == words.size() ? next - at : 0;
}

}  // namespace

Reading read_words(std::string_view text, Language language, Policy policy) {
  Reading reading{.words = words_of(text, language)};
  const Words& words = reading.words;
  if (words.empty()) return reading;
  const auto up_to = [&](std::size_t next) { return next + end_marks(words, next); };
  reading.quantity = quantity_at(words, 0, language);
  if (reading.quantity && kind_of(*reading.quantity) != PhraseKind::comparison) {
    const std::size_t amount = reading.quantity->words;
    reading.understood = up_to(amount + whom_at(words, amount, *reading.quantity, language));
    if (reading.whole()) return reading;
  } else if (reading.quantity) {  // "tre gånger" says nothing alone
    reading.understood = 0;
  }
  const auto comparison = comparison_at(words, 0, language, policy);
  if (!comparison || up_to(comparison->words) <= reading.understood) return reading;
  reading.comparison = comparison;
  reading.quantity = {};
  reading.understood = up_to(comparison->words);
  return reading;
}

bool understood(const Reading& reading) {
  return reading.whole() && (reading.comparison || possible(*reading.quantity));
}

}  // namespace enkat
