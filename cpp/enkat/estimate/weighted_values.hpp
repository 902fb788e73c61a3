#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "enkat/basics/exact_sum.hpp"

namespace enkat {

/// The distinct answers of one cell in order of size, with what stands at or below each of them.
///
/// Tied answers are one value here. The rules hf3 to hf9 also ask where the first and the last of them stand, in the
/// order of rows: `first_weight` and `last_weight`.
struct WeightedDistribution {
  std::vector<double> value;
  /// Sum of the weights of answers at or below the value.
  std::vector<double> cumulative;
  /// Number of answers at or below the value.
  std::vector<std::int64_t> count;
  std::vector<double> first_weight;
  std::vector<double> last_weight;
  /// False where the weights of the cell are too small beside the largest for their sums to be right.
  bool exact = true;

  std::size_t size() const { return value.size(); }
  double total() const { return cumulative.back(); }
};

/// The weighted answers of many cells, each distinct value once with the exact sum of its weights. Mergeable: the same
/// for any order of rows, blocks and parts.
///
/// Rows are buffered; a buffer as large as what is already combined is sorted and combined with it, so that memory
/// follows the number of distinct values and time is n log n.
class WeightedValues {
 public:
  /// `largest_weight` bounds the weights of all parts.
  explicit WeightedValues(double largest_weight)
      : grid_(Grid::for_bound(largest_weight)), scale_(Grid::for_bound(largest_weight)) {}

  /// One answer; `row` is the row's number in the whole survey. Weights of zero stay out: such rows are in no sample.
  void add(std::size_t cell, double value, double weight, std::int64_t row);
  WeightedValues& operator+=(const WeightedValues& other);

  /// The finished form of one cell; empty where nobody answered.
  WeightedDistribution distribution(std::size_t cell) const;

 private:
  static constexpr int limbs = 3;

  struct Tie {
    std::size_t cell;
    double value;
    std::array<std::int64_t, limbs> weight;
    std::int64_t count;
    std::int64_t first_row;
    std::int64_t last_row;
    double first_weight;
    double last_weight;

    bool precedes(const Tie& other) const { return cell != other.cell ? cell < other.cell : value < other.value; }
    Tie& operator+=(const Tie& other);
  };

  static std::vector<Tie> combined(std::vector<Tie> sorted, std::vector<Tie> unsorted);

  Grid grid_;
  GridScale scale_;
  std::vector<Tie> ties_;    // sorted by cell and value, each once
  std::vector<Tie> buffer_;  // as they came
};

}  // namespace enkat
