#pragma once

#include <optional>
#include <string>

#include "enkat/basics/names.hpp"
#include "enkat/variance/interval.hpp"

namespace enkat {

/// How the interval of a quantile is made; as svyquantile's interval.type.
enum class QuantileInterval { mean, beta, xlogit, asin, score };

template <>
struct Names<QuantileInterval> {
  static constexpr std::string_view list[] = {"mean", "beta", "xlogit", "asin", "score"};
};

/// The type called `name`; a UsageError that names the nearest one otherwise.
template <>
QuantileInterval named<QuantileInterval>(const std::string& name);

/// The note of a quantile whose interval would need a share below 0 or above 1: its end is beyond the answers seen.
inline constexpr const char* beyond_range = "quantile.beyond_range";

/// Shares whose quantiles are the ends of an interval; an end beyond the answers seen is missing, and noted.
struct ShareEnds {
  std::optional<double> low, high;
  std::string note;
};

/// The two shares whose quantiles are the ends of the interval of a quantile q: the interval of F(q), the share of
/// answers at or below q, with its standard error and degrees of freedom. Woodruff (1952), JASA 47.
///
/// An end that leaves [0, 1] is missing, both are where F(q) is 0 or 1 (R: NaN, or an interval without width); both and
/// no note where `proportion_interval` has none. Not for QuantileInterval::score.
ShareEnds woodruff_probabilities(double share, double se, double n, double df, double level, QuantileInterval type);

/// The standard error that an interval of a quantile stands for: its width over 2·t.
double woodruff_se(Interval quantiles, double df, double level);

}  // namespace enkat
