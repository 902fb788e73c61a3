#include "enkat/statistic/ratio.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "enkat/statistic/registry.hpp"

namespace enkat {

void Ratio::observe(Rows rows, const TermColumns& u) const {
  const auto base = u[0], y = u[1], x = u[2];
  numerator->numbers(rows.first, y);
  denominator->numbers(rows.first, x);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool answered = !(std::isnan(y[i]) || std::isnan(x[i]));
    base[i] = answered ? 1.0 : 0.0;
    y[i] = answered ? y[i] : 0.0;
    x[i] = answered ? x[i] : 0.0;
  }
  if (slopes) slopes->take_from(rows, y, x);
}

std::vector<NumberRange> Ratio::ranges() const {
  const NumberRange y = numerator->range(), x = denominator->range();
  return {slopes ? slopes->range(y, x) : y, x};
}

double Ratio::near_line(const PairMoments& of) const {
  const double ratio = of.mean_y / of.mean_x, residual = of.yy - 2 * ratio * of.xy + ratio * ratio * of.xx;
  const double squares = of.yy + of.mean_y * of.mean_y;
  return of.xx > 0 && std::isfinite(ratio) && std::abs(residual) < near_a_line * squares ? ratio : 0;
}

void Ratio::missing(Rows rows, std::span<std::uint8_t> out) const {
  std::array<std::uint8_t, block_rows> other{};
  const auto second = std::span(other).first(rows.size());
  observe_missing(*numerator, rows, out);
  observe_missing(*denominator, rows, second);
  std::ranges::transform(out, second, out.begin(), [](auto a, auto b) { return static_cast<std::uint8_t>(a | b); });
}

Solution Ratio::solve(const CellTotals& t) const {
  constexpr double rounding = 1e-12;  // what is left of a denominator of zeros, in a replicate
  const double x = t.raw(2);
  const bool none = std::abs(x) <= rounding * std::abs(t.total[2]);
  const double ratio = none ? std::numeric_limits<double>::quiet_NaN() : t.raw(1) / x;
  return {Eigen::VectorXd::Constant(1, slope_of(slopes, t.cell) + ratio),
          Gradient(Eigen::RowVector3d((t.centre[1] - ratio * t.centre[2]) / x, 1 / x, -ratio / x))};
}

namespace {

const Registered registered({.name = Ratio::name,
                             .role = Ratio::role,
                             .arity = Arity::pair,
                             .reads = ReadAs::numbers,
                             .make =
                                 [](const Survey& survey, const EstimateRequest& /*request*/,
                                    const std::vector<std::string>& of) {
                                   return statistic(Ratio{survey.numbers(of[0]), survey.numbers(of[1])});
                                 },
                             .undefined = "estimate.zero_denominator",
                             .undefined_says = "the denominator adds up to 0: there is no ratio",
                             .joint = "/",
                             .indicator = true});

}  // namespace

}  // namespace enkat
