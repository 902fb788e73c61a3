#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "enkat/design/auxiliaries.hpp"
#include "enkat/design/replicates.hpp"

namespace enkat {

/// Rows with the same x taken together: calibration equations need no more of them than the sum of their weights.
///
/// Where all auxiliaries are categories these are the combinations that occur, however many rows there are.
class DistinctRows {
 public:
  explicit DistinctRows(const Auxiliaries& x);

  std::size_t size() const { return of_row_.empty() ? rows_ : first_.size(); }
  void observe(Rows rows, AuxiliaryRows& out) const;
  /// Sums of the weights of rows.
  std::vector<double> sums(std::span<const double> weight, Monitor& monitor) const;
  /// What every row has of its distinct one.
  double of(std::span<const double> values, std::size_t row) const {
    return values[of_row_.empty() ? row : static_cast<std::size_t>(of_row_[row])];
  }

  /// The distinct one of every row; empty when every row is taken by itself.
  const std::vector<std::int32_t>& of_row() const { return of_row_; }

 private:
  const Auxiliaries& x_;
  std::size_t rows_;
  std::vector<std::int32_t> of_row_;  // empty when every row is taken by itself
  std::vector<std::size_t> first_;    // a row of each
};

/// Sums of the weights of replicates over distinct rows. Where multipliers are those of sampling units, rows are added
/// up once, within units, and not once a replicate.
class ReplicateSums {
 public:
  /// `before` is the weight of every row that multipliers are of.
  ReplicateSums(const DistinctRows& rows, const Replicates& replicates, std::span<const double> before);

  std::vector<double> of(std::size_t replicate) const;

 private:
  struct Part {
    std::size_t unit, distinct;
    double weight;
  };
  const Replicates& replicates_;
  std::size_t size_;
  std::vector<Part> parts_;                  // of multipliers
  const std::vector<std::int32_t>& of_row_;  // of supplied weights
};

}  // namespace enkat
