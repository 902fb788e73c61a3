#include "enkat/design/drawn_rows.hpp"

#include <gtest/gtest.h>

#include "enkat/design/sample.hpp"
#include "tests/cpp/sent.hpp"

namespace enkat::drawn_rows_test {

using Names = std::vector<std::string>;
using Numbers = std::vector<double>;

Design stratified_clusters() {
  Design design;
  design.strata = {"h"};
  design.cluster = {"c"};
  design.weight = "w";
  return design;
}

Table rows(const Names& strata, const Numbers& clusters) {
  return Table::from_columns({{"h", strata}, {"c", clusters}, {"w", Numbers(strata.size(), 2)}});
}

const Table first = rows({"b", "a", "a"}, {3, 1, 1});
const Table second = rows({"a", "a", "b"}, {2, 1, 4});
const Table all = rows({"b", "a", "a", "a", "a", "b"}, {3, 1, 1, 2, 1, 4});

DrawnRows drawn(const std::vector<Table>& parts) {
  DrawnRows merged(all, stratified_clusters());
  for (const Table& part : parts) {
    DrawnRows one(all, stratified_clusters());
    one.add(part);
    merged += testing::sent(one);
  }
  return merged;
}

TEST(DrawnRows, AreTheCombinationsThatOccurInAnyPart) {
  const DrawnRows found = drawn({second, first});
  EXPECT_EQ(found.rows(), 6);
  EXPECT_EQ(found.table().rows(), 4U);
  std::int64_t rows = 0;
  for (const std::int64_t count : found.counts()) rows += count;
  EXPECT_EQ(rows, 6);
  EXPECT_EQ(testing::bytes_of(found), testing::bytes_of(drawn({first, second})));
}

// The sampling units of every row are those it has when all rows are in memory.
TEST(DrawnRows, GiveEveryPartTheUnitsOfTheWhole) {
  const Sample whole(all, stratified_clusters());
  const Sample in_parts(drawn({second, first}), stratified_clusters());
  EXPECT_EQ(in_parts.rows(), whole.rows());
  EXPECT_EQ(in_parts.units(), whole.units());
  std::vector<std::int32_t> units;
  for (const Table& part : {first, second}) {
    const Sample rows_of_part = in_parts.part(part, stratified_clusters(), in_parts.combinations(part));
    units.insert(units.end(), rows_of_part.unit().begin(), rows_of_part.unit().end());
  }
  EXPECT_EQ(units, whole.unit());
}

TEST(DrawnRows, RowsWithoutAStratumAreCountedAndRefused) {
  DrawnRows found(all, stratified_clusters());
  found.add(rows({"a", ""}, {1, 1}));
  EXPECT_THROW(found.check(), DesignError);
}

TEST(DrawnIndex, ACombinationThatWasNotThereBeforeIsRefused) {
  const DrawnIndex index(drawn({first}).table(), stratified_clusters());
  EXPECT_EQ(index.find(first).size(), 3U);
  try {
    index.find(second);
    FAIL();
  } catch (const DataError& error) {
    EXPECT_EQ(error.code, "data.changed");
  }
}

}  // namespace enkat::drawn_rows_test
