#include "enkat/estimate/cronbach_alpha.hpp"

#include <algorithm>

#include "enkat/basics/error.hpp"

namespace enkat {

CronbachAlpha::CronbachAlpha(Numbers items) : items_(std::move(items)) {
  if (items_.size() < 2)
    throw EstimateError("estimate.alpha_items", "Cronbach's alpha tells how items go together: give at least two",
                        {{"items", items_.size()}});
}

std::vector<TermProduct> CronbachAlpha::products() const {
  std::vector<TermProduct> squares;
  for (std::size_t k = 1; k < terms(); ++k) squares.push_back({k, k});
  return squares;
}

std::vector<NumberRange> CronbachAlpha::ranges() const {
  std::vector<NumberRange> ranges = ranges_of(items_);
  NumberRange sum;
  for (const NumberRange& item : ranges) {
    sum.low += item.low;
    sum.high += item.high;
    sum.mean += item.mean;
  }
  ranges.push_back(sum);
  return ranges;
}

void CronbachAlpha::observe(Rows rows, const TermColumns& u) const {
  observe_numbers(items_, rows, u);
  const auto sum = u[items_.size() + 1];
  std::ranges::fill(sum, 0.0);
  for (std::size_t k = 1; k <= items_.size(); ++k)
    for (std::size_t i = 0; i < rows.size(); ++i) sum[i] += u[k][i];
}

Solution CronbachAlpha::solve(const CellTotals& t) const {
  const auto items = static_cast<Eigen::Index>(items_.size());
  const Eigen::Index sum = items + 1, first_product = items + 2;
  const SmoothValue of_sum = second_moment(t, sum, sum, first_product + items);
  if (!(of_sum.value > 0)) return no_value(t);
  SmoothValue of_items{0, Eigen::RowVectorXd::Zero(t.total.size())};
  for (Eigen::Index k = 1; k <= items; ++k) {
    const SmoothValue item = second_moment(t, k, k, first_product + k - 1);
    of_items.value += item.value;
    of_items.gradient += item.gradient;
  }
  const double factor = static_cast<double>(items) / static_cast<double>(items - 1);
  const double share = of_items.value / of_sum.value;
  return solution_of({factor * (1 - share), factor / of_sum.value * (share * of_sum.gradient - of_items.gradient)});
}

}  // namespace enkat
