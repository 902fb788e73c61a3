#include "enkat/statistic/mean.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/statistic/registry.hpp"

namespace enkat {

void observe_number(const Answers& answers, Rows rows, const TermColumns& u) {
  const auto base = u[0], value = u[1];
  answers.numbers(rows.first, value);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool answered = !std::isnan(value[i]);
    base[i] = answered ? 1.0 : 0.0;
    value[i] = answered ? value[i] : 0.0;
  }
}

void observe_missing(const Answers& answers, Rows rows, std::span<std::uint8_t> out) {
  std::ranges::transform(answers.reasons().subspan(rows.first, rows.size()), out.begin(), [](MissingReason reason) {
    return static_cast<std::uint8_t>(reason != MissingReason::answered && reason != MissingReason::not_asked);
  });
}

Solution Mean::solve(const CellTotals& t) const {
  const double shift = t.total[1] / t.weight();
  return {Eigen::VectorXd::Constant(1, t.centre[1] + shift),
          Gradient(Eigen::RowVector2d(-shift / t.weight(), 1 / t.weight()))};
}

namespace {

const Registered registered(
    {.name = Mean::name,
     .role = Mean::role,
     .arity = Arity::each,
     .reads = ReadAs::numbers,
     .make = [](const Survey& survey, const EstimateRequest& /*request*/,
                const std::vector<std::string>& of) { return statistic(Mean{survey.numbers(of[0])}); },
     .indicator = true});

}  // namespace

}  // namespace enkat
