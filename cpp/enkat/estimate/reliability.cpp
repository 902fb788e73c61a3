#include "enkat/estimate/reliability.hpp"

#include "enkat/estimate/presentation.hpp"

namespace enkat {
namespace {

/// The first rule of the decision tree that an unreliable proportion breaks.
std::string broken_rule(const Presentation& presented, double n, double width) {
  if (n < 30) return "reliability.base";
  if (presented.effective_size < 30 * (1 - 1e-9)) return "reliability.effective_size";
  return width >= 0.30 ? "reliability.width" : "reliability.relative_width";
}

Reliability of_row(const Estimate& row) {
  Reliability result{row.by, row.variable, row.answer, row.estimate, row.n, {}, {}, {}, {}, {}, row.df, false, {}};
  const double n = static_cast<double>(row.n);
  if (!row.estimate || !row.se || !(row.df.value_or(0) > 0) || row.n < 2) {
    for (const Note& reason : row.notes.reasons()) result.codes.push_back(text_of(reason));
    if (result.codes.empty()) result.codes = {"reliability.base"};
    return result;
  }
  const double p = *row.estimate;
  const Presentation presented = presentation(p, *row.se * *row.se, n, *row.df);
  const double width = presented.interval.high - presented.interval.low;
  result.effective_n = presented.effective_size;
  result.ci_low = presented.interval.low;
  result.ci_high = presented.interval.high;
  result.width = width;
  if (p > 0) result.relative_width = width / p;
  result.reliable = presented.reliable;
  if (!presented.reliable) result.codes.push_back(broken_rule(presented, n, width));
  if (presented.complement_unreliable) result.codes.emplace_back("reliability.complement");
  if (presented.few_df) result.codes.emplace_back("reliability.few_df");
  if (presented.at_bound) result.codes.emplace_back("reliability.at_bound");
  return result;
}

}  // namespace

std::vector<Reliability> reliability(const Estimates& estimates) {
  if (!estimates.shares)
    throw EstimateError("estimate.reliability_proportions",
                        "the presentation standard is for proportions, and these are none: for a mean or a total look "
                        "at its coefficient of variation");
  std::vector<Reliability> result;
  for (const Estimate& row : estimates.rows) result.push_back(of_row(row));
  return result;
}

}  // namespace enkat
