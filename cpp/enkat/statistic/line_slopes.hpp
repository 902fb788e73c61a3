#pragma once

#include <cmath>
#include <memory>
#include <span>
#include <vector>

#include "enkat/data/number_range.hpp"
#include "enkat/statistic/groups.hpp"

namespace enkat {

/// Weighted second moments of two numbers y and x about their means, and the means: of one group of rows.
struct PairMoments {
  double yy = 0, xy = 0, xx = 0, mean_y = 0, mean_x = 0;
};

/// Residuals with less than this share of the squares they are left over from are read as numbers of their own.
inline constexpr double near_a_line = 1e-6;

/// A slope for every cell, where two numbers lie so near a line that their statistics are those of small residuals:
/// an estimator then reads y − βx instead of y, whose digits are those of the residual, and adds βx again in `solve`.
class LineSlopes {
 public:
  LineSlopes(std::shared_ptr<const Groups> groups, std::vector<double> of_cell)
      : groups_(std::move(groups)), of_cell_(std::move(of_cell)) {}

  double of(std::size_t cell) const { return of_cell_[cell]; }
  /// y − βx in the place of y, rounded once.
  void take_from(Rows rows, std::span<double> y, std::span<const double> x) const;
  /// The range of y − βx over all cells.
  NumberRange range(const NumberRange& y, const NumberRange& x) const;

 private:
  std::shared_ptr<const Groups> groups_;
  std::vector<double> of_cell_;
};

/// The slope of a cell; 0 without slopes.
inline double slope_of(const std::shared_ptr<const LineSlopes>& slopes, std::size_t cell) {
  return slopes ? slopes->of(cell) : 0;
}

/// What brings y − βx and x to the unit of y in a cell; nothing where y is read as it is.
inline std::vector<double> units_of_pair(const std::shared_ptr<const LineSlopes>& slopes, std::size_t cell) {
  if (slope_of(slopes, cell) == 0) return {};
  return {1, std::abs(slopes->of(cell))};
}

}  // namespace enkat
