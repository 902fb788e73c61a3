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
/// - k av d: ± .05 under sv-press and ± .025 under strict, but at most half a unit, 1/(2d), for other d than 10; under
///   nearest whatever is closer to k/d than to any other tenth, ¼, ⅓, ⅔ or ¾. "hälften" is 1 av 2.
/// - p procent: half a unit of its last digit each way; 2½ or 5 points where every percent of the document is a
///   multiple of 5 or 10 (never under strict).
/// - mer än, minst, under, högst X: one-sided. de flesta: > ½, under strict > .6. nästan alla: ≥ .9. få: ≤ .1.
/// - knappt X, drygt X: the .05 below or above X; counts within 5 per cent.
/// - ungefär X: ± .05, percents ± .02, counts ± 5 per cent.
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

/// Reads one phrase, such as "9 av 10", "mer än hälften", "40 procent", "den främsta", "two of the most important", "1
/// 473".
///
/// `percent_step` is the document's precision of percents (see percent_step()). What cannot be read is a ReportError
/// `report.phrase_unknown` with examples of what can.
Phrase read_phrase(std::string_view text, Policy policy, Language language, int percent_step = 1);

/// The precision of a document's percents: 10 or 5 when every percent in it is a multiple of that, else 1.
int percent_step(std::string_view text, Language language);

}  // namespace enkat
