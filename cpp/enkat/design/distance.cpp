#include "enkat/design/distance.hpp"

#include <algorithm>

namespace enkat {
namespace {

/// F of the logit method: low at −∞, high at ∞, the logistic curve between with F(0) = F′(0) = 1.
struct Logistic {
  double low, high, rate;

  explicit Logistic(const Distance& d)
      : low(d.low), high(d.high), rate((d.high - d.low) / ((1 - d.low) * (d.high - 1))) {}

  /// Share of the way from low to high. Written so that neither tail overflows.
  double share(double u) const {
    return u < 0 ? (1 - low) * std::exp(rate * u) / (high - 1 + (1 - low) * std::exp(rate * u))
                 : (1 - low) / ((high - 1) * std::exp(-rate * u) + 1 - low);
  }
  double factor(double u) const { return low + (high - low) * share(u); }
  double slope(double u) const { return (high - low) * rate * share(u) * (1 - share(u)); }
  double integral(double u) const {
    const double width = (high - low) / rate;
    if (u < 0) return low * u + width * std::log((high - 1 + (1 - low) * std::exp(rate * u)) / (high - low));
    return high * u + width * std::log(((high - 1) * std::exp(-rate * u) + 1 - low) / (high - low));
  }
};

/// ∫ of the truncated linear F: a parabola between the bounds, straight beyond.
double truncated_integral(const Distance& d, double u) {
  const double inside = std::clamp(u, d.low - d.centre, d.high - d.centre);
  return d.centre * inside + inside * inside / 2 + (u - inside) * (inside == u ? 0 : d.centre + inside);
}

}  // namespace

double Distance::factor(double u) const {
  if (kind == Kind::raking) return centre * std::exp(u);
  if (kind == Kind::logit) return Logistic(*this).factor(u);
  return std::clamp(centre + u, low, high);
}

double Distance::slope(double u) const {
  if (kind == Kind::raking) return centre * std::exp(u);
  if (kind == Kind::logit) return Logistic(*this).slope(u);
  return centre + u > low && centre + u < high ? 1 : 0;
}

double Distance::integral(double u) const {
  if (kind == Kind::raking) return centre * std::expm1(u);
  if (kind == Kind::logit) return Logistic(*this).integral(u);
  return truncated_integral(*this, u);
}

}  // namespace enkat
