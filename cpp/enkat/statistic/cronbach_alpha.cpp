#include "enkat/statistic/cronbach_alpha.hpp"

#include <algorithm>

#include "enkat/basics/error.hpp"
#include "enkat/statistic/registry.hpp"

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
  const std::vector<NumberRange> items = ranges_of(items_);
  NumberRange sum;
  for (const NumberRange& item : items) {
    sum.low += item.low;
    sum.high += item.high;
    sum.mean += item.mean;
  }
  const auto count = static_cast<double>(items.size());
  std::vector<NumberRange> ranges;
  for (const NumberRange& item : items)
    ranges.push_back({item.low - sum.high / count, item.high - sum.low / count, item.mean - sum.mean / count});
  ranges.push_back(sum);
  return ranges;
}

void CronbachAlpha::observe(Rows rows, const TermColumns& u) const {
  observe_numbers(items_, rows, u);
  const auto count = static_cast<double>(items_.size());
  const auto sum = u[items_.size() + 1];
  for (std::size_t i = 0; i < rows.size(); ++i) {
    // Differences of items that go together are small and exact, also where the items are not.
    const double first = u[1][i];
    double differences = 0;
    for (std::size_t k = 1; k <= items_.size(); ++k) differences += u[k][i] -= first;
    for (std::size_t k = 1; k <= items_.size(); ++k) u[k][i] -= differences / count;
    sum[i] = count * first + differences;
  }
}

/// With T the sum of k items and d_j = x_j − T/k, Σ x_j² = T²/k + Σ d_j², so α = 1 − k/(k−1) · Σ var d_j / var T.
Solution CronbachAlpha::solve(const CellTotals& t) const {
  const auto items = static_cast<Eigen::Index>(items_.size());
  const Eigen::Index sum = items + 1, first_product = items + 2;
  const SmoothValue of_sum = second_moment(t, sum, sum, first_product + items);
  if (!(of_sum.value > 0)) return no_value(t);
  SmoothValue apart{0, Eigen::RowVectorXd::Zero(t.total.size())};
  for (Eigen::Index k = 1; k <= items; ++k) {
    const SmoothValue item = second_moment(t, k, k, first_product + k - 1);
    apart.value += item.value;
    apart.gradient += item.gradient;
  }
  const double factor = static_cast<double>(items) / static_cast<double>(items - 1), share = apart.value / of_sum.value;
  return solution_of({1 - factor * share, factor / of_sum.value * (share * of_sum.gradient - apart.gradient)});
}

namespace {

AnyStatistic alpha_of(const Survey& survey, const EstimateRequest& /*request*/, const std::vector<std::string>& of) {
  Numbers items;
  for (const std::string& name : of) items.push_back(survey.numbers(name));
  return statistic(CronbachAlpha(std::move(items)));
}

const Registered registered({.name = CronbachAlpha::name,
                             .role = CronbachAlpha::role,
                             .arity = Arity::all,
                             .reads = ReadAs::numbers,
                             .make = alpha_of});

}  // namespace

}  // namespace enkat
