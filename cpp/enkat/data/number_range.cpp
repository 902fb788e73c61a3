#include "enkat/data/number_range.hpp"

#include <algorithm>
#include <cmath>

namespace enkat {

void RangeFinder::add(std::span<const double> numbers) {
  for (const double value : numbers) {
    if (std::isnan(value)) continue;
    low_ = std::min(low_, value);
    high_ = std::max(high_, value);
    ++count_;
    sum_.add(value);
  }
}

RangeFinder& RangeFinder::operator+=(const RangeFinder& other) {
  low_ = std::min(low_, other.low_);
  high_ = std::max(high_, other.high_);
  count_ += other.count_;
  sum_ += other.sum_;
  return *this;
}

NumberRange RangeFinder::range() const {
  if (count_ == 0) return {};
  // Infinities are refused where numbers are read; -0 is 0.
  return {low_ + 0.0, high_ + 0.0, std::clamp(sum_.over(static_cast<double>(count_)), low_, high_), true};
}

void RangeFinder::write(ByteWriter& out) const {
  out.put(low_);
  out.put(high_);
  out.put(count_);
  for (const std::int64_t digit : sum_.figures()) out.put(digit);
}

RangeFinder RangeFinder::read(ByteReader& in) const {
  RangeFinder other;
  other.low_ = in.get<double>();
  other.high_ = in.get<double>();
  other.count_ = in.get<std::int64_t>();
  for (std::int64_t& digit : other.sum_.figures()) digit = in.get<std::int64_t>();
  return other;
}

}  // namespace enkat
