#include "enkat/data/column_facts.hpp"

#include <gtest/gtest.h>

#include "enkat/data/table.hpp"
#include "tests/cpp/sent.hpp"

namespace enkat::column_facts_test {

ColumnFacts facts_of(const std::string& column, double low, double high, const std::string& group) {
  ColumnFacts facts;
  facts.ranges[column].add(std::vector<double>{low, high});
  facts.labels["g"].add(Table::from_columns({{"g", std::vector<std::string>{group}}}).column("g"));
  return facts;
}

TEST(ColumnFacts, OfPartsAreThoseOfAllTheirColumns) {
  ColumnFacts facts = facts_of("age", 20, 30, "south");
  EXPECT_TRUE(ColumnFacts().empty());
  EXPECT_FALSE(facts.empty());
  facts += testing::sent(facts_of("age", 10, 25, "north"));
  facts += testing::sent(facts_of("income", 1, 2, "north"));
  EXPECT_EQ(facts.ranges.at("age").range().low, 10);
  EXPECT_EQ(facts.ranges.at("age").range().high, 30);
  EXPECT_EQ(facts.ranges.at("income").range().high, 2);
  const Labels labels = facts.labels.at("g").labels("g");
  ASSERT_EQ(labels.size(), 2U);
  EXPECT_EQ(labels.text(0), "north");
}

}  // namespace enkat::column_facts_test
