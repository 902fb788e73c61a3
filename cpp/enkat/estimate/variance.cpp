#include "enkat/estimate/variance.hpp"

namespace enkat {

Solution Variance::solve(const CellTotals& t) const {
  if (t.rows < 2) return no_value(t);
  const SmoothValue moment = second_moment(t, 1, 1, 2);
  return solution_of({bessel(t) * moment.value, bessel(t) * moment.gradient});
}

}  // namespace enkat
