#pragma once

#include <limits>
#include <optional>
#include <string>

#include "enkat/statistic/interval_method.hpp"

namespace enkat {

/// An interval, ends included.
struct Interval {
  double low = 0;
  double high = 0;

  friend bool operator==(const Interval&, const Interval&) = default;
};

/// The interval of a proportion, or none where degrees of freedom or variance do not allow one.
struct ProportionInterval {
  std::optional<Interval> interval;
  std::string note;
};

/// The note of an interval at a proportion of 0 or 1, where only the beta (Clopper–Pearson) interval exists.
inline constexpr const char* beta_at_bound = "interval.beta_at_bound";

/// What a share is of: rows, degrees of freedom, and what unequal weights leave of the rows.
struct ShareBase {
  double n = 0;
  double df = 0;
  /// Kish's effective size (Σw)²/Σw², which needs no answers; n where weights are equal. Kish (1965), §11.7.
  double kish_size = std::numeric_limits<double>::infinity();
};

/// Two-sided interval of the proportion `p` with design variance `variance`.
///
/// - logit, xlogit: p on the logit scale with standard error se / (p(1 − p)).
/// - wald: p ± t·se, not cut at 0 and 1.
/// - asin: p on the scale asin √p; ends beyond the scale are 0 and 1 (R folds them back into the interval).
/// - wilson: Wilson (1927), JASA 22, with effective sample size p(1 − p)/V.
/// - beta: Korn & Graubard (1998), Survey Methodology 24, with effective size p(1 − p)/V · (t_{n−1}/t_df)².
/// - likelihood: every q whose deviance from p, 2n(p log(p/q) + (1 − p) log((1 − p)/(1 − q))), is at most F(1, df)'s
///   quantile times the design effect nV/(p(1 − p)) · n/(n − 1); after Rao & Scott (1984), Annals of Statistics 12.
///
/// - kish: wilson with effective size min(p(1 − p)/V, Kish's). Where weights vary much and few say yes, p and V are too
///   small together when the heaviest rows happen to say no; what the weights alone leave of the rows bounds the size,
///   as n does where weights are equal (Korn & Graubard, 1998). Of such intervals Franco, Little, Louis & Slud (2019),
///   Journal of Survey Statistics and Methodology 7, recommend Wilson's form.
///
/// At 0 and 1 every method gives Clopper & Pearson (1934) with size min(n, n·(t_{n−1}/t_df)²), kish's with Kish's size
/// in the place of n.
ProportionInterval proportion_interval(double p, double variance, const ShareBase& base, double level,
                                       IntervalMethod method);

/// value ± t·se: the interval of a mean, a total or a ratio; NaN where df is not positive.
Interval mean_interval(double value, double se, double df, double level);

/// The ends of the one-sided intervals at `level`: each end alone has that confidence.
/// They are the ends of the two-sided interval at 2·level − 1, which needs level > ½.
ProportionInterval one_sided_bounds(double p, double variance, const ShareBase& base, double level,
                                    IntervalMethod method);

/// Korn–Graubard's effective sample size p(1 − p)/V · (t_{n−1}/t_df)², not cut at n.
double effective_size(double p, double variance, double n, double df, double level);

}  // namespace enkat
