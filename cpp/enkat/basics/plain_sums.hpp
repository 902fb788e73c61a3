#pragma once

#include <vector>

#include "enkat/basics/bytes.hpp"

namespace enkat {

/// Sums of doubles side by side, for one thread in the order of rows: they are not exact. Mergeable and portable.
struct PlainSums {
  std::vector<double> sum;

  PlainSums& operator+=(const PlainSums& other) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += other.sum[i];
    return *this;
  }
  void write(ByteWriter& out) const { out.put(sum); }
  PlainSums read(ByteReader& in) const { return {in.list_of<double>(sum.size())}; }
};

}  // namespace enkat
