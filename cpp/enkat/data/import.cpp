#include "enkat/data/import.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <string_view>

#include "enkat/data/check_arrow.hpp"
#include "enkat/data/text_views.hpp"
#include "enkat/data/typed.hpp"

namespace enkat {
namespace {

constexpr std::string_view text_views = "vu";

// https://arrow.apache.org/docs/format/CDataInterface.html#data-type-description-format-strings
ColumnType type_of(std::string_view format) {
  static const std::map<std::string_view, ColumnType> types{
      {"n", ColumnType::null},   {"b", ColumnType::boolean}, {"c", ColumnType::int8},    {"s", ColumnType::int16},
      {"i", ColumnType::int32},  {"l", ColumnType::int64},   {"C", ColumnType::uint8},   {"S", ColumnType::uint16},
      {"I", ColumnType::uint32}, {"L", ColumnType::uint64},  {"f", ColumnType::float32}, {"g", ColumnType::float64},
      {"u", ColumnType::text},   {"U", ColumnType::text},    {"vu", ColumnType::text},   {"+l", ColumnType::list},
      {"+L", ColumnType::list},  {"tdD", ColumnType::date},
  };
  if (const auto found = types.find(format); found != types.end()) return found->second;
  if (format.size() >= 4 && format.starts_with("ts") && format[3] == ':') return ColumnType::timestamp;
  return ColumnType::unsupported;
}

bool is_integer(ColumnType type) { return type >= ColumnType::int8 && type <= ColumnType::uint64; }

/// The form of categories: texts stay a dictionary, anything else is read as its values.
Column::Form form_of_categories(const ArrowSchema& schema, ColumnType index) {
  Column::Form form = form_of(*schema.dictionary);
  const bool readable = is_integer(index) && form.type != ColumnType::dictionary && form.type != ColumnType::list;
  if (!readable) form.type = ColumnType::unsupported;
  if (form.type == ColumnType::text) form.type = ColumnType::dictionary;
  form.index = index;
  form.wide = false;
  const bool has_values = form.type != ColumnType::unsupported && form.type != ColumnType::null;
  form.ordered = has_values && (schema.flags & ARROW_FLAG_DICTIONARY_ORDERED) != 0;
  form.format = "dictionary of " + form.format;
  return form;
}

std::size_t width_of(ColumnType type) {
  std::size_t width = type == ColumnType::date ? sizeof(std::int32_t) : sizeof(std::int64_t);
  with_number_type(type, [&]<class T>(T) { width = sizeof(T); });
  return width;
}

struct Buffers {
  std::vector<std::uint8_t> values, validity;
};

void set_bit(std::vector<std::uint8_t>& bits, std::size_t i) {
  bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << (i % 8));
}

/// The values that the indices of a chunk stand for; its categories stay with it, for their order.
Chunk decoded(const Column::Form& form, const Chunk& indices) {
  const Chunk& words = indices.elements->chunks()[0];
  const auto* source = static_cast<const std::uint8_t*>(words.values);
  const std::size_t width = form.type == ColumnType::boolean ? 0 : width_of(form.type);
  auto buffers = std::make_shared<Buffers>();
  buffers->validity.resize(indices.length / 8 + 1);
  buffers->values.resize(width == 0 ? indices.length / 8 + 1 : indices.length * width);
  with_number_type(form.index, [&]<class T>(T) {
    const T* index = static_cast<const T*>(indices.values) + indices.offset;
    for (std::size_t i = 0; i < indices.length; ++i) {
      if (!indices.valid(i)) continue;
      const auto place = static_cast<std::size_t>(index[i]);
      if (!words.valid(place)) continue;
      set_bit(buffers->validity, i);
      const std::size_t at = words.offset + place;
      if (width > 0) {
        std::memcpy(buffers->values.data() + i * width, source + at * width, width);
      } else if (((source[at / 8] >> (at % 8)) & 1) != 0) {
        set_bit(buffers->values, i);
      }
    }
  });
  Chunk chunk;
  chunk.length = indices.length;
  chunk.validity = buffers->validity.data();
  chunk.values = buffers->values.data();
  chunk.owner = buffers;
  chunk.elements = indices.elements;
  chunk.indices = std::make_shared<const Chunk>(indices);
  return chunk;
}

}  // namespace

Column::Form form_of(const ArrowSchema& schema) {
  Column::Form form;
  form.format = schema.format;
  form.type = type_of(form.format);
  form.wide = form.format == "U" || form.format == "+L" || form.format == text_views;
  if (form.type == ColumnType::timestamp) form.unit = form.format[2];
  if (schema.dictionary != nullptr) return form_of_categories(schema, form.type);
  if (form.type == ColumnType::list) {
    const Column::Form elements = form_of(*schema.children[0]);
    const bool readable = elements.type <= ColumnType::dictionary;
    if (!readable) form.type = ColumnType::unsupported;
    form.format += elements.format;
  }
  return form;
}

Chunk chunk_of(const ArrowSchema& schema, const ArrowArray& array, std::shared_ptr<const void> owner,
               std::size_t offset, std::size_t length) {
  const Column::Form form = form_of(schema);
  Chunk chunk;
  chunk.owner = std::move(owner);
  chunk.length = length;
  check_array(schema, form, array, offset + length);
  chunk.offset = static_cast<std::size_t>(array.offset) + offset;
  if (form.type == ColumnType::null || form.type == ColumnType::unsupported) return chunk;
  const std::string name = schema.name == nullptr ? "" : schema.name;
  if (schema.format == text_views) return texts_of_views(name, array, chunk.offset, length);
  // null_count may be -1, not yet counted.
  if (array.null_count != 0) chunk.validity = static_cast<const std::uint8_t*>(array.buffers[0]);
  chunk.values = array.buffers[1];
  if (form.type == ColumnType::text) chunk.bytes = static_cast<const char*>(array.buffers[2]);

  const auto elements = [&](const ArrowSchema& element, const ArrowArray& values) {
    const auto count = static_cast<std::size_t>(std::max<std::int64_t>(values.length, 0));
    return std::make_shared<const Column>(
        Column(name, form_of(element), {chunk_of(element, values, chunk.owner, 0, count)}));
  };
  if (form.type == ColumnType::list) chunk.elements = elements(*schema.children[0], *array.children[0]);
  if (schema.dictionary != nullptr) chunk.elements = elements(*schema.dictionary, *array.dictionary);
  check_cells(form, name, chunk);
  if (schema.dictionary == nullptr) return chunk;
  return form.type == ColumnType::dictionary ? chunk : decoded(form, chunk);
}

}  // namespace enkat
