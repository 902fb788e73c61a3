#pragma once

#include "enkat/statistic/moments.hpp"

namespace enkat {

/// Cronbach's alpha of K items among those who answered all, K/(K−1) · (1 − Σ variance of an item / variance of their
/// sum). Cronbach (1951), Psychometrika 16. None where the sum does not vary.
class CronbachAlpha {
 public:
  static constexpr std::string_view name = "alpha";
  static constexpr bool numeric = true;
  static constexpr Role role = Role::index;

  /// Refuses fewer than two items.
  explicit CronbachAlpha(Numbers items);

  /// The base, how far each item is from the mean of all, and last the sum of the items.
  std::size_t terms() const { return items_.size() + 2; }
  std::vector<TermProduct> products() const;
  void observe(Rows rows, const TermColumns& u) const;
  void missing(Rows rows, std::span<std::uint8_t> out) const { observe_any_missing(items_, rows, out); }
  std::vector<NumberRange> ranges() const;
  std::vector<double> in_one_unit(std::size_t /*cell*/) const { return std::vector<double>(items_.size() + 1, 1); }
  std::vector<std::string> answers() const { return {""}; }
  Solution solve(const CellTotals& t) const;

 private:
  Numbers items_;
};

}  // namespace enkat
