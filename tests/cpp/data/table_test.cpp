#include "enkat/data/table.hpp"

#include <gtest/gtest.h>

#include "arrow_source.hpp"
#include "enkat/basics/error.hpp"

namespace enkat::table_test {

using namespace test;
using Ints = std::vector<std::optional<std::int32_t>>;

template <class Use>
std::string code_of(const Use& use) {
  try {
    use();
  } catch (const Error& error) {
    return error.code;
  }
  return "no error";
}

TEST(Table, BorrowsBatchesAndReleasesThemWithTheLastColumn) {
  {
    std::optional<Column> kept;
    {
      Source source({"x"}, {{numbers<std::int32_t>("i", Ints{1, 2})}, {numbers<std::int32_t>("i", Ints{3})}});
      const Table table = source.table();
      EXPECT_EQ(table.rows(), 3U);
      kept = table.column("x");
    }
    EXPECT_EQ(Source::alive, 4) << "two batches of one column: a struct and its child each";
    std::vector<double> values(3);
    kept->numbers(0, values);
    EXPECT_EQ(values, (std::vector<double>{1, 2, 3}));
  }
  EXPECT_EQ(Source::alive, 0);
}

TEST(Table, RefusesTwoColumnsOfOneName) {
  Source source({"x", "x"}, {{numbers<std::int32_t>("i", Ints{1}), numbers<std::int32_t>("i", Ints{1})}});
  EXPECT_EQ(code_of([&] { source.table(); }), "data.duplicate_column");
  EXPECT_EQ(Source::alive, 0);
}

TEST(Table, ReportsASourceThatFails) {
  Source source({"x"}, {{numbers<std::int32_t>("i", Ints{1})}});
  source.fails_at = 1;
  try {
    source.table();
    FAIL();
  } catch (const DataError& error) {
    EXPECT_EQ(error.code, "data.stream_failed");
    EXPECT_NE(std::string(error.what()).find("the disk is gone"), std::string::npos);
  }
  EXPECT_EQ(Source::alive, 0);
}

TEST(Table, RefusesPartsWithOtherColumns) {
  const Array x = numbers<std::int32_t>("i", Ints{1});
  Source source({"x"}, {{x}, {x, x}});
  EXPECT_EQ(code_of([&] { source.table(); }), "data.schema_differs");
  EXPECT_EQ(Source::alive, 0);
}

TEST(Table, RefusesASingleColumnAndAStreamReadBefore) {
  Source source({}, {{numbers<std::int32_t>("i", Ints{1})}});
  source.is_table = false;
  EXPECT_EQ(code_of([&] { source.table(); }), "data.not_a_table");
  Source other({"x"}, {{numbers<std::int32_t>("i", Ints{1})}});
  ArrowArrayStream stream = other.stream();
  Table::from_stream(&stream);
  EXPECT_EQ(code_of([&] { Table::from_stream(&stream); }), "data.stream_failed");
}

TEST(Table, SuggestsTheNearestColumn) {
  const Table table = Table::from_columns({{"occupation", std::vector<std::string>{"a"}}});
  try {
    table.column("ocupation");
    FAIL();
  } catch (const DataError& error) {
    EXPECT_EQ(error.code, "data.unknown_column");
    EXPECT_NE(std::string(error.what()).find("did you mean 'occupation'?"), std::string::npos);
  }
}

TEST(Table, RefusesTypesItDoesNotReadWhenTheyAreUsedNotBefore) {
  const Array decimals{.format = "d:12,2", .length = 1, .buffers = {{}, {1}}};
  Source source({"x", "price"}, {{numbers<std::int32_t>("i", Ints{1}), decimals}});
  const Table table = source.table();
  EXPECT_EQ(table.column("x").size(), 1U);
  EXPECT_EQ(code_of([&] { table.column("price"); }), "data.unsupported_type");
}

TEST(Table, RefusesColumnsOfUnequalLength) {
  EXPECT_EQ(code_of([] { Table::from_columns({{"a", std::vector<double>{1, 2}}, {"b", std::vector<double>{1}}}); }),
            "data.unequal_columns");
}

TEST(Table, WithoutBatchesHasItsColumnsAndNoRows) {
  Source source({"x"}, {{numbers<std::int32_t>("i", Ints{})}});
  const Table table = source.table();
  EXPECT_EQ(table.rows(), 0U);
  EXPECT_TRUE(table.has("x"));
}

TEST(Table, HonoursTheOffsetOfASlicedBatch) {
  Source source({"x"}, {{numbers<std::int32_t>("i", Ints{1, std::nullopt, 3, 4})}});
  source.batch_offset = 2;
  std::vector<double> values(2);
  source.table().column("x").numbers(0, values);
  EXPECT_EQ(values, (std::vector<double>{3, 4}));
}

}  // namespace enkat::table_test
