#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "enkat/basics/bytes.hpp"
#include "enkat/totals/value_bins.hpp"

namespace enkat {

/// The distinct answers of one cell in order of size, with what stands at or below each of them.
///
/// Of answers that are known in bins only, the largest of each bin stands for it.
///
/// Tied answers are one value here. The rules hf3 to hf9 also ask for the weight of one of them: that is their mean
/// weight, since no order of tied answers is the right one.
struct WeightedDistribution {
  std::vector<double> value;
  /// Sum of the weights of answers at or below the value.
  std::vector<double> cumulative;
  /// Number of answers at or below the value.
  std::vector<std::int64_t> count;
  /// Mean weight of the answers that are the value.
  std::vector<double> weight_of_one;
  /// False where the weights of the cell are too small beside the largest for their sums to be right.
  bool exact = true;

  std::size_t size() const { return value.size(); }
  double total() const { return cumulative.back(); }
};

/// The distribution of answers in these bins, whose weights are on this grid.
WeightedDistribution distribution_of(std::span<const ValueBin> bins, Grid grid);

/// The weighted answers of many cells, each distinct value once with the exact sum of its weights. Mergeable: the same
/// for any order of rows, blocks and parts.
///
/// Rows are buffered; a buffer as large as what is already combined is sorted and combined with it, so that memory
/// follows the number of distinct values and time is n log n.
class WeightedValues {
 public:
  /// Keeps answers in these windows only; `largest_weight` bounds all weights.
  WeightedValues(double largest_weight, ValueWindows windows);

  const ValueWindows& windows() const { return windows_; }
  void add(std::size_t slot, double value, double weight);
  WeightedValues& operator+=(const WeightedValues& other);
  void write(ByteWriter& out) const;
  WeightedValues read(ByteReader& in) const;

  /// The distinct answers of a slot from low to high, a bin for each.
  std::vector<ValueBin> bins(std::size_t slot, double low, double high) const;

 private:
  struct Tie {
    std::size_t slot;
    ValueBin bin;

    bool precedes(const Tie& other) const { return slot != other.slot ? slot < other.slot : bin.low < other.bin.low; }
  };

  static std::vector<Tie> combined(std::vector<Tie> sorted, std::vector<Tie> unsorted);

  ValueWindows windows_;
  GridScale scale_;
  std::vector<Tie> ties_;    // sorted by slot and value, each once
  std::vector<Tie> buffer_;  // as they came
};

}  // namespace enkat
