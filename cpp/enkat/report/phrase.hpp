#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "enkat/estimate/interval.hpp"
#include "enkat/report/quantity.hpp"
#include "enkat/report/rational.hpp"

namespace enkat {

/// How generously words are read.
///
/// | words             | sv-press          | strict               | nearest                                             |
/// |-------------------|-------------------|----------------------|-----------------------------------------------------|
/// | k av 10           | ± .05             | ± .025               | closer to k/10 than to any other tenth, ¼, ⅓, ⅔ or ¾ |
/// | k av d            | ± min(1/2d, .05)  | ± min(1/2d, .025)    | likewise                                            |
/// | hälften           | [.45, .55)        | [.475, .525)         | [.45, .55)                                          |
/// | de flesta         | > ½               | > .6                 | > ½                                                 |
/// | p procent         | ± ½ of its last digit; ± 2½ or 5 points where every percent of the document is a multiple of 5 or 10 | ± ½ of its last digit | as sv-press |
/// | knappt X, drygt X | (X − .05, X), (X, X + .05); counts within 5 per cent |||
/// | ungefär X         | ± .05 for fractions, ± .02 for percents, ± 5 per cent for counts |||
/// | nästan alla, få   | ≥ .9, ≤ .1        |                      |                                                     |
///
/// Intervals hold their lower end and not their upper end, except at 1.
enum class Policy { sv_press, strict, nearest };

/// The policy called "sv-press", "strict" or "nearest"; a UsageError otherwise.
Policy policy_from(const std::string& name);

enum class PhraseKind { share, percent, threshold, rank, count };

/// The kind as claims.json names it.
std::string name_of(PhraseKind kind);

/// What words claim: the shares, counts or places that they cover.
struct Phrase {
  std::string text;
  PhraseKind kind = PhraseKind::share;
  Rational low = 0;
  Rational high = 1;
  bool low_closed = true;
  bool high_closed = false;
  /// Rank: among how many first; `top_stated` is false when the words leave it open ("två av de viktigaste").
  std::optional<std::int64_t> top;
  bool top_stated = true;
  /// INTENS: a word without numeric content ("hela"); UPTO: "upp till" only says at most.
  std::vector<std::string> lint;

  /// Exactly: is k of n covered? A count or a place is k of 1.
  bool contains(std::int64_t k, std::int64_t n = 1) const;
  bool contains_share(double share) const;
  Interval interval() const { return {low.value(), high.value()}; }
};

/// Reads one phrase, such as "9 av 10", "mer än hälften", "40 procent", "den främsta", "two of the most important", "1 473".
///
/// `percent_step` is the document's precision of percents (see percent_step()). What cannot be read is a ReportError
/// `report.phrase_unknown` with examples of what can.
Phrase read_phrase(std::string_view text, Policy policy, Language language, int percent_step = 1);

/// The precision of a document's percents: 10 or 5 when every percent in it is a multiple of that, else 1.
int percent_step(std::string_view text, Language language);

}  // namespace enkat
