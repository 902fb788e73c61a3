#include "enkat/data/export.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

#include "enkat/basics/error.hpp"

namespace enkat {
namespace {

/// What the parts of a type or an array are, in the words of the interface; it goes with the structure it was made for.
template <class Structure>
struct Held {
  std::string format, name;
  std::array<const void*, 3> buffers{};
  std::shared_ptr<const void> owner;
  std::vector<std::unique_ptr<Structure>> parts;
  std::vector<Structure*> children;

  Structure& add() {
    children.push_back(parts.emplace_back(std::make_unique<Structure>()).get());
    return *children.back();
  }
};

template <class Structure>
void release(Structure* structure) {
  auto* held = static_cast<Held<Structure>*>(structure->private_data);
  for (auto& part : held->parts)
    if (part->release != nullptr) part->release(part.get());
  structure->release = nullptr;
  delete held;
}

/// Hands over what is held. The last part is the dictionary, where there is one.
template <class Structure>
void hand_over(std::unique_ptr<Held<Structure>> held, Structure& out, bool has_dictionary) {
  if (has_dictionary) {
    out.dictionary = held->children.back();
    held->children.pop_back();
  }
  out.n_children = static_cast<std::int64_t>(held->children.size());
  out.children = held->children.data();
  out.release = &release<Structure>;
  out.private_data = held.release();
}

std::string format_of(ColumnType type, const Column::Form& form) {
  static const std::array formats{"n", "b", "c", "s", "i", "l", "C", "S", "I", "L", "f", "g"};
  switch (type) {
    case ColumnType::text:
      return form.wide ? "U" : "u";
    case ColumnType::list:
      return form.wide ? "+L" : "+l";
    case ColumnType::date:
      return "tdD";
    case ColumnType::timestamp:
      return form.format.substr(form.format.find("ts"));
    default:
      return formats.at(static_cast<std::size_t>(type));
  }
}

/// Whether the cells of a column are given by the places of categories: texts, or what was read as the values.
bool is_categories(const Column& column) {
  return column.type() == ColumnType::dictionary || (!column.chunks().empty() && column.chunks()[0].indices);
}

/// The elements of a column, of which any chunk knows the type; of one without rows, texts.
Column elements_of(const Column& column) {
  if (!column.chunks().empty()) return *column.chunks()[0].elements;
  return {"", {.type = ColumnType::text, .wide = true, .format = "U"}, {}};
}

void write_type(const Column& column, const std::string& name, ArrowSchema& out) {
  auto held = std::make_unique<Held<ArrowSchema>>();
  held->name = name;
  const bool categories = is_categories(column);
  held->format = format_of(categories ? column.form().index : column.type(), column.form());
  if (categories || column.type() == ColumnType::list)
    write_type(elements_of(column), categories ? "" : "item", held->add());
  out = {};
  out.format = held->format.c_str();
  out.name = held->name.c_str();
  out.flags = ARROW_FLAG_NULLABLE | (categories && column.form().ordered ? ARROW_FLAG_DICTIONARY_ORDERED : 0);
  hand_over(std::move(held), out, categories);
}

void write_cells(const Column& column, const Chunk& given, ArrowArray& out) {
  const Chunk& chunk = given.indices ? *given.indices : given;
  auto held = std::make_unique<Held<ArrowArray>>();
  held->owner = chunk.owner;
  held->buffers = {chunk.validity, chunk.values, chunk.bytes};
  const bool categories = is_categories(column);
  if (categories || column.type() == ColumnType::list) {
    const Column& elements = *chunk.elements;
    ArrowArray& part = held->add();
    if (elements.chunks().empty())
      write_cells(elements, Chunk(), part);
    else
      write_cells(elements, elements.chunks()[0], part);
  }
  out = {};
  out.length = static_cast<std::int64_t>(chunk.length);
  out.null_count = column.type() == ColumnType::null ? out.length : chunk.validity == nullptr ? 0 : -1;
  out.offset = static_cast<std::int64_t>(chunk.offset);
  out.n_buffers = column.type() == ColumnType::null ? 0 : column.type() == ColumnType::text ? 3 : 2;
  out.buffers = held->buffers.data();
  hand_over(std::move(held), out, categories);
}

struct Stream {
  Table table;
  std::size_t next = 0;

  void write_schema(ArrowSchema& out) const {
    auto held = std::make_unique<Held<ArrowSchema>>();
    held->format = "+s";
    for (const Column& column : table.columns()) write_type(column, column.name(), held->add());
    out = {};
    out.format = held->format.c_str();
    out.name = held->name.c_str();
    hand_over(std::move(held), out, false);
  }

  void write_next(ArrowArray& out) {
    out = {};
    if (table.columns().empty() || next == table.columns()[0].chunks().size()) return;
    auto held = std::make_unique<Held<ArrowArray>>();
    for (const Column& column : table.columns()) write_cells(column, column.chunks()[next], held->add());
    out.length = static_cast<std::int64_t>(table.columns()[0].chunks()[next].length);
    out.n_buffers = 1;
    out.buffers = held->buffers.data();
    hand_over(std::move(held), out, false);
    ++next;
  }
};

Stream& self(ArrowArrayStream* stream) { return *static_cast<Stream*>(stream->private_data); }

void refuse_unread(const Table& table) {
  std::vector<Issue> issues;
  for (const Column& column : table.columns())
    if (column.type() == ColumnType::unsupported)
      issues.push_back({"data.unsupported_type",
                        "column '" + column.name() + "' has a type that enkat does not read: remove or convert it",
                        {{"column", column.name()}, {"type", column.form().format}}});
  refuse<DataError>(issues);
}

}  // namespace

void to_stream(const Table& table, ArrowArrayStream& out) {
  refuse_unread(table);
  out = {};
  out.get_schema = [](ArrowArrayStream* stream, ArrowSchema* schema) { return self(stream).write_schema(*schema), 0; };
  out.get_next = [](ArrowArrayStream* stream, ArrowArray* batch) { return self(stream).write_next(*batch), 0; };
  out.get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  out.release = [](ArrowArrayStream* stream) {
    delete static_cast<Stream*>(stream->private_data);
    stream->release = nullptr;
  };
  out.private_data = new Stream{table};
}

}  // namespace enkat
