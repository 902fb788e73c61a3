#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "enkat/basics/bytes.hpp"
#include "enkat/data/labels.hpp"
#include "enkat/data/table.hpp"
#include "enkat/design/design.hpp"
#include "enkat/design/weight_counts.hpp"

namespace enkat {

/// How rows that are read in parts were drawn: the combinations of strata, clusters and fpc that occur, and how many
/// rows have each. Mergeable.
class DrawnRows {
 public:
  /// `columns` has the columns of the data; its rows do not matter.
  DrawnRows(const Table& columns, const Design& design);

  void add(const Table& part);
  DrawnRows& operator+=(const DrawnRows& other);

  /// Refuses rows without a stratum, cluster, fpc or weight.
  void check() const;
  /// One row a combination.
  Table table() const;
  /// How many rows have each of them.
  std::vector<std::int64_t> counts() const;
  const WeightCounts& weights() const { return weights_; }
  std::int64_t rows() const { return rows_; }

  void write(ByteWriter& out) const;
  DrawnRows read(ByteReader& in) const;

 private:
  enum class Kind { integer, real, text };
  struct Role {
    std::string name, column;
    Kind kind;
  };

  std::vector<Role> roles_;
  std::string weight_;  // its column; empty when there is none
  std::map<std::vector<std::string>, std::int64_t> rows_of_;
  std::vector<std::int64_t> missing_;  // rows without a value, by role
  WeightCounts weights_;
  std::int64_t rows_ = 0;
};

/// Finds the combination that a row of a part has.
class DrawnIndex {
 public:
  /// `combinations` as `DrawnRows::table` gives them.
  DrawnIndex(const Table& combinations, const Design& design);

  /// The row of `combinations` that each row of a part is like; DataError `data.changed` where there is none.
  std::vector<std::int32_t> find(const Table& part) const;

 private:
  /// The next number of a path, by the number so far and the code of the next column.
  struct Step {
    std::string column;
    LabelIndex labels;
    std::size_t width;  // labels of the column
    std::unordered_map<std::uint64_t, std::int32_t> next;
    std::vector<std::int32_t> dense;  // the same as an array, where that is small
  };
  std::vector<Step> steps_;
  std::vector<std::int32_t> row_of_path_;
};

}  // namespace enkat
