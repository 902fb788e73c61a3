#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "enkat/data/column.hpp"

namespace enkat {

/// Values of a column made in C++: NaN and nothing are missing.
using Values = std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::string>,
                            std::vector<std::optional<std::string>>, std::vector<bool>>;

/// The answers: named columns of equal length, borrowed from whoever made them; immutable and cheap to copy.
class Table {
 public:
  Table() = default;
  explicit Table(std::vector<Column> columns, std::size_t rows);

  /// Takes over a stream of record batches, as `__arrow_c_stream__` of a data frame gives it, and reads it to the end.
  static Table from_stream(ArrowArrayStream* stream);
  /// The same, one batch after the other: each a table of its own that `use` may keep or drop.
  static void for_each_batch(ArrowArrayStream* stream, const std::function<void(const Table&)>& use);

  /// Table::from_columns({{"age", std::vector<double>{31, 44}}, {"sex", std::vector<std::string>{"f", "m"}}})
  static Table from_columns(std::vector<std::pair<std::string, Values>> columns);

  std::size_t rows() const { return rows_; }
  /// Where the first row stands among all rows of the data; 0 unless this is a later part of them.
  std::size_t first_row() const { return first_row_; }
  /// The same rows, which come after `rows` others.
  Table after(std::size_t rows) const;
  const std::vector<Column>& columns() const { return columns_; }
  std::vector<std::string> names() const;
  bool has(std::string_view name) const { return find(name) != nullptr; }
  const Column* find(std::string_view name) const;

  /// Throws DataError `data.unknown_column`, which suggests the nearest name, or `data.unsupported_type`.
  const Column& column(std::string_view name) const;

 private:
  std::vector<Column> columns_;
  std::size_t rows_ = 0;
  std::size_t first_row_ = 0;
};

}  // namespace enkat
