#include <memory>

#include "enkat/data/table.hpp"

namespace enkat {
namespace {

template <class Value>
Column make_numbers(std::string name, ColumnType type, std::vector<Value> values) {
  auto owned = std::make_shared<const std::vector<Value>>(std::move(values));
  Chunk chunk;
  chunk.length = owned->size();
  chunk.values = owned->data();
  chunk.owner = owned;
  return Column(std::move(name), {.type = type, .format = type == ColumnType::float64 ? "g" : "l"}, {std::move(chunk)});
}

Column make_bits(std::string name, const std::vector<bool>& values) {
  auto bits = std::make_shared<std::vector<std::uint8_t>>((values.size() + 7) / 8);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i]) (*bits)[i / 8] = static_cast<std::uint8_t>((*bits)[i / 8] | 1U << (i % 8));
  Chunk chunk;
  chunk.length = values.size();
  chunk.values = bits->data();
  chunk.owner = bits;
  return Column(std::move(name), {.type = ColumnType::boolean, .format = "b"}, {std::move(chunk)});
}

Column make_texts(std::string name, const std::vector<std::optional<std::string>>& values) {
  struct Buffers {
    std::vector<std::int64_t> offsets{0};
    std::string bytes;
    std::vector<std::uint8_t> validity;
  };
  auto buffers = std::make_shared<Buffers>();
  buffers->validity.resize((values.size() + 7) / 8);
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::uint8_t& valid = buffers->validity[i / 8];
    if (values[i]) valid = static_cast<std::uint8_t>(valid | 1U << (i % 8));
    buffers->bytes += values[i].value_or("");
    buffers->offsets.push_back(static_cast<std::int64_t>(buffers->bytes.size()));
  }
  Chunk chunk;
  chunk.length = values.size();
  chunk.validity = buffers->validity.data();
  chunk.values = buffers->offsets.data();
  chunk.bytes = buffers->bytes.data();
  chunk.owner = buffers;
  return Column(std::move(name), {.type = ColumnType::text, .wide = true, .format = "U"}, {std::move(chunk)});
}

struct MakeColumn {
  std::string name;
  Column operator()(std::vector<double> values) const {
    return make_numbers(name, ColumnType::float64, std::move(values));
  }
  Column operator()(std::vector<std::int64_t> values) const {
    return make_numbers(name, ColumnType::int64, std::move(values));
  }
  Column operator()(const std::vector<bool>& values) const { return make_bits(name, values); }
  Column operator()(const std::vector<std::string>& values) const {
    return make_texts(name, {values.begin(), values.end()});
  }
  Column operator()(const std::vector<std::optional<std::string>>& values) const { return make_texts(name, values); }
};

}  // namespace

Table Table::from_columns(std::vector<std::pair<std::string, Values>> columns) {
  std::vector<Column> made;
  for (auto& [name, values] : columns) made.push_back(std::visit(MakeColumn{name}, std::move(values)));
  const std::size_t rows = made.empty() ? 0 : made.front().size();
  return Table(std::move(made), rows);
}

}  // namespace enkat
