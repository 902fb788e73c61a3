#include "enkat/data/export.hpp"

#include <gtest/gtest.h>

#include "arrow_source.hpp"
#include "enkat/basics/error.hpp"
#include "enkat/data/labels.hpp"

namespace enkat::export_test {

using namespace test;
using Ints = std::vector<std::optional<std::int8_t>>;

Table round_trip(const Table& table) {
  ArrowArrayStream stream{};
  to_stream(table, stream);
  return Table::from_stream(&stream);
}

std::vector<std::string> labels_in(const Column& column) {
  const Labels labels(column);
  std::vector<std::string> found;
  for (const std::int32_t code : labels.code)
    found.push_back(code < 0 ? "-" : labels.label[static_cast<std::size_t>(code)].text);
  for (const Label& label : labels.label) found.push_back(label.text);
  return found;
}

TEST(Export, GivesBackWhatWasRead) {
  const std::vector<Array> columns{
      numbers<std::int32_t>("i", {{1}, std::nullopt, {3}}).sliced(1, 2),
      numbers<double>("g", {{1.5}, std::nullopt}),
      booleans({{true}, std::nullopt}),
      texts({{"ab"}, std::nullopt, {"c"}}).sliced(1, 2),
      texts<std::int64_t>({{"ab"}, {"c"}}),
      numbers<std::int32_t>("tdD", {{1}, std::nullopt}),
      numbers<std::int64_t>("tsu:UTC", {{1'000'000}, std::nullopt}),
      dictionary<std::int8_t>("c", Ints{1, std::nullopt, 0}, texts({{"b"}, {"a"}, {"unused"}}), true).sliced(1, 2),
      dictionary<std::int8_t>("c", Ints{1, 0, 1}, numbers<double>("g", {{2.5}, {0.5}, {7}}), true).sliced(1, 2),
      {.format = "n", .length = 2},
  };
  for (const Array& array : columns) {
    const Table table = table_of(array);
    const Table again = round_trip(round_trip(table));
    EXPECT_EQ(again.column("x").form(), table.column("x").form()) << array.format;
    EXPECT_EQ(again.rows(), 2U);
    EXPECT_EQ(labels_in(again.column("x")), labels_in(table.column("x"))) << array.format;
  }
  EXPECT_EQ(Source::alive, 0);
}

TEST(Export, GivesListsWithTheirElements) {
  const Table table = table_of(lists({2, std::nullopt, 1}, texts({{"a"}, {"b"}, {"c"}})).sliced(1, 2));
  const Table again = round_trip(table);
  const Chunk& chunk = again.column("x").chunks()[0];
  EXPECT_EQ(again.column("x").form(), table.column("x").form());
  EXPECT_FALSE(chunk.valid(0));
  EXPECT_EQ(chunk.elements->size(), 3U);
  EXPECT_EQ(labels_in(*chunk.elements), labels_in(*table.column("x").chunks()[0].elements));
}

TEST(Export, SharesBuffersAndOutlivesTheTable) {
  ArrowArrayStream stream{};
  const void* values = nullptr;
  {
    Source source({"x"}, {{numbers<double>("g", {{1}, {2}})}, {numbers<double>("g", {{4}})}});
    const Table table = source.table();
    values = table.column("x").chunks()[0].values;
    to_stream(table, stream);
  }
  const Table again = Table::from_stream(&stream);
  EXPECT_EQ(again.column("x").chunks().size(), 2U);
  EXPECT_EQ(again.column("x").chunks()[0].values, values);
  std::vector<double> read(3);
  again.column("x").numbers(0, read);
  EXPECT_EQ(read, (std::vector<double>{1, 2, 4}));
}

TEST(Export, OfNoRowsHasTheColumns) {
  const Table table = table_of(numbers<double>("g", {}));
  EXPECT_EQ(round_trip(table).names(), (std::vector<std::string>{"x"}));
  EXPECT_EQ(round_trip(table).rows(), 0U);
}

TEST(Export, OfColumnsThatAreNotReadIsRefused) {
  ArrowArrayStream stream{};
  const Table table = table_of({.format = "z", .length = 1, .buffers = {{}, {0}, {0}}});
  EXPECT_THROW(to_stream(table, stream), DataError);
}

}  // namespace enkat::export_test
