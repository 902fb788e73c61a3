#pragma once

#include <map>
#include <string>
#include <vector>

#include "enkat/basics/bytes.hpp"
#include "enkat/data/labels.hpp"

namespace enkat {

/// The labels that occur in parts of a column. Mergeable: in the order of `Labels`, whatever part came first.
class LabelSet {
 public:
  void add(const Column& column);
  LabelSet& operator+=(const LabelSet& other);

  /// The labels as those of a column without rows. DataError `data.schema_differs` when the column is a number in one
  /// part and a text in another, or its declared categories differ.
  Labels labels(const std::string& column) const;

  void write(ByteWriter& out) const;
  LabelSet read(ByteReader& in) const;

 private:
  void declare(const std::vector<std::string>& words);

  std::map<std::string, double> number_;  // of every label; NaN of texts
  std::vector<std::string> declared_;     // categories in their order; empty when none were declared
  bool any_missing_ = false, differ_ = false;
};

}  // namespace enkat
