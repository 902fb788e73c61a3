#include "enkat/estimate/correlation.hpp"

#include <algorithm>
#include <cmath>

namespace enkat {

Solution Correlation::solve(const CellTotals& t) const {
  const SmoothValue xx = second_moment(t, 1, 1, 3), xy = second_moment(t, 1, 2, 4), yy = second_moment(t, 2, 2, 5);
  if (!(xx.value > 0) || !(yy.value > 0)) return no_value(t);
  const double scale = std::sqrt(xx.value) * std::sqrt(yy.value), r = xy.value / scale;
  return solution_of({std::clamp(r, -1.0, 1.0),
                      xy.gradient / scale - (r / (2 * xx.value)) * xx.gradient - (r / (2 * yy.value)) * yy.gradient});
}

}  // namespace enkat
