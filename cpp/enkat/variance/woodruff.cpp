#include "enkat/variance/woodruff.hpp"

#include <algorithm>
#include <vector>

#include "enkat/basics/distribution.hpp"
#include "enkat/basics/error.hpp"

namespace enkat {
namespace {

IntervalMethod method_of_share(QuantileInterval type) {
  switch (type) {
    case QuantileInterval::beta:
      return IntervalMethod::beta;
    case QuantileInterval::xlogit:
      return IntervalMethod::xlogit;
    case QuantileInterval::asin:
      return IntervalMethod::asin;
    default:
      return IntervalMethod::wald;
  }
}

}  // namespace

template <>
QuantileInterval named<QuantileInterval>(const std::string& name) {
  if (const auto type = from_name<QuantileInterval>(name)) return *type;
  throw UsageError("usage.unknown_interval",
                   "there is no interval of a quantile '" + name + "'" +
                       suggestion(name, names_of<QuantileInterval>()) + " (mean, beta, xlogit, asin, score)",
                   {{"interval", name}});
}

ShareEnds woodruff_probabilities(double share, double se, double n, double df, double level, QuantileInterval type) {
  const ProportionInterval interval = proportion_interval(share, se * se, {n, df}, level, method_of_share(type));
  if (!interval.interval) return {{}, {}, interval.note};
  if (!(share > 0 && share < 1)) return {{}, {}, beyond_range};
  ShareEnds ends{interval.interval->low, interval.interval->high, ""};
  if (*ends.low < 0) ends.low.reset();
  if (*ends.high > 1) ends.high.reset();
  if (!ends.low || !ends.high) ends.note = beyond_range;
  return ends;
}

double woodruff_se(Interval quantiles, double df, double level) {
  return (quantiles.high - quantiles.low) / (2 * student_t_quantile((1 + level) / 2, df));
}

}  // namespace enkat
