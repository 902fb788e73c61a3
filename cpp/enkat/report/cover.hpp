#pragma once

#include <limits>
#include <string>

#include "enkat/basics/names.hpp"
#include "enkat/report/quantity.hpp"
#include "enkat/variance/interval.hpp"

namespace enkat {

/// How generously words are read.
///
/// - k av d: ± .05 under sv-press and ± .025 under strict, but at most half a unit, 1/(2d), for other d than 10; under
///   nearest whatever is closer to k/d than to any other tenth, ¼, ⅓, ⅔ or ¾. "hälften" is 1 av 2.
/// - p procent: half a unit of its last digit each way; 2½ or 5 points where every percent of the document is a
///   multiple of 5 or 10 (never under strict).
/// - 8–9 av 10, 40–45 procent: from what the lower end covers to what the upper end covers, percents by half a unit.
///   mellan hälften och två tredjedelar: the limits themselves.
///   mellan 20 och 30: from 20 to 30.
/// - mer än, minst, under, högst X: one-sided. de flesta: > ½, under strict > .6. Other words: lexicon and claims.md.
/// - drygt X: X and the .05 above it; strax över X: the same without X; knappt X: the .05 below X; counts: 5 per cent,
///   or 1.
/// - dubbelt, tre gånger: ± ¼, from five times on ± ½, half of that under strict; 1,5 gånger: half a unit of its last
///   digit. Other words about them: ± the same; points ± .02.
/// - långt över X: .1 or more above X, but never more than half of the way to 1; långt under likewise to 0; counts: 10
///   per cent.
/// - ungefär X: ± .05, percents ± .02, counts ± 5 per cent, or 1. exakt X: X and nothing else.
///
/// Rounded intervals hold their lower end and not their upper end, except at 1.
enum class Policy { sv_press, strict, nearest };

template <>
struct Names<Policy> {
  static constexpr std::string_view list[] = {"sv-press", "strict", "nearest"};
};

/// The upper end of "more than 1,473".
inline constexpr Rational unlimited{std::numeric_limits<std::int32_t>::max()};

/// What words cover as an interval; an end that they leave open is infinite.
Interval interval_of(const Cover& cover);

/// The shares, counts or places that a quantity covers. `percent_step` is the document's precision of percents.
Cover covered(const Quantity& quantity, Policy policy, int percent_step);

/// Whether anything can be what the words say: not "11 av 10", "140 procent" or "mer än 100 procent".
bool possible(const Quantity& quantity);

}  // namespace enkat
