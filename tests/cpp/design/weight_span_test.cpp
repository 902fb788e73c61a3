#include "enkat/design/weight_span.hpp"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <vector>

#include "enkat/design/weight_rank.hpp"

namespace enkat::weight_span_test {

using Row = std::array<double, 5>;

/// Rows that are combinations of three.
std::vector<Row> rows_of_rank_3() {
  const std::array<Row, 3> drawn{{{1, 0, 2, 1, 1}, {0, 1, 1, 3, 1}, {2, 2, 0, 0, 1}}};
  std::mt19937 random(3);
  std::vector<Row> rows;
  for (int i = 0; i < 40; ++i) {
    Row row{};
    for (const Row& one : drawn)
      for (const double factor = random() % 4; std::size_t k : {0, 1, 2, 3, 4}) row[k] += factor * one[k];
    rows.push_back(row);
  }
  return rows;
}

WeightSpan span_of(std::span<const Row> rows) {
  WeightSpan span(5);
  for (const Row& row : rows) span.add(row);
  return span;
}

TEST(WeightSpan, HasTheRankOfTheMatrix) {
  const std::vector<Row> rows = rows_of_rank_3();
  EXPECT_EQ(span_of(rows).rank(), 3U);
  EXPECT_EQ(span_of(rows).rank(), weight_rank(rows.size(), 5, [&](std::size_t i, std::span<double> out) {
              std::ranges::copy(rows[i], out.begin());
            }));
  EXPECT_EQ(span_of(std::vector<Row>{{0, 0, 0, 0, 0}}).rank(), 0U);
  EXPECT_EQ(span_of(std::vector<Row>{{1, 2, 3, 4, 5}, {2, 4, 6, 8, 10}}).rank(), 1U);
}

TEST(WeightSpan, OfPartsThatWereSentIsThatOfAllRows) {
  const std::vector<Row> rows = rows_of_rank_3();
  WeightSpan here = span_of(std::span(rows).first(2));
  ByteWriter out;
  span_of(std::span(rows).subspan(2)).write(out);
  ByteReader in(out.bytes());
  here += here.read(in);
  EXPECT_EQ(here.rank(), 3U);
}

}  // namespace enkat::weight_span_test
