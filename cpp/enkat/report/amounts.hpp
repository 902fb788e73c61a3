#pragma once

#include <functional>
#include <optional>

#include "enkat/report/lexicon.hpp"

namespace enkat {

using Words = std::vector<Word>;

/// 9 av 10, 8–9 av 10, var tredje, två tredjedelar, hälften, ½; mellan hälften och två tredjedelar.
std::optional<Quantity> fraction_at(const Words& words, std::size_t at, const Lexicon& lexicon);

/// 40 procent, en halv procent, 40–45 procent, mellan 40 och 45 procent.
std::optional<Quantity> percent_at(const Words& words, std::size_t at, const Lexicon& lexicon);

/// dubbelt, tre gånger, 1,5 gånger, en och en halv gång: how many times as much.
std::optional<Quantity> times_at(const Words& words, std::size_t at, const Lexicon& lexicon);

/// 10 procentenheter, 2,5 procentenheter.
std::optional<Quantity> points_at(const Words& words, std::size_t at, const Lexicon& lexicon);

/// den främsta, två av de tre viktigaste, topp tre, näst vanligast, första plats.
std::optional<Quantity> place_at(const Words& words, std::size_t at, const Lexicon& lexicon);

/// Keeps the longer of two readings, the first where they are as long.
inline void keep_longer(std::optional<Quantity>& best, const std::optional<Quantity>& other) {
  if (other && (!best || other->words > best->words)) best = other;
}

/// The longest reading of a range that starts at `at`: `ends` reads what stands between the words of `range` from word
/// `next` on.
inline std::optional<Quantity> longest_range(
    const Words& words, std::size_t at, const Lexicon& lexicon,
    const std::function<std::optional<Quantity>(const RangeWords& range, std::size_t next)>& ends) {
  std::optional<Quantity> best;
  for (const RangeWords& range : lexicon.ranges) {
    const std::size_t opening = spelled(words, at, range.opening);
    if (opening > 0 || range.opening.empty()) keep_longer(best, ends(range, at + opening));
  }
  return best;
}

}  // namespace enkat
