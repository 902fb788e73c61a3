#include "enkat/data/column.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "arrow_source.hpp"
#include "enkat/basics/error.hpp"

namespace enkat::column_test {

using namespace test;

template <class T>
using Cells = std::vector<std::optional<T>>;

std::vector<std::optional<double>> numbers_of(const Table& table, std::size_t first = 0) {
  std::vector<double> values(table.rows() - first);
  table.column("x").numbers(first, values);
  std::vector<std::optional<double>> cells;
  for (const double value : values) cells.push_back(std::isnan(value) ? std::nullopt : std::optional(value));
  return cells;
}

Words texts_of(const Table& table, std::size_t first = 0) {
  std::vector<std::string_view> values(table.rows() - first);
  table.column("x").texts(first, values);
  Words cells;
  for (const auto value : values)
    cells.push_back(value.data() == nullptr ? std::nullopt : std::optional(std::string(value)));
  return cells;
}

template <class T>
void reads_numbers(const std::string& format) {
  const Array array = numbers<T>(format, Cells<T>{1, std::nullopt, 3, 100});
  EXPECT_EQ(numbers_of(table_of(array)), (Cells<double>{1, std::nullopt, 3, 100})) << format;
  EXPECT_EQ(numbers_of(table_of(array.sliced(1, 3))), (Cells<double>{std::nullopt, 3, 100})) << format;
}

TEST(Column, ReadsEveryTypeOfNumberWholeAndSliced) {
  reads_numbers<std::int8_t>("c");
  reads_numbers<std::uint8_t>("C");
  reads_numbers<std::int16_t>("s");
  reads_numbers<std::uint16_t>("S");
  reads_numbers<std::int32_t>("i");
  reads_numbers<std::uint32_t>("I");
  reads_numbers<std::int64_t>("l");
  reads_numbers<std::uint64_t>("L");
  reads_numbers<float>("f");
  reads_numbers<double>("g");
}

TEST(Column, ReadsBitsAcrossByteBoundaries) {
  Cells<bool> cells;
  for (int i = 0; i < 21; ++i) cells.push_back(i % 5 == 0 ? std::nullopt : std::optional(i % 3 == 0));
  const Array array = booleans(cells);
  for (std::int64_t first = 0; first < 12; ++first) {
    const auto read = numbers_of(table_of(array.sliced(first, 9)));
    for (std::size_t i = 0; i < 9; ++i) EXPECT_EQ(read[i], cells[static_cast<std::size_t>(first) + i]);
  }
}

TEST(Column, ReadsTextsOfBothWidthsWholeAndSliced) {
  const Words words{"å", std::nullopt, "", "lång text"};
  EXPECT_EQ(texts_of(table_of(texts<std::int32_t>(words))), words);
  EXPECT_EQ(texts_of(table_of(texts<std::int64_t>(words))), words);
  EXPECT_EQ(texts_of(table_of(texts<std::int64_t>(words).sliced(2, 2))), (Words{"", "lång text"}));
}

TEST(Column, ReadsDictionariesWithNullsInTheIndexAndAmongTheWords) {
  const Array words = texts(Words{"a", std::nullopt, "c"});
  const Array array = dictionary<std::int8_t>("c", {2, std::nullopt, 0, 1}, words);
  EXPECT_EQ(texts_of(table_of(array)), (Words{"c", std::nullopt, "a", std::nullopt}));
  EXPECT_EQ(texts_of(table_of(array.sliced(2, 2))), (Words{"a", std::nullopt}));
  const Array wide = dictionary<std::int32_t>("i", {2, 0}, texts<std::int64_t>(Words{"a", "b", "c"}));
  EXPECT_EQ(texts_of(table_of(wide)), (Words{"c", "a"}));
}

TEST(Column, ReadsDictionariesOfNumbersAsTheirNumbersWholeAndSliced) {
  const Array categories = numbers<double>("g", Cells<double>{2.5, std::nullopt, -1});
  const Array array = dictionary<std::uint8_t>("C", {0, std::nullopt, 1, 2, 0}, categories, true);
  EXPECT_EQ(numbers_of(table_of(array)), (Cells<double>{2.5, std::nullopt, std::nullopt, -1, 2.5}));
  EXPECT_EQ(numbers_of(table_of(array.sliced(2, 3))), (Cells<double>{std::nullopt, -1, 2.5}));
  const Array sliced_categories = numbers<std::int16_t>("s", Cells<std::int16_t>{9, 7, 8}).sliced(1, 2);
  EXPECT_EQ(numbers_of(table_of(dictionary<std::int8_t>("c", {1, 0}, sliced_categories))), (Cells<double>{8, 7}));
  const Array bits = booleans({true, false, true, std::nullopt}).sliced(1, 3);
  EXPECT_EQ(numbers_of(table_of(dictionary<std::int8_t>("c", {1, 0, 2, 1}, bits))),
            (Cells<double>{1, 0, std::nullopt, 1}));
  EXPECT_THROW(table_of(dictionary<std::int8_t>("c", {3}, categories)), DataError);
}

TEST(Column, ChunksReadAsOneColumnFromAnyRow) {
  Cells<std::int16_t> all;
  for (std::int16_t i = 0; i < 40; ++i) all.push_back(i % 7 == 0 ? std::nullopt : std::optional(i));
  const Array whole = numbers<std::int16_t>("s", all);
  Source source({"x"}, {{whole.sliced(0, 3)}, {whole.sliced(3, 0)}, {whole.sliced(3, 20)}, {whole.sliced(23, 17)}});
  const Table chunked = source.table();
  const Table unchunked = table_of(whole);
  EXPECT_EQ(chunked.column("x").chunks().size(), 3U);
  for (std::size_t first = 0; first < 40; ++first) EXPECT_EQ(numbers_of(chunked, first), numbers_of(unchunked, first));
}

TEST(Column, NanIsMissingAsNullIs) {
  const Table table = table_of(numbers<double>("g", Cells<double>{1.0, std::nan(""), std::nullopt}));
  std::vector<std::uint8_t> present(3);
  table.column("x").present(0, present);
  EXPECT_EQ(present, (std::vector<std::uint8_t>{1, 0, 0}));
}

TEST(Column, WithoutAnyValueIsMissingThroughout) {
  const Table table = table_of({.format = "n", .length = 2});
  EXPECT_EQ(numbers_of(table), (Cells<double>{std::nullopt, std::nullopt}));
  EXPECT_EQ(texts_of(table), (Words{std::nullopt, std::nullopt}));
}

TEST(Column, RefusesTextAsNumbersWithoutShowingIt) {
  const Table table = table_of(texts(Words{"Anna Andersson"}));
  try {
    numbers_of(table);
    FAIL();
  } catch (const DataError& error) {
    EXPECT_EQ(error.code, "data.not_a_number");
    EXPECT_EQ(std::string(error.what()).find("Anna"), std::string::npos);
  }
  EXPECT_THROW(texts_of(table_of(numbers<double>("g", Cells<double>{1.0}))), DataError);
}

}  // namespace enkat::column_test
