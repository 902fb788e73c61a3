#pragma once

#include <algorithm>
#include <cmath>

#include "enkat/estimate/moments.hpp"

namespace enkat {

/// Correlation of two numbers among those who answered both, from their weighted second moments; none where one of
/// them does not vary. Kendall & Stuart (1977), vol. 1, §10.9, for the gradient.
struct Correlation {
  static constexpr std::string_view name = "correlation";
  static constexpr bool numeric = true;
  static constexpr bool design_effect = false;
  Numbers pair;

  std::size_t terms() const { return 3; }
  std::vector<TermProduct> products() const { return {{1, 1}, {1, 2}, {2, 2}}; }
  void observe(Rows rows, const TermColumns& u) const { observe_numbers(pair, rows, u); }
  void missing(Rows rows, std::span<std::uint8_t> out) const { observe_any_missing(pair, rows, out); }
  std::vector<NumberRange> ranges() const { return ranges_of(pair); }
  std::vector<std::string> answers() const { return {""}; }

  Solution solve(const CellTotals& t) const {
    const SmoothValue xx = second_moment(t, 1, 1, 3), xy = second_moment(t, 1, 2, 4), yy = second_moment(t, 2, 2, 5);
    if (!(xx.value > 0) || !(yy.value > 0)) return no_value(t);
    const double scale = std::sqrt(xx.value) * std::sqrt(yy.value), r = xy.value / scale;
    return solution_of({std::clamp(r, -1.0, 1.0),
                        xy.gradient / scale - (r / (2 * xx.value)) * xx.gradient - (r / (2 * yy.value)) * yy.gradient});
  }
};

}  // namespace enkat
