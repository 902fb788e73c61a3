#pragma once

#include "enkat/statistic/line_slopes.hpp"
#include "enkat/statistic/moments.hpp"

namespace enkat {

/// Correlation of two numbers among those who answered both, from their weighted second moments; none where one of
/// them does not vary. Kendall & Stuart (1977), vol. 1, §10.9, for the gradient.
struct Correlation {
  static constexpr std::string_view name = "correlation";
  static constexpr bool numeric = true;
  static constexpr Role role = Role::index;
  Numbers pair;
  std::shared_ptr<const LineSlopes> slopes = {};  ///< the first is read as its residual from the second times these

  std::size_t terms() const { return 3; }
  std::vector<TermProduct> products() const { return {{1, 1}, {1, 2}, {2, 2}}; }
  void observe(Rows rows, const TermColumns& u) const;
  void missing(Rows rows, std::span<std::uint8_t> out) const { observe_any_missing(pair, rows, out); }
  std::vector<NumberRange> ranges() const;
  std::vector<double> in_one_unit(std::size_t cell) const { return units_of_pair(slopes, cell); }
  std::vector<std::string> answers() const { return {""}; }
  Solution solve(const CellTotals& t) const;

  /// The slope of the regression of the first on the second, where they are near it; else 0.
  double near_line(const PairMoments& moments) const;
  Correlation about(std::shared_ptr<const LineSlopes> lines) const { return {pair, std::move(lines)}; }
};

}  // namespace enkat
