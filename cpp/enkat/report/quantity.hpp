#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "enkat/report/words.hpp"

namespace enkat {

/// What kind of amount words state.
enum class Amount {
  fraction,       ///< 9 av 10, var tredje, en tredjedel, hälften
  percent,        ///< 40 procent
  percent_range,  ///< mellan 40 och 45 procent
  majority,       ///< de flesta, majoriteten
  nearly_all,
  few,
  count,  ///< 1 473
  rank,   ///< den främsta, två av de viktigaste
};

/// How an amount is hedged.
enum class Hedge { none, more_than, at_least, less_than, at_most, nearly, just_over, about };

/// An amount as the words state it, before any rounding policy says what it covers.
struct Quantity {
  Amount amount = Amount::count;
  Hedge hedge = Hedge::none;
  std::int64_t number = 0;   ///< k of a fraction; percent or count without its decimal mark; m of a rank
  std::int64_t of = 1;       ///< d of a fraction; the upper end of a range of percents
  int decimals = 0;          ///< of percents
  bool top_stated = true;    ///< a rank says among how many first: not in "två av de viktigaste"
  bool intensified = false;  ///< "hela 9 av 10"
  bool up_to = false;        ///< "upp till 9 av 10"
  bool everyday = false;     ///< "alla", "få", "tre": a quantity only where someone says that it is one
  std::size_t words = 0;     ///< how many words state it
};

/// The longest quantity that starts at word `at`; none where no quantity starts there.
std::optional<Quantity> quantity_at(const std::vector<Word>& words, std::size_t at, Language language);

}  // namespace enkat
