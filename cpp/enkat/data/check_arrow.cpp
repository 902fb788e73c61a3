#include "enkat/data/check_arrow.hpp"

#include <algorithm>
#include <limits>
#include <span>

#include "enkat/basics/error.hpp"
#include "enkat/data/typed.hpp"

namespace enkat {
namespace {

constexpr int deepest = 16;

std::string name_of(const ArrowSchema& schema) { return schema.name == nullptr ? "" : schema.name; }

template <class Node>
bool has_children(const Node& node) {
  if (node.n_children < 0 || (node.n_children > 0 && node.children == nullptr)) return false;
  for (std::int64_t i = 0; i < node.n_children; ++i)
    if (node.children[i] == nullptr) return false;
  return true;
}

void check_schema(const ArrowSchema& schema, int depth) {
  if (schema.format == nullptr || depth > deepest) refuse_array(name_of(schema), "its schema has no type");
  if (!has_children(schema)) refuse_array(name_of(schema), "its schema lacks children");
  const std::string_view format = schema.format;
  if ((format == "+l" || format == "+L") && schema.n_children != 1)
    refuse_array(name_of(schema), "its schema has lists of nothing");
  for (std::int64_t i = 0; i < schema.n_children; ++i) check_schema(*schema.children[i], depth + 1);
  if (schema.dictionary != nullptr) check_schema(*schema.dictionary, depth + 1);
}

/// Views of texts have a buffer each that they look into, and one that says how long those are.
bool has_its_buffers(const ArrowArray& array, std::string_view format, ColumnType type) {
  if (array.buffers == nullptr) return false;
  if (format == "vu") return array.n_buffers >= 3 && array.n_buffers < (std::int64_t{1} << 32);
  return array.n_buffers == (type == ColumnType::text ? 3 : 2);
}

/// Offsets of so many cells that only grow, the last of them at most `most`.
template <class Offset>
void check_offsets(const std::string& column, const Chunk& chunk, std::size_t most) {
  const std::span offsets(static_cast<const Offset*>(chunk.values) + chunk.offset, chunk.length + 1);
  Offset wrong = offsets[0];  // negative when a step, or the first, is
  for (std::size_t i = 0; i < chunk.length; ++i) wrong |= offsets[i + 1] - offsets[i];
  if (wrong < 0) refuse_array(column, "offsets that decrease");
  if (static_cast<std::uint64_t>(offsets.back()) > most) refuse_array(column, "offsets beyond its elements");
}

/// No index of a valid cell is below 0 or beyond the words. Most words of bits are valid, and most dictionaries small.
template <class Index>
void check_indices(const Column& words, const Chunk& chunk) {
  const Index* index = static_cast<const Index*>(chunk.values) + chunk.offset;
  std::uint64_t largest = 0;  // a negative one is larger than all
  for (std::size_t i = 0; i < chunk.length; ++i) largest = std::max(largest, static_cast<std::uint64_t>(index[i]));
  if (largest < words.size()) return;
  for (std::size_t i = 0; i < chunk.length; ++i)  // what stands behind a missing cell may be anything
    if (chunk.valid(i) && static_cast<std::uint64_t>(index[i]) >= words.size()) refuse_index(words);
}

}  // namespace

void refuse_array(const std::string& column, const std::string& what) {
  throw DataError("data.malformed_arrow",
                  "the Arrow array of column '" + column + "' contradicts itself (" + what + "): make the data anew",
                  {{"column", column}});
}

void check_schema(const ArrowSchema& schema) { check_schema(schema, 0); }

void check_array(const ArrowSchema& schema, const Column::Form& form, const ArrowArray& array, std::size_t cells) {
  const std::string column = name_of(schema);
  if (array.length < 0 || array.offset < 0 || static_cast<std::uint64_t>(array.length) < cells)
    refuse_array(column, "it is shorter than its table");
  if (form.type == ColumnType::null || form.type == ColumnType::unsupported) return;
  const bool is_list = form.type == ColumnType::list;
  if (!has_its_buffers(array, schema.format, schema.dictionary == nullptr ? form.type : form.index))
    refuse_array(column, "another number of buffers than its type has");
  if (array.length > 0 && array.buffers[1] == nullptr) refuse_array(column, "no values");
  if (!has_children(array) || array.n_children != (is_list ? 1 : 0)) refuse_array(column, "another number of children");
  if ((schema.dictionary == nullptr) != (array.dictionary == nullptr)) refuse_array(column, "no dictionary");
}

void check_cells(const Column::Form& form, const std::string& column, const Chunk& chunk) {
  if (chunk.length == 0) return;
  if (form.type == ColumnType::text || form.type == ColumnType::list) {
    std::size_t most = chunk.bytes == nullptr ? 0 : std::numeric_limits<std::size_t>::max();
    if (form.type == ColumnType::list) most = chunk.elements->size();
    form.wide ? check_offsets<std::int64_t>(column, chunk, most) : check_offsets<std::int32_t>(column, chunk, most);
  } else if (chunk.elements) {
    with_number_type(form.index, [&]<class T>(T) {
      if constexpr (std::is_integral_v<T>) check_indices<T>(*chunk.elements, chunk);
    });
  }
}

}  // namespace enkat
