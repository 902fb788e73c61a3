#pragma once

#include <cstdint>
#include <string>

#include "enkat/data/column.hpp"

namespace enkat {

/// Calls `use(T{})` with the C++ type of the cells of a column of numbers, so that a loop over rows is compiled for it.
template <class Use>
void with_number_type(ColumnType type, Use&& use) {
  switch (type) {
    case ColumnType::int8:
      return use(std::int8_t{});
    case ColumnType::int16:
      return use(std::int16_t{});
    case ColumnType::int32:
      return use(std::int32_t{});
    case ColumnType::int64:
      return use(std::int64_t{});
    case ColumnType::uint8:
      return use(std::uint8_t{});
    case ColumnType::uint16:
      return use(std::uint16_t{});
    case ColumnType::uint32:
      return use(std::uint32_t{});
    case ColumnType::uint64:
      return use(std::uint64_t{});
    case ColumnType::float32:
      return use(float{});
    case ColumnType::float64:
      return use(double{});
    default:
      return;
  }
}

/// What the cells of a column are, for messages: "numbers", "text", "lists".
std::string describe(const Column& column);

/// Refuses an index that points outside these words of a dictionary: DataError `data.malformed_arrow`.
[[noreturn]] void refuse_index(const Column& words);

}  // namespace enkat
