#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "enkat/report/rational.hpp"
#include "enkat/report/words.hpp"

namespace enkat {

/// What kind of amount words state.
enum class Amount {
  fraction,  ///< 9 av 10, 8–9 av 10, var tredje, en tredjedel, hälften, alla, ingen
  percent,   ///< 40 procent, 40–45 procent
  between,   ///< mellan hälften och två tredjedelar
  named,     ///< de flesta, nästan alla, få: words with limits of their own
  count,     ///< 1 473
  place,     ///< den främsta, två av de viktigaste, näst vanligast
  times,     ///< dubbelt, tre gånger: of a comparison ("dubbelt så många")
  points,    ///< 10 procentenheter: of a comparison ("10 procentenheter fler")
};

/// How an amount is hedged.
enum class Hedge {
  none,
  more_than,
  at_least,
  less_than,
  at_most,
  nearly,     ///< knappt, nästan: below X
  from,       ///< drygt: from X and a little up
  just_over,  ///< strax över: a little more than X
  about,
  exactly,
  well_over,   ///< långt över
  well_under,  ///< långt under
};

/// Who may be named at once after an amount; after "av" it may be anyone.
enum class Noun {
  none,     ///< 40 procent: "40 procent lägre" is a comparison
  persons,  ///< most people, en person: only those who are always counted
  any,      ///< 9 av 10 lärare
};

/// The shares between two limits.
struct Cover {
  Rational low = 0;
  Rational high = 1;
  bool low_closed = true;
  bool high_closed = true;

  /// Exactly: is k of n covered?
  bool contains(std::int64_t k, std::int64_t n) const;
  bool contains(double share) const;
};

/// An amount as the words state it, before any rounding policy says what it covers.
struct Quantity {
  Amount amount = Amount::count;
  Hedge hedge = Hedge::none;
  std::int64_t number = 0;        ///< k of a fraction; percent or count without its decimal mark; the first place
  std::int64_t to = number;       ///< the upper end of a range of fractions or percents; the last place
  std::int64_t of = 1;            ///< d of a fraction
  int decimals = 0;               ///< of percents, points and times
  Cover limits{};                 ///< of named amounts and those between two fractions
  std::optional<Cover> strict{};  ///< of named amounts, where the strict policy has others
  bool top_stated = true;         ///< a place says among how many first: not in "två av de viktigaste"
  Noun noun = Noun::none;
  bool intensified = false;  ///< "hela 9 av 10"
  bool up_to = false;        ///< "upp till 9 av 10"
  bool everyday = false;     ///< "alla", "få", "tre": a quantity only where someone says that it is one
  std::size_t words = 0;     ///< how many words state it

  bool everyone_or_nobody() const { return amount == Amount::fraction && of == 1; }
  bool is_range() const { return to != number; }
};

/// The longest quantity that starts at word `at`; none where no quantity starts there.
std::optional<Quantity> quantity_at(const std::vector<Word>& words, std::size_t at, Language language);

enum class PhraseKind { share, percent, threshold, rank, count, comparison };

template <>
struct Names<PhraseKind> {
  static constexpr std::string_view list[] = {"share", "percent", "threshold", "rank", "count", "comparison"};
};

/// What kind of claim a quantity makes.
PhraseKind kind_of(const Quantity& quantity);

}  // namespace enkat
