#pragma once

#include "enkat/statistic/mean.hpp"
#include "enkat/statistic/moments.hpp"

namespace enkat {

/// Population variance of a number, n/(n−1) · Σw(y − ȳ)² / Σw over the n who answered. Särndal, Swensson & Wretman
/// (1992), §5.9; its standard error is that of the mean of n/(n−1)·(y − ȳ)².
struct Variance {
  static constexpr std::string_view name = "variance";
  static constexpr bool numeric = true;
  static constexpr Role role = Role::index;
  std::shared_ptr<const Answers> answered;

  std::size_t terms() const { return 2; }
  std::vector<TermProduct> products() const { return {{1, 1}}; }
  void observe(Rows rows, const TermColumns& u) const { observe_number(*answered, rows, u); }
  void missing(Rows rows, std::span<std::uint8_t> out) const { observe_missing(*answered, rows, out); }
  std::vector<NumberRange> ranges() const { return {answered->range()}; }
  std::vector<std::string> answers() const { return {""}; }
  Solution solve(const CellTotals& t) const;
};

}  // namespace enkat
