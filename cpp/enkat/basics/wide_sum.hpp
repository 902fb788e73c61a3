#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace enkat {

/// The exact sum of any finite doubles, whose magnitudes nobody knows beforehand: the same for any order of adding.
///
/// A fixed-point number that spans all exponents, its 32-bit digits held in 64 bits so that 2^30 addends need no
/// carries. Neal (2015), "Fast exact summation using small and large superaccumulators".
class WideSum {
 public:
  static constexpr std::size_t digits = 67;

  void add(double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    const std::uint64_t exponent = (bits >> 52) & 0x7ff, fraction = bits & 0xfffffffffffff;
    // Subnormal numbers have the exponent of the smallest normal ones and no leading bit.
    const std::uint64_t place = exponent == 0 ? 1 : exponent, mantissa = fraction | (exponent == 0 ? 0 : 1ULL << 52);
    const std::uint64_t shift = place % 32, low = mantissa << shift, high = shift == 0 ? 0 : mantissa >> (64 - shift);
    std::int64_t* digit = digit_.data() + place / 32;
    const std::int64_t sign = bits >> 63 == 0 ? 1 : -1;
    digit[0] += sign * static_cast<std::int64_t>(low & 0xffffffff);
    digit[1] += sign * static_cast<std::int64_t>(low >> 32);
    digit[2] += sign * static_cast<std::int64_t>(high);
  }

  WideSum& operator+=(const WideSum& other) {
    for (std::size_t i = 0; i < digits; ++i) digit_[i] += other.digit_[i];
    return *this;
  }

  /// The sum divided by `count`, rounded to about a double.
  double over(double count) const {
    std::array<std::int64_t, digits> carried = digit_;
    for (std::size_t i = 0; i + 1 < digits; ++i) {
      const std::int64_t carry = (carried[i] + (std::int64_t{1} << 31)) >> 32;
      carried[i] -= carry * (std::int64_t{1} << 32);
      carried[i + 1] += carry;
    }
    // Relative to the highest digit, so that neither end of the exponents is left on the way.
    int top = static_cast<int>(digits) - 1;
    while (top > 0 && carried[static_cast<std::size_t>(top)] == 0) --top;
    double value = 0;
    for (int i = 0; i <= top; ++i)
      value += std::ldexp(static_cast<double>(carried[static_cast<std::size_t>(i)]) / count, 32 * (i - top));
    return std::ldexp(value, 32 * top - 1075);
  }

  std::array<std::int64_t, digits>& figures() { return digit_; }
  const std::array<std::int64_t, digits>& figures() const { return digit_; }

 private:
  std::array<std::int64_t, digits> digit_{};
};

}  // namespace enkat
