#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "enkat/data/arrow.hpp"

namespace enkat {

enum class ColumnType {
  null,
  boolean,
  int8,
  int16,
  int32,
  int64,
  uint8,
  uint16,
  uint32,
  uint64,
  float32,
  float64,
  text,
  dictionary,  ///< texts, stored once each
  list,        ///< of numbers or texts
  date,        ///< days since 1970-01-01
  timestamp,
  unsupported,
};

class Column;

/// The cells of a column that lie in one Arrow array, and where its buffers are.
struct Chunk {
  std::shared_ptr<const void> owner;  ///< keeps the buffers
  std::size_t first = 0;              ///< row of the column that the first cell is
  std::size_t length = 0;
  std::size_t offset = 0;                  ///< of the first cell in the buffers
  const std::uint8_t* validity = nullptr;  ///< bits; null when every cell is valid
  const void* values = nullptr;            ///< numbers, indices of a dictionary, or offsets of texts and lists
  const char* bytes = nullptr;             ///< what the offsets of texts point into
  std::shared_ptr<const Column> elements;  ///< the categories of a dictionary or the elements of lists
  std::shared_ptr<const Chunk> indices;    ///< of the categories, where the cells are their values

  bool valid(std::size_t cell) const {
    const std::size_t i = offset + cell;
    return validity == nullptr || ((validity[i / 8] >> (i % 8)) & 1) != 0;
  }

  /// Calls `see(i)` for each of `count` cells from `cell` on that is missing, i from 0: most words of bits have none.
  template <class See>
  void for_missing(std::size_t cell, std::size_t count, const See& see) const {
    if (validity == nullptr) return;
    for (std::size_t first = 0; first < count;) {
      const std::size_t bit = offset + cell + first, shift = bit % 8;
      const std::size_t width = std::min(count - first, 64 - shift);
      std::uint64_t word = 0;
      std::memcpy(&word, validity + bit / 8, (shift + width + 7) / 8);  // bits of Arrow are little-endian
      for (std::uint64_t missing = ~(word >> shift) & (~std::uint64_t{0} >> (64 - width)); missing != 0;
           missing &= missing - 1)
        see(first + static_cast<std::size_t>(std::countr_zero(missing)));
      first += width;
    }
  }
};

/// A column of the answers as its Arrow buffers hold it: borrowed, never copied, immutable, cheap to copy.
/// Only a dictionary of anything but texts is copied once, as its values; `Chunk::elements` then are its categories.
///
/// Blocks of rows are read at a time. A missing cell is NaN as a number and a text whose data() is null.
class Column {
 public:
  /// What the chunks of a column have in common.
  struct Form {
    ColumnType type = ColumnType::null;
    ColumnType index = ColumnType::int32;  ///< of a dictionary
    bool wide = false;                     ///< 64-bit offsets of texts or lists
    bool ordered = false;                  ///< categories whose order was declared, texts or not
    char unit = 's';                       ///< of a timestamp: s, m(illi), u (micro), n(ano)
    std::string format;                    ///< as Arrow writes it

    friend bool operator==(const Form&, const Form&) = default;
  };

  Column(std::string name, Form form, std::vector<Chunk> chunks);

  const std::string& name() const { return name_; }
  ColumnType type() const { return form_.type; }
  const Form& form() const { return form_; }
  std::size_t size() const { return size_; }
  std::span<const Chunk> chunks() const { return chunks_; }

  bool is_number() const { return form_.type >= ColumnType::boolean && form_.type <= ColumnType::float64; }
  bool is_text() const { return form_.type == ColumnType::text || form_.type == ColumnType::dictionary; }

  /// The cells from `first` on as numbers, NaN where missing; false and true are 0 and 1.
  /// Throws DataError `data.not_a_number` for columns that hold anything else.
  void numbers(std::size_t first, std::span<double> out) const;
  /// The cells from `first` on as texts, with data() null where missing; the views live as long as the column.
  /// Throws DataError `data.not_a_text` for columns that hold anything else.
  void texts(std::size_t first, std::span<std::string_view> out) const;
  /// 1 where a cell is not missing (NaN is missing, as null is), 0 elsewhere.
  void present(std::size_t first, std::span<std::uint8_t> out) const;

  /// Calls `visit(chunk, cell, count, done)` for each run of cells from row `first` on: `count` cells from `cell`
  /// of the chunk, which come after the `done` before them.
  template <class Visit>
  void for_each_run(std::size_t first, std::size_t count, Visit&& visit) const {
    std::size_t done = 0;
    for (std::size_t c = chunk_of(first); done < count; ++c) {
      const Chunk& chunk = chunks_[c];
      const std::size_t cell = first + done - chunk.first;
      const std::size_t run = std::min(count - done, chunk.length - cell);
      if (run > 0) visit(chunk, cell, run, done);
      done += run;
    }
  }

 private:
  std::size_t chunk_of(std::size_t row) const;

  std::string name_;
  Form form_;
  std::vector<Chunk> chunks_;
  std::size_t size_ = 0;
};

}  // namespace enkat
