#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "enkat/report/comparison.hpp"
#include "enkat/variance/interval.hpp"

namespace enkat {

/// What words claim: the shares, counts or places that they cover.
struct Phrase {
  std::string text;
  PhraseKind kind = PhraseKind::share;
  Cover cover{};  ///< of a comparison: of its measure
  /// Rank: the last of the places from the first covered on; `top_stated` is false when the words leave it open ("två
  /// av de viktigaste").
  std::optional<std::int64_t> top{};
  bool top_stated = true;
  /// Comparison: how the two are compared, and how the words are made.
  std::optional<Comparison> comparison{};
  /// INTENS: a word without numeric content ("hela"); UPTO: "upp till" only says at most.
  std::vector<std::string> lint{};

  /// Exactly: is k of n covered? A count or a place is k of 1.
  bool contains(std::int64_t k, std::int64_t n = 1) const { return cover.contains(k, n); }
  bool contains_share(double share) const { return cover.contains(share); }
  Interval interval() const { return interval_of(cover); }
};

/// The phrase of words that compare.
Phrase comparing(std::string text, const Comparison& comparison);

/// Reads one phrase, such as "9 av 10", "mer än hälften", "40 procent", "den främsta", "two of the most important", "1
/// 473". Every word of it is understood; it may say whom it is about ("9 av 10 lärare").
///
/// `percent_step` is the document's precision of percents (see percent_step()). What is not understood is a ReportError
/// `report.phrase_unknown` that says which words, and what they could have been.
Phrase read_phrase(std::string_view text, Policy policy, Language language, int percent_step = 1);

/// The language that `text` is a phrase of, or has more words of; Swedish where it is both.
Language language_of(std::string_view text);

/// The precision of a document's percents: 10 or 5 when every percent in it is a multiple of that, else 1.
int percent_step(std::string_view text, Language language);

}  // namespace enkat
