#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "enkat/data/column.hpp"

namespace enkat {

/// A value that identifies a group: a number or a text. Integer-valued floats and integers are the same label.
struct Label {
  std::string text;
  double number = std::numeric_limits<double>::quiet_NaN();  ///< of a column of numbers (rounded beyond 2^53)

  bool is_number() const { return !std::isnan(number); }
  friend bool operator==(const Label& a, const Label& b) { return a.text == b.text; }
};

/// A column as dense codes of its labels: strata, clusters, ids and groups.
///
/// The order of the labels does not depend on that of the rows: of the codebook, else of the declared categories
/// (unused ones kept), else numbers by value, texts by Unicode code point.
struct Labels {
  std::vector<std::int32_t> code;  ///< of each row; -1 where missing (null, NaN or an empty text)
  std::vector<Label> label;
  bool any_missing = false;

  static constexpr std::int32_t missing = -1;

  Labels() = default;
  /// The labels of a column; throws DataError `data.not_a_label` for lists and `data.not_finite` for infinities.
  explicit Labels(const Column& column);

  std::size_t size() const { return label.size(); }
  const std::string& text(std::size_t i) const { return label[i].text; }
  /// The code of the label that reads `text` ("1", "north"), if there is one.
  std::optional<std::int32_t> find(std::string_view text) const;
};

/// Finds the labels of parts of a column among those of all parts.
class LabelIndex {
 public:
  explicit LabelIndex(const Labels& all);

  /// The codes that the rows of a part have among all; DataError `data.changed` where a label is not among them.
  std::vector<std::int32_t> codes(const Column& part) const;

 private:
  std::vector<std::int32_t> codes_of_labels(const Labels& part) const;

  std::unordered_map<std::string, std::int32_t> place_;
  /// The place of each integer from `low_` on, where all labels are integers and not far apart.
  std::vector<std::int32_t> place_of_integer_;
  std::int64_t low_ = 0;
};

}  // namespace enkat
