#include "enkat/statistic/correlation.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/statistic/registry.hpp"

namespace enkat {

void Correlation::observe(Rows rows, const TermColumns& u) const {
  observe_numbers(pair, rows, u);
  if (slopes) slopes->take_from(rows, u[1], u[2]);
}

std::vector<NumberRange> Correlation::ranges() const {
  std::vector<NumberRange> ranges = ranges_of(pair);
  if (slopes) ranges[0] = slopes->range(ranges[0], ranges[1]);
  return ranges;
}

double Correlation::near_line(const PairMoments& of) const {
  const double slope = of.xy / of.xx;
  return of.xx > 0 && of.yy > 0 && std::abs(of.yy - slope * of.xy) < near_a_line * of.yy ? slope : 0;
}

/// With y = βx + d, s_xy = βs_xx + s_xd and s_yy = β²s_xx + 2βs_xd + s_dd: put into r = s_xy/√(s_xx s_yy) and
/// differentiated by s_dd, s_xd and s_xx, what cancels has been taken out of the derivatives.
Solution Correlation::solve(const CellTotals& t) const {
  const SmoothValue dd = second_moment(t, 1, 1, 3), xd = second_moment(t, 1, 2, 4), xx = second_moment(t, 2, 2, 5);
  const double slope = slope_of(slopes, t.cell);
  const double xy = slope * xx.value + xd.value, yy = slope * (xy + xd.value) + dd.value;
  if (!(xx.value > 0) || !(yy > 0)) return no_value(t);
  const double scale = std::sqrt(xx.value) * std::sqrt(yy), r = std::clamp(xy / scale, -1.0, 1.0);
  const double by_xx =
      (slope * (xx.value * dd.value - 2 * xd.value * xd.value) - xd.value * dd.value) / (2 * xx.value * yy * scale);
  return solution_of({r, -r / (2 * yy) * dd.gradient + (slope * xd.value + dd.value) / (yy * scale) * xd.gradient +
                             by_xx * xx.gradient});
}

namespace {

const Registered registered({.name = Correlation::name,
                             .role = Correlation::role,
                             .arity = Arity::pair,
                             .reads = ReadAs::numbers,
                             .make = [](const Survey& survey, const EstimateRequest& /*request*/,
                                        const std::vector<std::string>& of) {
                               return statistic(Correlation{{survey.numbers(of[0]), survey.numbers(of[1])}});
                             }});

}  // namespace

}  // namespace enkat
