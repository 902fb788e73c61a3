#pragma once

#include "enkat/estimate/mean.hpp"

namespace enkat {

/// Ratio of two totals, Σwy / Σwx, among those who answered both. Särndal, Swensson & Wretman (1992), §5.6.
struct Ratio {
  static constexpr std::string_view name = "ratio";
  static constexpr bool numeric = true;
  static constexpr bool design_effect = true;
  std::shared_ptr<const Answers> numerator;
  std::shared_ptr<const Answers> denominator;

  std::size_t terms() const { return 3; }
  void observe(Rows rows, const TermColumns& u) const;
  void missing(Rows rows, std::span<std::uint8_t> out) const;
  std::vector<NumberRange> ranges() const { return {numerator->range(), denominator->range()}; }
  std::vector<std::string> answers() const { return {""}; }
  Solution solve(const CellTotals& t) const;
};

}  // namespace enkat
