#include "enkat/variance/interval.hpp"

#include <algorithm>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <vector>

#include "enkat/basics/distribution.hpp"
#include "enkat/basics/error.hpp"

namespace enkat {
namespace {

double upper_tail(double level) { return (1 + level) / 2; }

double square(double x) { return x * x; }

double logit(double p) { return std::log(p / (1 - p)); }

double inverse_logit(double x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }

// What a design with few degrees of freedom is worth: the squared ratio of t at n − 1 to t at df.
double df_factor(double n, double df, double level) {
  if (df == n - 1) return 1;
  return square(student_t_quantile(upper_tail(level), n - 1) / student_t_quantile(upper_tail(level), df));
}

Interval clopper_pearson(double successes, double size, double level) {
  return {beta_quantile(1 - upper_tail(level), successes, size - successes + 1),
          beta_quantile(upper_tail(level), successes + 1, size - successes)};
}

Interval logit_interval(double p, double se, double t) {
  const double half = t * se / (p * (1 - p));
  return {inverse_logit(logit(p) - half), inverse_logit(logit(p) + half)};
}

Interval asin_interval(double p, double se, double t) {
  const double centre = std::asin(std::sqrt(p));
  const double half = t * se / (2 * std::sqrt(p * (1 - p)));
  return {square(std::sin(std::max(0.0, centre - half))),
          square(std::sin(std::min(std::numbers::pi / 2, centre + half)))};
}

Interval wilson_interval(double p, double size, double t) {
  const double shrink = 1 + t * t / size;
  const double centre = (p + t * t / (2 * size)) / shrink;
  const double half = t * std::sqrt(p * (1 - p) / size + t * t / (4 * size * size)) / shrink;
  return {centre - half, centre + half};
}

// Twice the loss in mean log-likelihood when p·exp(d) stands in the place of p.
double deviance(double p, double d) { return -2 * (p * d + (1 - p) * std::log1p(-p * std::expm1(d) / (1 - p))); }

// The share below p with deviance `limit`. It is sought by its logarithm, as with few degrees of freedom it may be
// smaller than any double: it then is 0.
double likelihood_low(double p, double limit) {
  const auto excess = [&](double d) { return deviance(p, d) - limit; };
  const double furthest = -(limit - 2 * (1 - p) * std::log1p(-p)) / (2 * p);  // log(1 − q) is 0 at most
  if (!(excess(furthest) > 0)) return p * std::exp(furthest);  // log(1 − q) is less than what rounding keeps
  std::uintmax_t steps = 1000;
  const auto [low, high] =
      boost::math::tools::toms748_solve(excess, furthest, 0.0, boost::math::tools::eps_tolerance<double>(), steps);
  return p * std::exp(low + (high - low) / 2);
}

Interval likelihood_interval(double p, double variance, double n, double t) {
  const double limit = t * t * variance / (p * (1 - p)) * n / (n - 1);
  return {likelihood_low(p, limit), 1 - likelihood_low(1 - p, limit)};
}

}  // namespace

double effective_size(double p, double variance, double n, double df, double level) {
  return p * (1 - p) / variance * df_factor(n, df, level);
}

ProportionInterval proportion_interval(double p, double variance, const ShareBase& base, double level,
                                       IntervalMethod method) {
  const double n = base.n, df = base.df;
  // Written so that NaN fails each test.
  if (!(df > 0) || !(n > 1) || !(variance >= 0) || !(p >= 0 && p <= 1)) return {};
  if (p == 0 || p == 1) {
    const double rows = method == IntervalMethod::kish ? std::min(n, base.kish_size) : n;
    const double size = std::min(rows, rows * df_factor(n, df, level));
    return {clopper_pearson(p * size, size, level), beta_at_bound};
  }
  // Kish's size is one of weights: it is no larger where answers do not vary between PSUs.
  if (variance == 0 && !(method == IntervalMethod::kish && std::isfinite(base.kish_size))) return {Interval{p, p}, ""};
  const double se = std::sqrt(variance);
  const double t = student_t_quantile(upper_tail(level), df);
  switch (method) {
    case IntervalMethod::logit:
    case IntervalMethod::xlogit:
      return {logit_interval(p, se, t), ""};
    case IntervalMethod::wald:
      return {Interval{p - t * se, p + t * se}, ""};
    case IntervalMethod::asin:
      return {asin_interval(p, se, t), ""};
    case IntervalMethod::wilson:
      return {wilson_interval(p, p * (1 - p) / variance, t), ""};
    case IntervalMethod::kish:
      return {wilson_interval(p, std::min(p * (1 - p) / variance, base.kish_size), t), ""};
    case IntervalMethod::likelihood:
      return {likelihood_interval(p, variance, n, t), ""};
    case IntervalMethod::beta: {
      const double size = effective_size(p, variance, n, df, level);
      return {clopper_pearson(p * size, size, level), ""};
    }
  }
  return {};
}

Interval mean_interval(double value, double se, double df, double level) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  if (!(df > 0)) return {nan, nan};
  const double half = student_t_quantile(upper_tail(level), df) * se;
  return {value - half, value + half};
}

ProportionInterval one_sided_bounds(double p, double variance, const ShareBase& base, double level,
                                    IntervalMethod method) {
  return proportion_interval(p, variance, base, 2 * level - 1, method);
}

}  // namespace enkat
