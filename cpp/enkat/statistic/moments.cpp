#include "enkat/statistic/moments.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "enkat/statistic/mean.hpp"

namespace enkat {

void observe_numbers(const Numbers& numbers, Rows rows, const TermColumns& u) {
  const auto base = u[0];
  std::ranges::fill(base, 1.0);
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    const auto value = u[1 + k];
    numbers[k]->numbers(rows.first, value);
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (std::isnan(value[i])) base[i] = 0;
  }
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    const auto value = u[1 + k];
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (base[i] == 0) value[i] = 0;
  }
}

std::vector<NumberRange> ranges_of(const Numbers& numbers) {
  std::vector<NumberRange> ranges;
  for (const auto& number : numbers) ranges.push_back(number->range());
  return ranges;
}

void observe_any_missing(const Numbers& numbers, Rows rows, std::span<std::uint8_t> out) {
  std::array<std::uint8_t, block_rows> flags;
  const auto flag = std::span(flags).first(rows.size());
  std::ranges::fill(out, std::uint8_t{0});
  for (const auto& answers : numbers) {
    observe_missing(*answers, rows, flag);
    for (std::size_t i = 0; i < rows.size(); ++i) out[i] |= flag[i];
  }
}

SmoothValue second_moment(const CellTotals& t, Eigen::Index j, Eigen::Index k, Eigen::Index product) {
  const double weight = t.weight(), mean_j = t.total[j] / weight, mean_k = t.total[k] / weight;
  const double square = t.total[product] / weight, shift = mean_j * mean_k;
  SmoothValue moment{square - shift, Eigen::RowVectorXd::Zero(t.total.size())};
  // A replicate's mean is not the centre: where its numbers do not vary, only rounding is left.
  constexpr double rounding = 1e-12;
  if (j == k && std::abs(moment.value) < rounding * std::abs(square)) moment.value = 0;
  moment.gradient[product] = 1 / weight;
  moment.gradient[j] -= mean_k / weight;
  moment.gradient[k] -= mean_j / weight;
  moment.gradient[0] = (mean_j * mean_k - moment.value) / weight;
  return moment;
}

double bessel(const CellTotals& t) { return t.rows / (t.rows - 1); }

Solution solution_of(const SmoothValue& value) {
  return {Eigen::VectorXd::Constant(1, value.value), Gradient(value.gradient)};
}

Solution no_value(const CellTotals& t) {
  return {Eigen::VectorXd::Constant(1, std::numeric_limits<double>::quiet_NaN()),
          Gradient(Eigen::RowVectorXd::Zero(t.total.size()))};
}

}  // namespace enkat
