#pragma once

#include <cmath>

namespace enkat {

/// An unevaluated sum of two doubles: about 106 bits, for differences of sums that nearly cancel.
///
/// Dekker (1971); Hida, Li & Bailey (2001), "Algorithms for quad-double precision floating point arithmetic". The same
/// bits on every machine, which long double does not give.
struct Twofold {
  double high = 0;
  double low = 0;

  double value() const { return high + low; }

  friend Twofold operator+(const Twofold& a, const Twofold& b) {
    const Twofold sum = of_sum(a.high, b.high);
    return normal(sum.high, sum.low + (a.low + b.low));
  }
  friend Twofold operator*(const Twofold& a, const Twofold& b) {
    const double high = a.high * b.high;
    return normal(high, std::fma(a.high, b.high, -high) + (a.high * b.low + a.low * b.high));
  }
  friend Twofold operator-(const Twofold& a) { return {-a.high, -a.low}; }
  Twofold& operator+=(const Twofold& other) { return *this = *this + other; }

 private:
  /// a + b with its rounding error (Knuth).
  static Twofold of_sum(double a, double b) {
    const double sum = a + b, part = sum - a;
    return {sum, (a - (sum - part)) + (b - part)};
  }
  static Twofold normal(double high, double low) {
    const double sum = high + low;
    return {sum, low - (sum - high)};
  }
};

}  // namespace enkat
