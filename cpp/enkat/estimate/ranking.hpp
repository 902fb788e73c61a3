#pragma once

#include <cstdint>
#include <vector>

namespace enkat {

/// discordant[j][k]: how many respondents ticked item j and not item k. The diagonal is ignored.
using DiscordantCounts = std::vector<std::vector<std::int64_t>>;

/// The place of an item by its count (ties share the best), with the places it may have in the joint confidence set.
struct RankRow {
  std::int64_t rank = 0;
  std::int64_t rank_low = 0;
  std::int64_t rank_high = 0;

  friend bool operator==(const RankRow&, const RankRow&) = default;
};

/// Places of all items with joint confidence `level`.
///
/// Each ordered pair has its exact McNemar test, P(Bin(b_jk + b_kj, ½) ≥ b_jk); Holm (1979) over all K(K − 1) pairs
/// keeps the chance of any false order below 1 − level, whatever the dependence between items. An item's best place is
/// one more than the items significantly above it, its worst place K less those significantly below (as Mogstad,
/// Romano, Shaikh & Wilhelm, 2024, with exact tests). Valid for independent, unweighted respondents; single choice is a
/// special case.
std::vector<RankRow> rank_sets(const DiscordantCounts& discordant, double level = 0.95);

/// Is the first item first? The two-sided exact test of the item ranked first against its runner-up.
struct Winner {
  std::size_t item = 0;
  std::size_t runner_up = 0;
  /// The largest p-value among the runners-up tied for second place; 1 where the first place is shared.
  double p_value = 1;
};

/// Choosing the winner by the same data is allowed for: Hung & Fithian (2019), Annals of Statistics 47.
/// Needs at least two items, else an EstimateError.
Winner winner(const DiscordantCounts& discordant);

}  // namespace enkat
