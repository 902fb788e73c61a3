#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "enkat/basics/bytes.hpp"
#include "enkat/basics/wide_sum.hpp"

namespace enkat {

/// Smallest, largest and mean of the numbers given: where sums of them are centred. The same bits for any order of
/// rows.
struct NumberRange {
  double low = 0, high = 0, mean = 0;
  bool any = false;  ///< there was a number
  double width() const { return high - low; }
};

/// Finds the range of numbers; NaN is none. Mergeable.
class RangeFinder {
 public:
  void add(std::span<const double> numbers);
  RangeFinder& operator+=(const RangeFinder& other);
  /// Zeros when there was no number.
  NumberRange range() const;

  void write(ByteWriter& out) const;
  RangeFinder read(ByteReader& in) const;

 private:
  double low_ = std::numeric_limits<double>::infinity(), high_ = -std::numeric_limits<double>::infinity();
  std::int64_t count_ = 0;
  WideSum sum_;
};

}  // namespace enkat
