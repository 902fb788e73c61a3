#pragma once

#include "enkat/statistic/line_slopes.hpp"
#include "enkat/statistic/mean.hpp"

namespace enkat {

/// Ratio of two totals, Σwy / Σwx, among those who answered both. Särndal, Swensson & Wretman (1992), §5.6.
struct Ratio {
  static constexpr std::string_view name = "ratio";
  static constexpr bool numeric = true;
  static constexpr Role role = Role::number;
  std::shared_ptr<const Answers> numerator;
  std::shared_ptr<const Answers> denominator;
  std::shared_ptr<const LineSlopes> slopes = {};  ///< the numerator is read as its residual from these

  std::size_t terms() const { return 3; }
  void observe(Rows rows, const TermColumns& u) const;
  void missing(Rows rows, std::span<std::uint8_t> out) const;
  std::vector<NumberRange> ranges() const;
  std::vector<double> in_one_unit(std::size_t cell) const { return units_of_pair(slopes, cell); }
  std::vector<std::string> answers() const { return {""}; }
  Solution solve(const CellTotals& t) const;

  /// The slope through 0 that numerator and denominator are near; 0 where they are not.
  double near_line(const PairMoments& moments) const;
  Ratio about(std::shared_ptr<const LineSlopes> lines) const { return {numerator, denominator, std::move(lines)}; }
};

}  // namespace enkat
