#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "enkat/statistic/groups.hpp"
#include "enkat/totals/value_bins.hpp"
#include "enkat/totals/weighted_values.hpp"

namespace enkat {

/// The distribution of a number in every cell, known exactly where somebody asked for it and in bins elsewhere.
///
/// Exact selection without sorting: a pass counts answers in bins, the next only what is in the bins asked for, until
/// they are few enough to be collected. Munro & Paterson (1980), "Selection and sorting with limited storage". Memory
/// follows bins and what was collected, not rows; the same for any order of rows and any parts.
class CellDistributions {
 public:
  CellDistributions(std::shared_ptr<const Groups> groups, std::string variable);

  /// A quantile that somebody wants to know.
  struct Wanted {
    std::size_t slot = 0;
    double share = 0;  ///< of the answers that are at or below it
    double reach = 0;  ///< how far around, in standard errors of a share in a simple random sample
  };
  /// Makes the answers exact in these places, and one answer beyond them on each side; within their reach where that
  /// takes no pass more.
  void open(const std::vector<Wanted>& wanted, Monitor& monitor);

  /// The exact answers, and of every bin elsewhere the largest; empty where nobody answered.
  WeightedDistribution distribution(std::size_t slot) const;

 private:
  std::vector<ValueWindow> closed(const std::vector<Wanted>& wanted) const;
  void add_closed(const Wanted& wanted, std::vector<ValueWindow>& windows) const;
  std::int64_t rows_in(const std::vector<ValueWindow>& windows) const;
  void count_again(std::vector<ValueWindow> windows, bool first_time, Monitor& monitor);
  void collect(const std::vector<ValueWindow>& windows, Monitor& monitor);
  void replace(const ValueWindow& window, std::vector<ValueBin> bins);

  std::shared_ptr<const Groups> groups_;
  std::string variable_;
  std::vector<std::vector<ValueBin>> bins_;  // of each slot, in order of size
};

}  // namespace enkat
