#include "enkat/design/weight_counts.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/design/design_column.hpp"

namespace enkat {

void WeightCounts::add(std::span<const double> weights) {
  rows += std::ssize(weights);
  for (const double w : weights) {
    if (std::isnan(w)) {
      ++missing;
    } else if (std::isinf(w)) {
      ++infinite;
    } else {
      negative += w < 0;
      zero += w == 0;
      largest = std::max(largest, w);
    }
  }
}

WeightCounts& WeightCounts::operator+=(const WeightCounts& other) {
  rows += other.rows;
  missing += other.missing;
  infinite += other.infinite;
  negative += other.negative;
  zero += other.zero;
  largest = std::max(largest, other.largest);
  return *this;
}

void WeightCounts::check(const std::string& column) const {
  refuse_missing("weight", column, static_cast<std::size_t>(missing));
  if (infinite > 0)
    throw DesignError("design.weight_not_finite",
                      std::to_string(infinite) + " weights in '" + column + "' are infinite",
                      {{"column", column}, {"rows", infinite}});
  if (negative > 0)
    throw DesignError("design.weight_negative",
                      std::to_string(negative) + " weights in '" + column +
                          "' are negative: a row cannot stand for fewer than nobody; correct them",
                      {{"column", column}, {"rows", negative}});
  if (zero == rows)
    throw DesignError("design.weight_all_zero", "all weights in '" + column + "' are 0", {{"column", column}});
}

void WeightCounts::write(ByteWriter& out) const {
  for (const std::int64_t count : {rows, missing, infinite, negative, zero}) out.put(count);
  out.put(largest);
}

void WeightCounts::read(ByteReader& in) {
  for (std::int64_t* count : {&rows, &missing, &infinite, &negative, &zero}) *count = in.get<std::int64_t>();
  largest = in.get<double>();
}

}  // namespace enkat
