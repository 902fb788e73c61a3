#pragma once

#include "enkat/statistic/moments.hpp"

namespace enkat {

/// Population covariance of two numbers, n/(n−1) · Σw(x − x̄)(y − ȳ) / Σw over the n who answered both. Särndal,
/// Swensson & Wretman (1992), §5.9.
struct Covariance {
  static constexpr std::string_view name = "covariance";
  static constexpr bool numeric = true;
  static constexpr Role role = Role::index;
  Numbers pair;

  std::size_t terms() const { return 3; }
  std::vector<TermProduct> products() const { return {{1, 2}}; }
  void observe(Rows rows, const TermColumns& u) const { observe_numbers(pair, rows, u); }
  void missing(Rows rows, std::span<std::uint8_t> out) const { observe_any_missing(pair, rows, out); }
  std::vector<NumberRange> ranges() const { return ranges_of(pair); }
  std::vector<std::string> answers() const { return {""}; }
  Solution solve(const CellTotals& t) const;
};

}  // namespace enkat
