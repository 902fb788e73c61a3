#include "enkat/basics/distribution.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace enkat {
namespace math = boost::math;

double normal_quantile(double p) { return math::quantile(math::normal(), p); }

double student_t_quantile(double p, double df) {
  return std::isinf(df) ? normal_quantile(p) : math::quantile(math::students_t(df), p);
}

double student_t_upper(double t, double df) {
  if (std::isinf(df)) return math::cdf(math::complement(math::normal(), t));
  return math::cdf(math::complement(math::students_t(df), t));
}

double beta_quantile(double p, double a, double b) {
  if (a <= 0) return 0;
  if (b <= 0) return 1;
  return math::quantile(math::beta_distribution<double>(a, b), p);
}

double binomial_upper(double successes, double trials, double p) {
  if (successes <= 0) return 1;
  return math::cdf(math::complement(math::binomial(trials, p), successes - 1));
}

}  // namespace enkat
