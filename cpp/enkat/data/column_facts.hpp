#pragma once

#include <map>
#include <string>

#include "enkat/data/label_set.hpp"
#include "enkat/data/number_range.hpp"

namespace enkat {

/// What must be known of columns before rows that are read in parts can be added up: the ranges of numbers, the labels
/// of groups. Mergeable.
struct ColumnFacts {
  std::map<std::string, RangeFinder> ranges;
  std::map<std::string, LabelSet> labels;

  bool empty() const { return ranges.empty() && labels.empty(); }
  ColumnFacts& operator+=(const ColumnFacts& other);

  void write(ByteWriter& out) const;
  ColumnFacts read(ByteReader& in) const;
};

}  // namespace enkat
