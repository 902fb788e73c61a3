#include "enkat/statistic/line_slopes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace enkat {

void LineSlopes::take_from(Rows rows, std::span<double> y, std::span<const double> x) const {
  std::array<std::int32_t, block_rows> cells;
  const auto cell = std::span(cells).first(rows.size());
  groups_->grouping.cells_of(rows, cell);
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (cell[i] >= 0) y[i] = std::fma(-of_cell_[static_cast<std::size_t>(cell[i])], x[i], y[i]);
}

NumberRange LineSlopes::range(const NumberRange& y, const NumberRange& x) const {
  NumberRange range{y.low, y.high, y.mean};
  for (const double slope : of_cell_) {
    const auto [least, most] = std::minmax({slope * x.low, slope * x.high});  // by value
    range.low = std::min(range.low, y.low - most);
    range.high = std::max(range.high, y.high - least);
  }
  return range;
}

}  // namespace enkat
