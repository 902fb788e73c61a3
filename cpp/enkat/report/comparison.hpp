#pragma once

#include <optional>

#include "enkat/report/cover.hpp"
#include "enkat/report/lexicon.hpp"

namespace enkat {

/// What words say of two shares, the first of which is the one they begin with: "fler kvinnor än män".
enum class Measure {
  ratio,       ///< dubbelt så många, 20 procent fler
  difference,  ///< fler, 10 procentenheter fler, lika vanligt: the first less the second
};

template <>
struct Names<Measure> {
  static constexpr std::string_view list[] = {"ratio", "difference"};
};

/// Words that compare two shares.
///
/// - dubbelt så, hälften så, 1,5 gånger så: their ratio, as `covered` has it; 20 procent fler: 1.2 times as much.
/// - 10 procentenheter fler: their difference. fler, vanligare: the first is larger; något fler: by less than 5 points;
///   betydligt fler: by 10 points or more.
/// - lika: they differ by 5 points at the most, and by a quarter of the smaller (2.5 points and a tenth under strict);
///   nästan lika: and the first is the smaller.
struct Comparison {
  Measure measure = Measure::ratio;
  Cover cover{};
  std::optional<Cover> ratio{};  ///< besides the difference: of "lika"
  bool people = false;           ///< said of a number of people: "fler", "så många"
  bool intensified = false;
  std::optional<Quantity> quantity{};  ///< of times, percents and points

  /// How the words are made: so many of them say how much, then what is compared, and then who is.
  std::size_t how_much = 0, what = 0;
  std::size_t joint = 0;  ///< which of them is "än" or "som"; 0 where none is
  std::size_t words = 0;
};

/// The comparison that starts at word `at` with all words that go with it; none where no comparison starts there.
std::optional<Comparison> comparison_at(const std::vector<Word>& words, std::size_t at, Language language,
                                        Policy policy);

/// The same comparison of two numbers of people instead of two shares: always by their ratio, with 5 and 10 per cent
/// where shares have 5 and 10 points.
Comparison of_numbers(const Comparison& comparison);

}  // namespace enkat
