#include "enkat/estimate/ranking.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "enkat/basics/error.hpp"

namespace enkat::ranking_test {

// Single choice: those who ticked j did not tick k.
DiscordantCounts single_choice(const std::vector<std::int64_t>& counts) {
  DiscordantCounts b(counts.size(), std::vector<std::int64_t>(counts.size(), 0));
  for (std::size_t j = 0; j < counts.size(); ++j)
    for (std::size_t k = 0; k < counts.size(); ++k)
      if (j != k) b[j][k] = counts[j];
  return b;
}

TEST(RankSets, ClearlyDifferentItemsHaveOnePlaceEach) {
  const auto rows = rank_sets(single_choice({50, 500, 200}));
  EXPECT_EQ(rows[0], (RankRow{3, 3, 3}));
  EXPECT_EQ(rows[1], (RankRow{1, 1, 1}));
  EXPECT_EQ(rows[2], (RankRow{2, 2, 2}));
}

TEST(RankSets, EqualItemsShareTheBestPlaceAndMayHaveAny) {
  for (const RankRow& row : rank_sets(single_choice({40, 40, 40}))) EXPECT_EQ(row, (RankRow{1, 1, 3}));
}

TEST(RankSets, TiedItemsShareTheBestPlace) {
  const auto rows = rank_sets(single_choice({300, 90, 300, 80}));
  EXPECT_EQ(rows[0], (RankRow{1, 1, 2}));
  EXPECT_EQ(rows[2], (RankRow{1, 1, 2}));
  EXPECT_EQ(rows[1], (RankRow{3, 3, 4}));
  EXPECT_EQ(rows[3], (RankRow{4, 3, 4}));
}

TEST(RankSets, ThePointRankLiesInTheSet) {
  for (const auto& counts : std::vector<std::vector<std::int64_t>>{{5, 4, 3, 2, 1}, {100, 99, 60, 58, 1}, {0, 0, 7}})
    for (const RankRow& row : rank_sets(single_choice(counts))) {
      EXPECT_LE(row.rank_low, row.rank);
      EXPECT_GE(row.rank_high, row.rank);
    }
}

TEST(RankSets, TwoItemsNeedAOneSidedTestAtHalfTheErrorRate) {
  // Holm over two ordered pairs: 2^-n ≤ .05 / 2 first at n = 6.
  EXPECT_EQ(rank_sets(single_choice({5, 0}))[0].rank_high, 2);
  EXPECT_EQ(rank_sets(single_choice({6, 0}))[0].rank_high, 1);
}

TEST(RankSets, TheOrderOfTheItemsDoesNotMatter) {
  const auto a = rank_sets(single_choice({31, 90, 33, 12, 88}));
  const auto b = rank_sets(single_choice({88, 12, 33, 90, 31}));
  for (std::size_t j = 0; j < a.size(); ++j) EXPECT_EQ(a[j], b[a.size() - 1 - j]);
}

TEST(RankSets, NoItemsHaveNoPlaces) { EXPECT_TRUE(rank_sets({}).empty()); }

TEST(RankSets, CountsMustBeSquare) { EXPECT_THROW(rank_sets({{0, 1}, {2}}), EstimateError); }

TEST(Winner, TwoHundredAndTenAgainstOneHundredAndNinetyFiveIsASharedFirstPlace) {
  const Winner result = winner({{0, 210}, {195, 0}});
  EXPECT_EQ(result.item, 0u);
  EXPECT_NEAR(result.p_value, 0.49, 0.005);
}

TEST(Winner, AnExactTieHasPValueOne) { EXPECT_EQ(winner({{0, 50}, {50, 0}}).p_value, 1); }

TEST(Winner, IsTwiceTheBinomialTail) { EXPECT_NEAR(winner({{0, 10}, {0, 0}}).p_value, 2 * std::pow(0.5, 10), 1e-15); }

TEST(Winner, AmongTiedRunnersUpTheLeastClearDecides) {
  const Winner result = winner({{0, 30, 60}, {20, 0, 40}, {50, 40, 0}});
  EXPECT_EQ(result.item, 0u);
  EXPECT_EQ(result.runner_up, 2u);  // 60 against 50 is less clear than 30 against 20
}

TEST(Winner, NeedsTwoItems) { EXPECT_THROW(winner({{0}}), EstimateError); }

}  // namespace enkat::ranking_test
