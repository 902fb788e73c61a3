#include "enkat/data/column.hpp"

#include <cmath>
#include <limits>

#include "enkat/basics/error.hpp"
#include "enkat/data/typed.hpp"

namespace enkat {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void read_bits(const std::uint8_t* bits, std::size_t offset, std::span<double> out) {
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = ((bits[(offset + i) / 8] >> ((offset + i) % 8)) & 1) != 0;
}

template <class Offset>
void read_texts(const Chunk& chunk, std::size_t cell, std::span<std::string_view> out) {
  const auto* offsets = static_cast<const Offset*>(chunk.values) + chunk.offset + cell;
  // The bytes of an array of empty texts may be absent; data() must not be null for texts that are there.
  const char* bytes = chunk.bytes != nullptr ? chunk.bytes : "";
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = {bytes + offsets[i], static_cast<std::size_t>(offsets[i + 1] - offsets[i])};
}

/// The text that an index of a dictionary stands for.
std::string_view word(const Column& words, std::size_t index) {
  if (index >= words.size()) refuse_index(words);
  const Chunk& chunk = words.chunks()[0];
  std::string_view text;
  if (!chunk.valid(index)) return text;
  words.form().wide ? read_texts<std::int64_t>(chunk, index, {&text, 1})
                    : read_texts<std::int32_t>(chunk, index, {&text, 1});
  return text;
}

template <class Value>
void blank_missing(const Chunk& chunk, std::size_t cell, std::span<Value> out, Value missing) {
  chunk.for_missing(cell, out.size(), [&](std::size_t i) { out[i] = missing; });
}

[[noreturn]] void refuse_type(const Column& column, const char* code, const std::string& wanted) {
  throw DataError(code,
                  "column '" + column.name() + "' holds " + describe(column) + ", not " + wanted +
                      ": name another column, or convert it",
                  {{"column", column.name()}, {"type", column.form().format}});
}

}  // namespace

void refuse_index(const Column& words) {
  throw DataError("data.malformed_arrow",
                  "an index of column '" + words.name() + "' lies outside its dictionary: make the data anew",
                  {{"column", words.name()}});
}

std::string describe(const Column& column) {
  switch (column.type()) {
    case ColumnType::null:
      return "nothing";
    case ColumnType::boolean:
      return "true and false";
    case ColumnType::text:
    case ColumnType::dictionary:
      return "text";
    case ColumnType::list:
      return "lists";
    case ColumnType::date:
      return "dates";
    case ColumnType::timestamp:
      return "points in time";
    case ColumnType::unsupported:
      return "values of Arrow type '" + column.form().format + "'";
    default:
      return "numbers";
  }
}

Column::Column(std::string name, Form form, std::vector<Chunk> chunks)
    : name_(std::move(name)), form_(std::move(form)), chunks_(std::move(chunks)) {
  for (Chunk& chunk : chunks_) {
    chunk.first = size_;
    size_ += chunk.length;
  }
}

std::size_t Column::chunk_of(std::size_t row) const {
  const auto after = std::ranges::upper_bound(chunks_, row, {}, &Chunk::first);
  return after == chunks_.begin() ? 0 : static_cast<std::size_t>(after - chunks_.begin()) - 1;
}

void Column::numbers(std::size_t first, std::span<double> out) const {
  if (type() == ColumnType::null) return void(std::ranges::fill(out, nan));
  if (!is_number()) refuse_type(*this, "data.not_a_number", "numbers");
  for_each_run(first, out.size(), [&](const Chunk& chunk, std::size_t cell, std::size_t count, std::size_t done) {
    const auto run = out.subspan(done, count);
    if (type() == ColumnType::boolean) {
      read_bits(static_cast<const std::uint8_t*>(chunk.values), chunk.offset + cell, run);
    } else {
      with_number_type(type(), [&]<class T>(T) {
        const T* values = static_cast<const T*>(chunk.values) + chunk.offset + cell;
        for (std::size_t i = 0; i < count; ++i) run[i] = static_cast<double>(values[i]);
      });
    }
    blank_missing(chunk, cell, run, nan);
  });
}

void Column::texts(std::size_t first, std::span<std::string_view> out) const {
  if (type() == ColumnType::null) return void(std::ranges::fill(out, std::string_view()));
  if (!is_text()) refuse_type(*this, "data.not_a_text", "text");
  for_each_run(first, out.size(), [&](const Chunk& chunk, std::size_t cell, std::size_t count, std::size_t done) {
    const auto run = out.subspan(done, count);
    if (type() == ColumnType::dictionary) {
      with_number_type(form_.index, [&]<class T>(T) {
        const T* index = static_cast<const T*>(chunk.values) + chunk.offset + cell;
        for (std::size_t i = 0; i < count; ++i)
          run[i] =
              chunk.valid(cell + i) ? word(*chunk.elements, static_cast<std::size_t>(index[i])) : std::string_view();
      });
      return;
    }
    form_.wide ? read_texts<std::int64_t>(chunk, cell, run) : read_texts<std::int32_t>(chunk, cell, run);
    blank_missing(chunk, cell, run, std::string_view());
  });
}

void Column::present(std::size_t first, std::span<std::uint8_t> out) const {
  if (type() == ColumnType::null) return void(std::ranges::fill(out, std::uint8_t{0}));
  for_each_run(first, out.size(), [&](const Chunk& chunk, std::size_t cell, std::size_t count, std::size_t done) {
    const auto run = out.subspan(done, count);
    std::ranges::fill(run, std::uint8_t{1});
    if (type() == ColumnType::float32 || type() == ColumnType::float64)
      with_number_type(type(), [&]<class T>(T) {
        const T* values = static_cast<const T*>(chunk.values) + chunk.offset + cell;
        for (std::size_t i = 0; i < count; ++i) run[i] = values[i] == values[i];
      });
    blank_missing(chunk, cell, run, std::uint8_t{0});
  });
}

}  // namespace enkat
