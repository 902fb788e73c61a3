#pragma once

#include <memory>

#include "enkat/data/answers.hpp"
#include "enkat/statistic/estimator.hpp"

namespace enkat {

/// Base and value columns of a number: what a mean and a total observe.
void observe_number(const Answers& answers, Rows rows, const TermColumns& u);

/// 1 where the row was asked but has not answered.
void observe_missing(const Answers& answers, Rows rows, std::span<std::uint8_t> out);

/// Mean of a number among those who answered, Σwy / Σw. Särndal, Swensson & Wretman (1992), §5.7.
struct Mean {
  static constexpr std::string_view name = "mean";
  static constexpr bool numeric = true;
  static constexpr Role role = Role::number;
  std::shared_ptr<const Answers> answered;

  std::size_t terms() const { return 2; }
  void observe(Rows rows, const TermColumns& u) const { observe_number(*answered, rows, u); }
  void missing(Rows rows, std::span<std::uint8_t> out) const { observe_missing(*answered, rows, out); }
  std::vector<NumberRange> ranges() const { return {answered->range()}; }
  std::vector<std::string> answers() const { return {""}; }
  Solution solve(const CellTotals& t) const;
};

}  // namespace enkat
