#include "enkat/totals/weighted_values.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

#include "enkat/basics/mergeable.hpp"
#include "tests/cpp/sent.hpp"

namespace enkat::weighted_values_test {

static_assert(Mergeable<WeightedValues>);

struct Row {
  std::size_t cell;
  double value;
  double weight;
};

constexpr double largest_weight = 4;

std::vector<Row> rows_with_ties(std::size_t size) {
  std::mt19937 random(7);
  std::vector<Row> rows;
  for (std::size_t i = 0; i < size; ++i)
    rows.push_back(
        {random() % 3, static_cast<double>(random() % 900) / 10, static_cast<double>(random() % 4000) / 1000});
  return rows;
}

/// Keeps everything of three cells.
WeightedValues empty() {
  const double most = std::numeric_limits<double>::max();
  return WeightedValues(largest_weight, ValueWindows({{0, -most, most}, {1, -most, most}, {2, -most, most}}));
}

WeightedDistribution distribution(const WeightedValues& values, std::size_t slot) {
  const double most = std::numeric_limits<double>::max();
  return distribution_of(values.bins(slot, -most, most), Grid::for_bound(largest_weight));
}

WeightedValues filled(auto first, auto last) {
  WeightedValues values = empty();
  for (; first != last; ++first) values.add(first->cell, first->value, first->weight);
  return values;
}

void expect_same(const WeightedValues& a, const WeightedValues& b) {
  for (std::size_t cell = 0; cell < 3; ++cell) {
    const WeightedDistribution x = distribution(a, cell);
    const WeightedDistribution y = distribution(b, cell);
    EXPECT_EQ(x.value, y.value);
    EXPECT_EQ(x.cumulative, y.cumulative);
    EXPECT_EQ(x.count, y.count);
    EXPECT_EQ(x.weight_of_one, y.weight_of_one);
  }
}

TEST(WeightedValues, AreTheSameBitsForAnyOrderOfRowsAndAnyParts) {
  std::vector<Row> rows = rows_with_ties(20000);
  const WeightedValues whole = filled(rows.begin(), rows.end());
  std::shuffle(rows.begin(), rows.end(), std::mt19937(3));
  expect_same(filled(rows.begin(), rows.end()), whole);
  WeightedValues last = filled(rows.begin() + 13000, rows.end());
  WeightedValues parts = empty();
  parts += filled(rows.begin() + 10, rows.begin() + 13000);
  last += parts;
  last += filled(rows.begin(), rows.begin() + 10);
  expect_same(last, whole);
}

TEST(WeightedValues, HoldEachDistinctValueOnceWithAllItsWeight) {
  WeightedValues values = empty();
  values.add(1, 5, 0.5);
  values.add(1, -2, 1.25);
  values.add(1, 5, 4);
  values.add(1, 5, 3);
  values.add(0, 5, 1);
  const WeightedDistribution answers = distribution(values, 1);
  EXPECT_EQ(answers.value, (std::vector<double>{-2, 5}));
  EXPECT_EQ(answers.cumulative, (std::vector<double>{1.25, 8.75}));
  EXPECT_EQ(answers.count, (std::vector<std::int64_t>{1, 4}));
  EXPECT_EQ(answers.weight_of_one, (std::vector<double>{1.25, 2.5}));
  EXPECT_EQ(answers.total(), 8.75);
}

TEST(WeightedValues, WhereNobodyAnsweredThereIsNothing) { EXPECT_EQ(distribution(empty(), 0).size(), 0u); }

TEST(WeightedValues, SumWeightsExactly) {
  WeightedValues values = empty();
  for (int row = 0; row < 100000; ++row) values.add(0, 1, 0.1);
  EXPECT_NEAR(distribution(values, 0).total(), 10000.000000000000555, 1e-11);  // 1e5 times the double next to 0.1
}

TEST(WeightedValues, AnswersOutsideTheWindowsAreNotKept) {
  WeightedValues values(largest_weight, ValueWindows({{1, 0, 5}, {1, 8, 9}}));
  for (const std::size_t slot : {0, 1, 2})
    for (const double value : {-1, 0, 5, 6, 8, 10}) values.add(slot, value, 1);
  EXPECT_EQ(distribution(values, 0).size(), 0U);
  EXPECT_EQ(distribution(values, 1).value, (std::vector<double>{0, 5, 8}));
  EXPECT_EQ(distribution(values, 2).size(), 0U);
}

TEST(WeightedValues, AreTheSameWhenTheyWereSent) {
  const std::vector<Row> rows = rows_with_ties(9000);
  WeightedValues merged = testing::sent(filled(rows.begin(), rows.begin() + 100));
  merged += testing::sent(filled(rows.begin() + 100, rows.end()));
  expect_same(merged, filled(rows.begin(), rows.end()));
}

}  // namespace enkat::weighted_values_test
