#pragma once

/// The distributions enkat needs, from Boost.Math; upper tails are computed as complements so that 1e-40 is not 0.
namespace enkat {

double normal_quantile(double p);
double student_t_quantile(double p, double df);
double student_t_upper(double t, double df);
double beta_quantile(double p, double a, double b);

/// P(X ≥ successes) for X ~ Binomial(trials, p).
double binomial_upper(double successes, double trials, double p);

}  // namespace enkat
