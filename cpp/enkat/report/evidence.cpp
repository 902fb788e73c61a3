#include "enkat/report/evidence.hpp"

#include "enkat/estimate/presentation.hpp"

namespace enkat {
namespace {

std::optional<SamplingBounds> bounds(double p, double variance, double n, double df) {
  const auto ci95 = proportion_interval(p, variance, {n, df}, 0.95, IntervalMethod::beta);
  const auto ci90 = one_sided_bounds(p, variance, {n, df}, 0.95, IntervalMethod::beta);
  if (!ci95.interval || !ci90.interval) return {};
  return SamplingBounds{*ci95.interval, *ci90.interval};
}

}  // namespace

Evidence share_evidence(std::int64_t count, std::int64_t n, double estimate, double variance, double df,
                        std::optional<double> variance_without_fpc) {
  const auto rows = static_cast<double>(n);
  Evidence evidence{.count = count, .n = n, .estimate = estimate};
  evidence.bounds = bounds(estimate, variance, rows, df);
  if (variance_without_fpc) evidence.bounds_without_fpc = bounds(estimate, *variance_without_fpc, rows, df);
  evidence.base_too_small =
      !evidence.bounds || !presentation(estimate, variance_without_fpc.value_or(variance), rows, df).reliable;
  return evidence;
}

}  // namespace enkat
