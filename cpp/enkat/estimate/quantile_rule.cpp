#include "enkat/estimate/quantile_rule.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "enkat/basics/error.hpp"

namespace enkat {
namespace {

// Two cumulative weights closer than this, relatively, are the same: p = 0.3 of ten weights of 0.1 is the third.
constexpr double same = 1e-12;

double before(const WeightedDistribution& answers, std::size_t k) { return k == 0 ? 0 : answers.cumulative[k - 1]; }

// The first value whose cumulative weight reaches `weight`.
std::size_t first_reaching(const WeightedDistribution& answers, double weight) {
  const auto found = std::ranges::lower_bound(answers.cumulative, weight * (1 - same));
  return std::min(static_cast<std::size_t>(found - answers.cumulative.begin()), answers.size() - 1);
}

double school(const WeightedDistribution& answers, double p) {
  const double weight = p * answers.total();
  const std::size_t k = first_reaching(answers, weight);
  const bool reached_exactly = answers.cumulative[k] <= weight * (1 + same);
  if (!reached_exactly || k + 1 == answers.size()) return answers.value[k];
  return std::midpoint(answers.value[k], answers.value[k + 1]);
}

double nearest_even(const WeightedDistribution& answers, double p) {
  const double weight = p * answers.total();
  // Halfway between the cumulative weights of the last answer of value k − 1 and the first of value k.
  const auto halfway = [&](std::size_t k) { return before(answers, k) + answers.weight_of_one[k] / 2; };
  std::size_t low = 0;
  for (std::size_t high = answers.size(); high - low > 1;) {
    const std::size_t middle = low + (high - low) / 2;
    (halfway(middle) <= weight * (1 + same) ? low : high) = middle;
  }
  if (low == 0 || halfway(low) < weight * (1 - same)) return answers.value[low];
  return answers.value[answers.count[low - 1] % 2 == 0 ? low - 1 : low];
}

// Hyndman & Fan's α and β of the plotting position (k − α) / (n + 1 − α − β).
struct PlottingPosition {
  double alpha;
  double beta;
};

PlottingPosition plotting_position(QuantileRule rule) {
  switch (rule) {
    case QuantileRule::hf5:
      return {0.5, 0.5};
    case QuantileRule::hf6:
      return {0, 0};
    case QuantileRule::hf7:
      return {1, 1};
    case QuantileRule::hf8:
      return {1.0 / 3, 1.0 / 3};
    case QuantileRule::hf9:
      return {3.0 / 8, 3.0 / 8};
    default:
      return {0, 1};
  }
}

/// The sum of weights at which the quantile is.
double sought(const WeightedDistribution& answers, double p, PlottingPosition position) {
  return p * (answers.total() + (1 - position.alpha - position.beta) * answers.weight_of_one.back());
}

double interpolated(const WeightedDistribution& answers, double p, PlottingPosition position) {
  const double weight = sought(answers, p, position);
  const auto first_point = [&](std::size_t k) {
    return before(answers, k) + (1 - position.alpha) * answers.weight_of_one[k];
  };
  const auto last_point = [&](std::size_t k) {
    return answers.cumulative[k] - position.alpha * answers.weight_of_one[k];
  };
  std::size_t k = 0;  // the first value whose last point is not below
  for (std::size_t high = answers.size(); k < high;) {
    const std::size_t middle = k + (high - k) / 2;
    if (last_point(middle) < weight)
      k = middle + 1;
    else
      high = middle;
  }
  if (k == answers.size()) return answers.value.back();
  if (k == 0 || weight >= first_point(k)) return answers.value[k];
  const double from = last_point(k - 1);
  const double share = (weight - from) / (first_point(k) - from);
  // An observation is that to its last bit, or the share at or below the quantile would leave it out.
  const double near = same * weight / (first_point(k) - from);
  if (share <= near) return answers.value[k - 1];
  if (share >= 1 - near) return answers.value[k];
  return std::lerp(answers.value[k - 1], answers.value[k], share);
}

}  // namespace

template <>
QuantileRule named<QuantileRule>(const std::string& name) {
  if (name == "shahvaish")
    throw UsageError("usage.unknown_quantile_rule",
                     "the quantile rule 'shahvaish' is left out because its answer changes when all weights are "
                     "multiplied by the same number; use 'hf6', which it resembles",
                     {{"rule", name}});
  if (const auto rule = from_name<QuantileRule>(name)) return *rule;
  throw UsageError("usage.unknown_quantile_rule",
                   "there is no quantile rule '" + name + "'" + suggestion(name, names_of<QuantileRule>()) +
                       " (math, school, hf1 to hf9)",
                   {{"rule", name}});
}

double quantile(const WeightedDistribution& answers, double p, QuantileRule rule) {
  switch (rule) {
    case QuantileRule::math:
    case QuantileRule::hf1:
      return answers.value[first_reaching(answers, p * answers.total())];
    case QuantileRule::school:
    case QuantileRule::hf2:
      return school(answers, p);
    case QuantileRule::hf3:
      return nearest_even(answers, p);
    default:
      return interpolated(answers, p, plotting_position(rule));
  }
}

double share_sought(const WeightedDistribution& answers, double p, QuantileRule rule) {
  return rule < QuantileRule::hf4 ? p : sought(answers, p, plotting_position(rule)) / answers.total();
}

}  // namespace enkat
