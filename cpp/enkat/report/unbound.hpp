#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "enkat/basics/record.hpp"
#include "enkat/report/language.hpp"

namespace enkat {

/// A part of a text, in bytes of UTF-8.
struct TextRange {
  std::size_t offset = 0;
  std::size_t length = 0;
};

/// Words that a report must bind to a claim, or should not use; `kind` says which.
struct TextFinding {
  std::size_t offset = 0;
  std::size_t length = 0;
  std::string text;
  std::string kind;
};

template <>
struct Fields<TextFinding> {
  static constexpr auto list = std::tuple{
      Field{"offset", &TextFinding::offset, "where it starts, in bytes of UTF-8"},
      Field{"length", &TextFinding::length, "how long it is, in bytes of UTF-8"},
      Field{"text", &TextFinding::text, "the words"},
      Field{"kind", &TextFinding::kind, "share, percent, threshold, rank, count; or a lint code"},
  };
};

/// Shares, percents, thresholds, ranks and numbers of `text` that stand outside the ranges in `bound`.
///
/// Free are years (1900–2099), dates, clock times, footnote marks, numbers in words ("tre yrkesgrupper"), references
/// ("§ 3", "kapitel 5", "fråga 7"), words with digits in them ("LVU1"), what stands in quotation marks, and the rest of
/// a line after "Frågan som ställdes var:".
std::vector<TextFinding> find_unbound(std::string_view text, Language language,
                                      const std::vector<TextRange>& bound = {});

/// Wording to reconsider: INTENS ("hela 9 av 10"), CAUSAL ("leder till"), VAGUE ("i stor utsträckning", "många").
std::vector<TextFinding> find_lint(std::string_view text, Language language);

}  // namespace enkat
