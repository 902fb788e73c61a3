#pragma once

#include "enkat/estimate/estimates.hpp"

namespace enkat {

/// Whether one proportion may be presented, and why not: the standard of the US National Center for Health Statistics,
/// Parker et al. (2017), Vital and Health Statistics 2(175). Its interval is Korn–Graubard's at 95 %.
///
/// Codes of proportions not to be presented: `reliability.base` and `reliability.effective_size` (fewer than 30),
/// `reliability.width` (0.30 or more), `reliability.relative_width` (above 1.30), or why there is no estimate. Codes to
/// look at: `reliability.complement` (1 − p is too uncertain relative to its size), `reliability.few_df` (fewer than
/// 8), `reliability.at_bound` (a share of 0 or 1).
struct Reliability {
  std::vector<std::string> by;
  std::string variable;
  std::optional<std::string> answer;
  std::optional<double> estimate;
  std::int64_t n = 0;
  std::optional<double> effective_n, ci_low, ci_high, width, relative_width, df;
  bool reliable = false;
  std::vector<std::string> codes;
};

template <>
struct Fields<Reliability> {
  static constexpr auto list = std::tuple{
      Field{"by", &Reliability::by, "values of the by columns"},
      Field{"variable", &Reliability::variable, "question or column"},
      Field{"answer", &Reliability::answer, "the answer counted"},
      Field{"estimate", &Reliability::estimate, "the proportion"},
      Field{"n", &Reliability::n, "rows in the base, unweighted"},
      Field{"effective_n", &Reliability::effective_n, "effective sample size, at most n"},
      Field{"ci_low", &Reliability::ci_low, "lower end of Korn-Graubard's 95 % interval"},
      Field{"ci_high", &Reliability::ci_high, "upper end of Korn-Graubard's 95 % interval"},
      Field{"width", &Reliability::width, "width of the interval"},
      Field{"relative_width", &Reliability::relative_width, "width / proportion; none at 0"},
      Field{"df", &Reliability::df, "degrees of freedom"},
      Field{"reliable", &Reliability::reliable, "may be presented"},
      Field{"codes", &Reliability::codes, "why not, and what to look at"},
  };
};

/// The presentation rule for every row; refuses tables with anything but proportions
/// (`estimate.reliability_proportions`).
std::vector<Reliability> reliability(const Estimates& estimates);

}  // namespace enkat
