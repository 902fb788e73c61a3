#include "enkat/totals/near_lines.hpp"

#include <algorithm>

#include "enkat/statistic/line_slopes.hpp"

namespace enkat {
namespace {

/// The first number is y, the second x.
PairMoments moments(const CentredTotals& totals, const PlannedVariable& v, const Solved& solved) {
  const CellTotals& t = solved.totals;
  const double weight = t.weight();
  const auto moment = [&](Eigen::Index j, Eigen::Index k) {
    return totals.spread(solved.cell, v, static_cast<std::size_t>(j), static_cast<std::size_t>(k)) / weight -
           t.total[j] / weight * (t.total[k] / weight);
  };
  return {moment(1, 1), moment(1, 2), moment(2, 2), t.raw(1) / weight, t.raw(2) / weight};
}

}  // namespace

std::optional<StatisticsWanted> about_near_lines(const Plan& plan, const CentredTotals& totals,
                                                 const std::vector<Solved>& solved) {
  std::vector<std::vector<double>> slopes(plan.variables.size());  // by cell; empty without a line
  for (const Solved& one : solved) {
    if (!one.exists) continue;
    const PlannedVariable& v = plan.variables[one.variable];
    const OfTwoNumbers* pair = v.statistic->of_two_numbers();
    const double slope = pair == nullptr ? 0 : pair->near_line(moments(totals, v, one));
    if (slope == 0) continue;
    slopes[one.variable].resize(plan.shape.cells);
    slopes[one.variable][one.cell] = slope;
  }
  if (std::ranges::all_of(slopes, &std::vector<double>::empty)) return {};
  StatisticsWanted about = plan.wanted;
  about.slopes = std::move(slopes);
  return about;
}

}  // namespace enkat
