#pragma once

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
  Solution solve(const CellTotals& t) const;
};

}  // namespace enkat
