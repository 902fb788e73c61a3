#include "enkat/estimate/presentation.hpp"

#include <algorithm>

#include "enkat/basics/distribution.hpp"

namespace enkat {

Presentation presentation(double p, double variance, double n, double df) {
  Presentation result;
  result.few_df = !(df >= 8);
  result.at_bound = p == 0 || p == 1;
  if (!(df > 0) || !(n > 1) || !(p >= 0 && p <= 1)) return result;
  // A census of the base has no variance at all: its size is its n.
  const bool by_n = result.at_bound || variance == 0;
  result.effective_size = by_n ? n : std::min(n, effective_size(p, variance, n, df, 0.95));
  const double size = result.effective_size;
  const double successes = p * size;
  result.interval = {beta_quantile(0.025, successes, size - successes + 1),
                     beta_quantile(0.975, successes + 1, size - successes)};
  constexpr double enough = 30 * (1 - 1e-9);  // so that an exact 30 is not lost to rounding
  if (n < enough || size < enough) return result;

  const double width = result.at_bound ? 0 : result.interval.high - result.interval.low;
  constexpr double relative_limit = 1.3;
  result.reliable = width <= 0.05 || (width < 0.30 && width / p <= relative_limit);
  result.complement_unreliable = result.reliable && width > 0.05 && width / (1 - p) > relative_limit;
  return result;
}

}  // namespace enkat
