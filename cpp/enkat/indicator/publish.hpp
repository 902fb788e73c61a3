#pragma once

#include <optional>
#include <string>
#include <vector>

#include "enkat/basics/record.hpp"
#include "enkat/indicator/disclosure.hpp"
#include "enkat/indicator/indicator.hpp"

namespace enkat {

/// A row of a published table: whole percents, and nothing that would give a respondent away.
struct PublishedRow {
  std::vector<std::string> by;
  std::optional<std::string> answer;
  std::optional<std::int64_t> percent, low, high;  ///< shares
  std::optional<double> value;                     ///< means, totals and ratios
  std::optional<std::int64_t> base;
  std::optional<std::int64_t> rank, rank_low, rank_high;
  Withheld withheld = Withheld::no;
};

template <>
struct Fields<PublishedRow> {
  static constexpr auto list = std::tuple{
      Field{"by", &PublishedRow::by, "values of the by columns"},
      Field{"answer", &PublishedRow::answer, "the answer; none for a number"},
      Field{"percent", &PublishedRow::percent, "share in whole per cent"},
      Field{"low", &PublishedRow::low, "lower end of the interval in whole per cent"},
      Field{"high", &PublishedRow::high, "upper end of the interval in whole per cent"},
      Field{"value", &PublishedRow::value, "mean, total or ratio"},
      Field{"base", &PublishedRow::base, "how many answered"},
      Field{"rank", &PublishedRow::rank, "place by share"},
      Field{"rank_low", &PublishedRow::rank_low, "best place in the joint confidence set"},
      Field{"rank_high", &PublishedRow::rank_high, "worst place in the joint confidence set"},
      Field{"withheld", &PublishedRow::withheld, "why the row is not shown, or empty"},
  };
};

/// An indicator, its estimates, and what of them may be published.
struct ComputedIndicator {
  Indicator indicator;
  Estimates estimates;
  std::vector<PublishedRow> published;
};

/// All indicators of a study, each row without what is unsafe to print for its own sake. What is published together
/// must be audited together before it leaves; that is done over all tables and claims of a study.
std::vector<ComputedIndicator> compute_all(const Survey& survey, const std::vector<Indicator>& indicators,
                                           Monitor& monitor);

}  // namespace enkat
