#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <numeric>

namespace enkat {

/// An exact fraction: what "9 av 10" covers is compared with counts in integers, so that no share is lost at an edge.
/// For numerators and denominators up to 10^9.
struct Rational {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;

  constexpr Rational(std::int64_t numerator_, std::int64_t denominator_ = 1) {
    const std::int64_t common = std::max<std::int64_t>(1, std::gcd(numerator_, denominator_));
    numerator = numerator_ / common;
    denominator = denominator_ / common;
  }

  double value() const { return static_cast<double>(numerator) / static_cast<double>(denominator); }

  friend constexpr Rational operator+(Rational a, Rational b) {
    return {a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator};
  }
  friend constexpr Rational operator-(Rational a, Rational b) { return a + Rational(-b.numerator, b.denominator); }
  friend constexpr Rational operator*(Rational a, Rational b) {
    return {a.numerator * b.numerator, a.denominator * b.denominator};
  }
  friend constexpr bool operator==(Rational, Rational) = default;
  friend constexpr std::strong_ordering operator<=>(Rational a, Rational b) {
    return a.numerator * b.denominator <=> b.numerator * a.denominator;
  }
};

}  // namespace enkat
