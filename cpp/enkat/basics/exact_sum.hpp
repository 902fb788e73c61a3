#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>

#include "enkat/basics/twofold.hpp"

namespace enkat {

/// The grid an exact sum lives on: addends of magnitude up to 2^exponent, kept to `limbs` × 33 bits below that.
///
/// An addend is cut into signed 33-bit limbs, each held in 64 bits, so that 2^30 rows fit before a limb can overflow.
/// Integer addition is associative: sums are the same bits for any order, threads or partitioning.
/// Same idea: Demmel & Nguyen (2015), "Parallel reproducible summation".
struct Grid {
  static constexpr int bits = 33;
  static constexpr std::int64_t rows = std::int64_t{1} << 30;

  int exponent = 0;

  /// The grid whose limbs hold addends of magnitude up to `bound`.
  /// Never finer than what a double's exponent can scale to.
  static Grid for_bound(double bound) { return {bound > 0 ? std::max(std::ilogb(bound) + 1, -980) : 0}; }

  /// 2^-step is what the first limb counts.
  int step() const { return bits - 1 - exponent; }
  /// What rounding one addend to `limbs` limbs can cost at the most.
  double rounding(int limbs) const { return std::ldexp(0.5, -(step() + bits * (limbs - 1))); }

  friend bool operator==(const Grid&, const Grid&) = default;
};

/// The share of a figure that rounding to grids may cost at the most; beyond it the figure is not returned.
inline constexpr double tolerated_loss = 1e-12;

/// Multipliers of a Grid, ready for a loop over rows.
struct GridScale {
  double first;
  static constexpr double next = 8589934592.0;  // 2^33

  explicit GridScale(Grid grid) : first(std::ldexp(1.0, grid.step())) {}
};

/// Cuts `value`, at most the grid's bound in magnitude, into `Limbs` integers; `put(i, limb)` takes limb i.
/// Adding and subtracting 1.5·2^52 rounds to the nearest integer: exact for |x| ≤ 2^51, which the grid guarantees.
template <int Limbs, class Put>
inline void cut(double value, GridScale scale, const Put& put) {
  constexpr double round = 6755399441055744.0;
  double rest = value * scale.first;
  for (int i = 0; i < Limbs; ++i) {
    // The integer stands in the low bits of the sum: no conversion, so that loops over rows vectorise.
    const double shifted = rest + round;
    put(i, std::bit_cast<std::int64_t>(shifted) - std::bit_cast<std::int64_t>(round));
    rest = (rest - (shifted - round)) * GridScale::next;
  }
}

/// Adds `value`, at most the grid's bound in magnitude, to `Limbs` 64-bit limbs.
template <int Limbs>
inline void add_exact(std::int64_t* limbs, double value, GridScale scale) {
  cut<Limbs>(value, scale, [limbs](int i, std::int64_t limb) { limbs[i] += limb; });
}

/// 2^exponent, of a double's normal range.
constexpr double power_of_two(int exponent) {
  return std::bit_cast<double>(static_cast<std::uint64_t>(1023 + exponent) << 52);
}

/// The value of a sum of `limbs.size()` limbs on a grid, to about 106 bits.
inline Twofold exact_twofold(std::span<const std::int64_t> limbs, Grid grid) {
  constexpr std::int64_t half = std::int64_t{1} << (Grid::bits - 1);
  std::array<Twofold, 5> digit{};
  std::int64_t carry = 0;
  for (std::size_t i = limbs.size(); i-- > 0;) {
    const std::int64_t total = limbs[i] + carry;
    if (i == 0) {
      const double high = static_cast<double>(total);
      digit[0] = {high, static_cast<double>(total - static_cast<std::int64_t>(high))};
      break;
    }
    carry = (total + half) >> Grid::bits;
    digit[i].high = static_cast<double>(total - (carry << Grid::bits));
  }
  Twofold value;
  for (std::size_t i = limbs.size(); i-- > 0;)
    value = Twofold{value.high / GridScale::next, value.low / GridScale::next} + digit[i];
  const double unit = power_of_two(-grid.step());
  return {value.high * unit, value.low * unit};
}

/// The same rounded to a double.
inline double exact_value(std::span<const std::int64_t> limbs, Grid grid) { return exact_twofold(limbs, grid).value(); }

}  // namespace enkat
