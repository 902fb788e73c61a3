#pragma once

#include <limits>
#include <vector>

#include "enkat/totals/weighted_values.hpp"

namespace enkat::testing {

/// The distribution of these answers, in the order of rows.
inline WeightedDistribution collected(const std::vector<double>& values, const std::vector<double>& weights,
                                      double largest_weight) {
  const double most = std::numeric_limits<double>::max();
  WeightedValues seen(largest_weight, ValueWindows({{0, -most, most}}));
  for (std::size_t i = 0; i < values.size(); ++i) seen.add(0, values[i], weights[i]);
  return distribution_of(seen.bins(0, -most, most), Grid::for_bound(largest_weight));
}

}  // namespace enkat::testing
