#include "enkat/data/table.hpp"

#include <algorithm>
#include <set>
#include <span>
#include <string>

#include "enkat/basics/error.hpp"
#include "enkat/data/check_arrow.hpp"
#include "enkat/data/import.hpp"
#include "enkat/data/typed.hpp"

namespace enkat {
namespace {

void refuse_stream(ArrowArrayStream* stream, int status) {
  if (status == 0) return;
  const char* said = stream->get_last_error(stream);
  throw DataError("data.stream_failed",
                  "the source of the data failed while it was read" + (said == nullptr ? "" : ": " + std::string(said)),
                  {{"status", status}});
}

void refuse_duplicates(const std::vector<Column>& columns) {
  std::set<std::string> seen;
  std::vector<Issue> issues;
  for (const Column& column : columns)
    if (!seen.insert(column.name()).second)
      issues.push_back({"data.duplicate_column",
                        "column '" + column.name() + "' occurs twice: give each column its own name",
                        {{"column", column.name()}}});
  refuse<DataError>(issues);
}

struct Releases {
  ArrowArrayStream* stream;
  ~Releases() {
    if (stream->release != nullptr) stream->release(stream);
  }
};

/// One batch must have the columns of the schema and no rows that are null as a whole.
void check_batch(const ArrowArray& batch, const ArrowSchema& schema) {
  if (batch.n_children != schema.n_children)
    throw DataError("data.schema_differs",
                    "a part of the data has " + std::to_string(batch.n_children) + " columns where the first has " +
                        std::to_string(schema.n_children) + ": all parts must have the same columns",
                    {{"columns", batch.n_children}, {"expected", schema.n_children}});
  bool whole = batch.length >= 0 && batch.offset >= 0 && (batch.n_children == 0 || batch.children != nullptr);
  for (std::int64_t i = 0; whole && i < batch.n_children; ++i) whole = batch.children[i] != nullptr;
  if (!whole) throw DataError("data.malformed_arrow", "a part of the data lacks its columns: make the data anew");
  if (batch.null_count > 0)
    throw DataError("data.not_a_table",
                    "a row of the data is null as a whole: give a table, not a column of structures");
}

using SharedSchema = std::shared_ptr<ArrowOwner<ArrowSchema>>;

struct Batch {
  SharedSchema schema;
  SharedArray array;
};

/// Reads a stream to its end, and gives every batch with rows to `take`.
template <class Take>
SharedSchema read_batches(ArrowArrayStream* stream, const Take& take) {
  if (stream == nullptr || stream->release == nullptr)
    throw DataError("data.stream_failed", "this stream of data was read before: make a new one from the data frame");
  const Releases releases{stream};
  ArrowSchema raw_schema{};
  refuse_stream(stream, stream->get_schema(stream, &raw_schema));
  auto schema = std::make_shared<ArrowOwner<ArrowSchema>>(raw_schema);
  check_schema(**schema);
  if (std::string_view((*schema)->format) != "+s")
    throw DataError("data.not_a_table", "these data are one column, not a table: put them in a data frame");
  while (true) {
    ArrowArray raw_batch{};
    refuse_stream(stream, stream->get_next(stream, &raw_batch));
    if (raw_batch.release == nullptr) return schema;
    auto array = std::make_shared<const ArrowOwner<ArrowArray>>(raw_batch);
    check_batch(**array, **schema);
    if ((*array)->length > 0) take(Batch{schema, std::move(array)});
  }
}

Table table_of(const ArrowOwner<ArrowSchema>& schema, std::span<const Batch> batches) {
  std::size_t rows = 0;
  for (const Batch& batch : batches) rows += static_cast<std::size_t>((*batch.array)->length);
  std::vector<Column> columns;
  for (std::size_t c = 0; c < static_cast<std::size_t>(schema->n_children); ++c) {
    const ArrowSchema& child = *schema->children[c];
    std::vector<Chunk> chunks;
    for (const auto& [of, array] : batches)
      chunks.push_back(chunk_of(child, *(*array)->children[c], array, static_cast<std::size_t>((*array)->offset),
                                static_cast<std::size_t>((*array)->length)));
    columns.emplace_back(child.name == nullptr ? "" : child.name, form_of(child), std::move(chunks));
  }
  return Table(std::move(columns), rows);
}

}  // namespace

Table::Table(std::vector<Column> columns, std::size_t rows) : columns_(std::move(columns)), rows_(rows) {
  refuse_duplicates(columns_);
  for (const Column& column : columns_)
    if (column.size() != rows_)
      throw DataError("data.unequal_columns",
                      "column '" + column.name() + "' has " + std::to_string(column.size()) + " rows, the table " +
                          std::to_string(rows_) + ": all columns must be equally long",
                      {{"column", column.name()}, {"rows", column.size()}, {"expected", rows_}});
}

Table Table::from_stream(ArrowArrayStream* stream) {
  std::vector<Batch> batches;
  const SharedSchema schema = read_batches(stream, [&](Batch batch) { batches.push_back(std::move(batch)); });
  return table_of(*schema, batches);
}

void Table::for_each_batch(ArrowArrayStream* stream, const std::function<void(const Table&)>& use) {
  read_batches(stream, [&](const Batch& batch) { use(table_of(*batch.schema, std::span(&batch, 1))); });
}

Table Table::after(std::size_t rows) const {
  Table placed = *this;
  placed.first_row_ = rows;
  return placed;
}

std::vector<std::string> Table::names() const {
  std::vector<std::string> names;
  for (const Column& column : columns_) names.push_back(column.name());
  return names;
}

const Column* Table::find(std::string_view name) const {
  const auto found =
      std::ranges::find(columns_, name, [](const Column& column) -> std::string_view { return column.name(); });
  return found == columns_.end() ? nullptr : &*found;
}

const Column& Table::column(std::string_view name) const {
  const Column* found = find(name);
  if (found == nullptr)
    throw DataError("data.unknown_column",
                    "there is no column '" + std::string(name) + "'" + suggestion(std::string(name), names()),
                    {{"column", name}, {"columns", names()}});
  if (found->type() == ColumnType::unsupported)
    throw DataError("data.unsupported_type",
                    "column '" + found->name() + "' holds " + describe(*found) +
                        ", which enkat does not read: convert it to numbers, text or dates",
                    {{"column", name}, {"type", found->form().format}});
  return *found;
}

}  // namespace enkat
