#pragma once

#include <string>

#include "enkat/basics/names.hpp"
#include "enkat/totals/weighted_values.hpp"

namespace enkat {

/// How a quantile is read off the estimated distribution F; as svyquantile's qrule.
enum class QuantileRule { math, school, hf1, hf2, hf3, hf4, hf5, hf6, hf7, hf8, hf9 };

template <>
struct Names<QuantileRule> {
  static constexpr std::string_view list[] = {"math", "school", "hf1", "hf2", "hf3", "hf4",
                                              "hf5",  "hf6",    "hf7", "hf8", "hf9"};
};

/// The rule called `name`; a UsageError that names the nearest one otherwise.
template <>
QuantileRule named<QuantileRule>(const std::string& name);

/// The quantile of a non-empty distribution at `p` in [0, 1].
///
/// - math, hf1: the smallest value with F(value) ≥ p.
/// - school, hf2: as math, but halfway to the next value where F(value) = p.
/// - hf3: the answer whose cumulative share is nearest to p; of two equally near, the even-numbered.
/// - hf4 to hf9: Hyndman & Fan (1996), The American Statistician 50, with weights in the place of ranks: straight lines
///   between the points (C_k − αw_k) / (C_n + (1 − α − β)w_n), where C_k is the sum of the first k weights. Tied
///   answers have their mean weight each: no order of rows changes the quantile. Below the first point it is the
///   smallest value, above the last the largest.
///
/// With equal weights each is base R's quantile(type = 1 to 9), tied or not. R survey takes tied answers in the order
/// of rows, so that its hf4 to hf9 change when rows are sorted otherwise. R survey differs where its own definitions do
/// not hold: for p below the first cumulative share its discrete rules give the second answer and its hf4 goes below
/// the smallest, it compares F with p without tolerance, and its hf3 is not type 3.
double quantile(const WeightedDistribution& answers, double p, QuantileRule rule);

/// The share of the weights that the rule looks for at `p`: hf6 to hf9 look beyond or before p, by a part of the weight
/// of the largest answer.
double share_sought(const WeightedDistribution& answers, double p, QuantileRule rule);

}  // namespace enkat
