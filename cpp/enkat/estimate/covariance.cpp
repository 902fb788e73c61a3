#include "enkat/estimate/covariance.hpp"

namespace enkat {

Solution Covariance::solve(const CellTotals& t) const {
  if (t.rows < 2) return no_value(t);
  const SmoothValue moment = second_moment(t, 1, 2, 3);
  return solution_of({bessel(t) * moment.value, bessel(t) * moment.gradient});
}

}  // namespace enkat
