#include "enkat/estimate/ranking.hpp"

#include <algorithm>

#include "enkat/basics/distribution.hpp"
#include "enkat/basics/error.hpp"

namespace enkat {
namespace {

struct OrderedPair {
  std::size_t above;
  std::size_t below;
  double p_value;
};

// Exact McNemar, one-sided: how surprising so many discordant answers in favour of j are when both are equally common.
double one_sided(const DiscordantCounts& b, std::size_t j, std::size_t k) {
  return binomial_upper(static_cast<double>(b[j][k]), static_cast<double>(b[j][k] + b[k][j]), 0.5);
}

void require_square(const DiscordantCounts& b) {
  const bool square = std::ranges::all_of(b, [&](const auto& row) { return row.size() == b.size(); });
  if (!square)
    throw EstimateError("estimate.ranking_shape", "the discordant counts must be a square matrix, item by item");
}

// How many more ticked k than j is b_kj − b_jk, so the order by counts needs no counts.
std::int64_t point_rank(const DiscordantCounts& b, std::size_t j) {
  std::int64_t rank = 1;
  for (std::size_t k = 0; k < b.size(); ++k) rank += k != j && b[k][j] > b[j][k];
  return rank;
}

}  // namespace

std::vector<RankRow> rank_sets(const DiscordantCounts& discordant, double level) {
  require_square(discordant);
  const std::size_t items = discordant.size();
  std::vector<OrderedPair> pairs;
  std::vector<RankRow> rows;
  for (std::size_t j = 0; j < items; ++j) {
    rows.push_back({point_rank(discordant, j), 1, static_cast<std::int64_t>(items)});
    for (std::size_t k = 0; k < items; ++k)
      if (k != j) pairs.push_back({j, k, one_sided(discordant, j, k)});
  }
  std::ranges::sort(pairs, {}, &OrderedPair::p_value);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].p_value > (1 - level) / static_cast<double>(pairs.size() - i)) break;
    ++rows[pairs[i].below].rank_low;
    --rows[pairs[i].above].rank_high;
  }
  return rows;
}

Winner winner(const DiscordantCounts& discordant) {
  require_square(discordant);
  if (discordant.size() < 2) throw EstimateError("estimate.ranking_needs_two", "a ranking needs at least two items");
  std::vector<std::size_t> order(discordant.size());
  std::vector<std::int64_t> rank(discordant.size());
  for (std::size_t j = 0; j < order.size(); ++j) {
    order[j] = j;
    rank[j] = point_rank(discordant, j);
  }
  std::ranges::stable_sort(order, {}, [&](std::size_t j) { return rank[j]; });
  Winner result{order[0], order[1], 0};
  for (std::size_t k = 1; k < order.size() && rank[order[k]] == rank[order[1]]; ++k) {
    const double p = std::min(1.0, 2 * one_sided(discordant, order[0], order[k]));
    if (p <= result.p_value) continue;
    result.runner_up = order[k];
    result.p_value = p;
  }
  return result;
}

}  // namespace enkat
