#pragma once

#include <cmath>
#include <limits>

#include "enkat/basics/record.hpp"

namespace enkat {

/// How far calibration may move a weight and what that costs: the weight of a row is multiplied by factor(xᵀλ).
///
/// Deville & Särndal (1992), JASA 87: linear (case 1), raking (case 2), logit (case 6), truncated linear (case 7).
struct Distance {
  enum class Kind { linear, raking, logit };
  Kind kind = Kind::linear;
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  /// F(0): what all weights are multiplied by before they are moved apart. Another than 1 where it makes no difference
  /// but to rounding: x then spans a constant.
  double centre = 1;

  bool bounded() const { return std::isfinite(low) || std::isfinite(high); }
  /// F(u) within the bounds; F(0) is the centre.
  double factor(double u) const;
  /// F′(u).
  double slope(double u) const;
  /// The integral of F from 0 to u: Σ d·integral(xᵀλ) − tᵀλ is least where the totals t are met.
  double integral(double u) const;
};

template <>
struct Fields<Distance> {
  static constexpr auto list = std::tuple{
      Field{"kind", &Distance::kind, "its shape"},
      Field{"low", &Distance::low, "the least factor"},
      Field{"high", &Distance::high, "the largest factor"},
      Field{"centre", &Distance::centre, "the factor where nothing is moved"},
  };
};

}  // namespace enkat
