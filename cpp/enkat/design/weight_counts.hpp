#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "enkat/basics/bytes.hpp"

namespace enkat {

/// What is wrong with a column of weights, counted, and the largest of them. Mergeable.
struct WeightCounts {
  std::int64_t rows = 0, missing = 0, infinite = 0, negative = 0, zero = 0;
  double largest = 0;

  void add(std::span<const double> weights);
  WeightCounts& operator+=(const WeightCounts& other);
  /// Refuses weights that are missing, infinite, negative, or all 0.
  void check(const std::string& column) const;

  void write(ByteWriter& out) const;
  void read(ByteReader& in);
};

}  // namespace enkat
