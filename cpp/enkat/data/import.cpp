#include "enkat/data/import.hpp"

#include <map>
#include <string_view>

#include "enkat/basics/error.hpp"

namespace enkat {
namespace {

// https://arrow.apache.org/docs/format/CDataInterface.html#data-type-description-format-strings
ColumnType type_of(std::string_view format) {
  static const std::map<std::string_view, ColumnType> types{
      {"n", ColumnType::null},   {"b", ColumnType::boolean}, {"c", ColumnType::int8},    {"s", ColumnType::int16},
      {"i", ColumnType::int32},  {"l", ColumnType::int64},   {"C", ColumnType::uint8},   {"S", ColumnType::uint16},
      {"I", ColumnType::uint32}, {"L", ColumnType::uint64},  {"f", ColumnType::float32}, {"g", ColumnType::float64},
      {"u", ColumnType::text},   {"U", ColumnType::text},    {"+l", ColumnType::list},   {"+L", ColumnType::list},
      {"tdD", ColumnType::date},
  };
  if (const auto found = types.find(format); found != types.end()) return found->second;
  if (format.size() >= 4 && format.starts_with("ts") && format[3] == ':') return ColumnType::timestamp;
  return ColumnType::unsupported;
}

bool is_integer(ColumnType type) { return type >= ColumnType::int8 && type <= ColumnType::uint64; }

}  // namespace

Column::Form form_of(const ArrowSchema& schema) {
  Column::Form form;
  form.format = schema.format;
  form.type = type_of(form.format);
  form.wide = form.format == "U" || form.format == "+L";
  if (form.type == ColumnType::timestamp) form.unit = form.format[2];
  if (schema.dictionary != nullptr) {
    const Column::Form words = form_of(*schema.dictionary);
    form.index = form.type;
    form.type =
        is_integer(form.index) && words.type == ColumnType::text ? ColumnType::dictionary : ColumnType::unsupported;
    form.ordered = (schema.flags & ARROW_FLAG_DICTIONARY_ORDERED) != 0;
    form.format = "dictionary of " + words.format;
  }
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
  chunk.offset = static_cast<std::size_t>(array.offset) + offset;
  if (form.type == ColumnType::null || form.type == ColumnType::unsupported) return chunk;
  if (array.n_buffers < 2 || static_cast<std::size_t>(array.length) < offset + length)
    throw DataError("data.malformed_arrow",
                    "the Arrow array of a column is shorter than its table: make the data anew");
  // null_count may be -1, not yet counted.
  if (array.null_count != 0) chunk.validity = static_cast<const std::uint8_t*>(array.buffers[0]);
  chunk.values = array.buffers[1];
  if (form.type == ColumnType::text) chunk.bytes = static_cast<const char*>(array.buffers[2]);

  const auto elements = [&](const ArrowSchema& element, const ArrowArray& values) {
    const auto count = static_cast<std::size_t>(values.length);
    return std::make_shared<const Column>(Column(schema.name == nullptr ? "" : schema.name, form_of(element),
                                                 {chunk_of(element, values, chunk.owner, 0, count)}));
  };
  if (form.type == ColumnType::dictionary) chunk.elements = elements(*schema.dictionary, *array.dictionary);
  if (form.type == ColumnType::list) chunk.elements = elements(*schema.children[0], *array.children[0]);
  return chunk;
}

}  // namespace enkat
