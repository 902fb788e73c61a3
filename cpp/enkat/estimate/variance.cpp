#include "enkat/estimate/variance.hpp"

namespace enkat {

Solution Variance::solve(const CellTotals& t) const {
  if (t.rows < 2) return no_value(t);
  const SmoothValue moment = second_moment(t, 1, 1, 2);
  if (moment.value < 0) return no_value(t);  // calibrated weights can be negative, a variance cannot
  return solution_of({bessel(t) * moment.value, bessel(t) * moment.gradient});
}

}  // namespace enkat
