#pragma once

#include "enkat/statistic/mean.hpp"

namespace enkat {

/// Population total of a number, Σwy over those who answered. Horvitz & Thompson (1952).
struct Total {
  static constexpr std::string_view name = "total";
  static constexpr bool numeric = true;
  static constexpr Role role = Role::total;
  std::shared_ptr<const Answers> answered;

  std::size_t terms() const { return 2; }
  void observe(Rows rows, const TermColumns& u) const { observe_number(*answered, rows, u); }
  void missing(Rows rows, std::span<std::uint8_t> out) const { observe_missing(*answered, rows, out); }
  std::vector<NumberRange> ranges() const { return {answered->range()}; }
  std::vector<std::string> answers() const { return {""}; }
  Solution solve(const CellTotals& t) const;
};

}  // namespace enkat
