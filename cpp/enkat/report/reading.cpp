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

Reading read_words(std::string_view text, Language language) {
  Reading reading{words_of(text, language), {}, 0};
  const Words& words = reading.words;
  if (words.empty()) return reading;
  reading.quantity = quantity_at(words, 0, language);
  if (!reading.quantity) return reading;
  std::size_t next = reading.quantity->words;
  next += whom_at(words, next, *reading.quantity, language);
  reading.understood = next + end_marks(words, next);
  return reading;
}

bool understood(const Reading& reading) { return reading.whole() && possible(*reading.quantity); }

}  // namespace enkat
