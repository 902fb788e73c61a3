#include "enkat/design/distinct_rows.hpp"

#include <gtest/gtest.h>

#include "tests/cpp/design/mixed_people.hpp"

namespace enkat::distinct_rows_test {

using namespace mixed_people;

NoMonitor nobody;

DistinctRows distinct_rows(const Survey& survey, const std::vector<ModelTerm>& terms) {
  const auto cells = std::make_shared<const AuxiliaryCells>(std::make_shared<const Auxiliaries>(survey, false, terms));
  return {cells, auxiliary_moments(survey, cells, nobody).cells};
}

TEST(DistinctRows, CategoriesTakeThePlaceOfRows) {
  const Survey people = survey(900);
  const DistinctRows rows = distinct_rows(people, {{{"sex"}}, {{"region"}}});
  EXPECT_TRUE(rows.collapsed());
  EXPECT_EQ(rows.size(), 8U);
  std::vector<std::int32_t> place(people.rows());
  rows.of_rows({0, people.rows()}, place);
  const Numbers w = weights(people);
  Numbers sums(rows.size(), 0);
  ModelRows own, distinct;
  rows.x().observe({0, people.rows()}, own);
  rows.observe({0, rows.size()}, distinct);
  for (std::size_t i = 0; i < w.size(); ++i) {
    const auto at = static_cast<std::size_t>(place[i]);
    sums[at] += w[i];
    for (std::size_t t = 0; t < 2; ++t) EXPECT_EQ(distinct.column[at * 2 + t], own.column[i * 2 + t]);
  }
  for (std::size_t c = 0; c < sums.size(); ++c) EXPECT_NEAR(rows.table().weight[c], sums[c], 1e-11);
}

TEST(DistinctRows, WithANumberEveryRowIsByItself) {
  const Survey people = survey(50);
  const DistinctRows rows = distinct_rows(people, {{{"sex"}}, {{"age"}}});
  EXPECT_FALSE(rows.collapsed());
  EXPECT_EQ(rows.size(), 50U);
  std::vector<std::int32_t> place(3);
  rows.of_rows({7, 10}, place);
  EXPECT_EQ(place, (std::vector<std::int32_t>{7, 8, 9}));
}

TEST(DistinctRows, ACellWithoutWeightWeighsNothing) {
  Design design;
  design.weight = "w";
  const Survey people(Table::from_columns({{"sex", Texts{"k", "m", "k"}}, {"w", Numbers{1, 0, 2}}}), Codebook(),
                      design);
  const DistinctRows rows = distinct_rows(people, {{{"sex"}}});
  EXPECT_EQ(rows.table().weight, (Numbers{3, 0}));
}

}  // namespace enkat::distinct_rows_test
