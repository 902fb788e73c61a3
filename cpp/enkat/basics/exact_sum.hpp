#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>

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

/// Whether rounding `rows` addends to a grid may have cost more than 1e-12 of their sum.
inline bool too_coarse(double sum, double rows, const Grid& grid, int limbs) {
  return rows * grid.rounding(limbs) > 1e-12 * std::abs(sum);
}

/// Multipliers of a Grid, ready for a loop over rows.
struct GridScale {
  double first;
  static constexpr double next = 8589934592.0;  // 2^33

  explicit GridScale(Grid grid) : first(std::ldexp(1.0, grid.step())) {}
};

/// Adds `value`, at most the grid's bound in magnitude, to `Limbs` 64-bit limbs.
/// Adding and subtracting 1.5·2^52 rounds to the nearest integer: exact for |x| ≤ 2^51, which the grid guarantees.
template <int Limbs>
inline void add_exact(std::int64_t* limbs, double value, GridScale scale) {
  constexpr double round = 6755399441055744.0;
  double rest = value * scale.first;
  for (int i = 0; i < Limbs; ++i) {
    const double whole = (rest + round) - round;
    limbs[i] += static_cast<std::int64_t>(whole);
    rest = (rest - whole) * GridScale::next;
  }
}

/// The value of a sum of `limbs.size()` limbs on a grid, rounded once per limb after carries are settled.
inline double exact_value(std::span<const std::int64_t> limbs, Grid grid) {
  constexpr std::int64_t half = std::int64_t{1} << (Grid::bits - 1);
  std::array<double, 5> digit{};
  std::int64_t carry = 0;
  for (std::size_t i = limbs.size(); i-- > 0;) {
    const std::int64_t total = limbs[i] + carry;
    if (i == 0) {
      digit[0] = static_cast<double>(total);
      break;
    }
    carry = (total + half) >> Grid::bits;
    digit[i] = static_cast<double>(total - (carry << Grid::bits));
  }
  double value = 0;
  for (std::size_t i = limbs.size(); i-- > 0;) value = value / GridScale::next + digit[i];
  return std::ldexp(value, -grid.step());
}

}  // namespace enkat
