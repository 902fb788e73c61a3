#include "enkat/report/verdict.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/basics/whole_percent.hpp"
#include "enkat/report/natural_frequency.hpp"
#include "enkat/report/robustness.hpp"
#include "enkat/report/says.hpp"
#include "enkat/report/verdict_parts.hpp"
#include "enkat/report/wording.hpp"

namespace enkat {
namespace {

// Exactly, where the weighted share is the unweighted one.
bool estimate_fits(const Phrase& phrase, const Evidence& e) {
  return e.is_weighted() ? phrase.contains_share(e.estimate) : phrase.contains(e.count, e.n);
}

// Words that are true of the share that is printed; a weighted one is taken to a millionth.
std::string would_be_true(const Phrase& phrase, const Evidence& e, bool plain, const Claim& claim) {
  constexpr std::int64_t million = 1'000'000;
  const std::int64_t count = plain ? e.count : std::llround(e.estimate * million), n = plain ? e.n : million;
  const bool spoken = phrase.kind == PhraseKind::share || phrase.kind == PhraseKind::threshold;
  return spoken ? true_phrase(count, n, claim.policy, claim.language) : percent_phrase(count, n, claim.language);
}

void judge_population_share(Verdict& v, const Phrase& phrase, const Evidence& e, const Claim& claim) {
  if (e.base_too_small) return set_population(v, Finding::insufficient, claim);
  if (!e.bounds) return;
  const bool fits = estimate_fits(phrase, e);
  show_bounds(v, *e.bounds, e.bounds_without_fpc);
  if (fits) {
    v.r_star = r_star(e.estimate, phrase.cover.low.value());
    v.r_star_high = r_star_high(e.estimate, phrase.cover.high.value());
  }
  const Interval words = phrase.interval();
  const bool finer_than_known = phrase.kind == PhraseKind::percent && words.high - words.low < *v.ci_high - *v.ci_low;
  if (finer_than_known && (fits || claim.scope == Scope::respondents)) return;
  set_population(v, population_finding(phrase.cover, fits, *e.bounds, e.bounds_without_fpc), claim);
}

void judge_share(Verdict& v, const Phrase& phrase, const Evidence& e, const Claim& claim) {
  v.interval = phrase.interval();
  if (e.withheld || e.n == 0) return set_both(v, Finding::insufficient, claim);
  const bool weighted = e.is_weighted(), plain = e.plain || !weighted, plainly = phrase.contains(e.count, e.n);
  v.estimate = plain ? e.plain_share() : e.estimate;
  v.percent = plain ? whole_percent(e.count, e.n) : whole_percent(e.estimate);
  if (!plain) v.unweighted = whole_percent(e.count, e.n);
  v.n = e.n;
  v.count = e.count;
  const bool holds = plain ? plainly : estimate_fits(phrase, e);
  set_respondents(v, holds ? Finding::holds : Finding::fails, claim);
  judge_population_share(v, phrase, e, claim);
  if (weighted && estimate_fits(phrase, e) != plainly) v.lint.emplace_back("WEIGHT");
  if (e.other_n && *e.other_n > 0 && phrase.contains(e.count, *e.other_n) != plainly) v.lint.emplace_back("BASE");
  if (contradicted_in_scope(v, claim.scope)) v.would_be_true = would_be_true(phrase, e, plain, claim);
}

void judge_number(Verdict& v, const Phrase& phrase, const Evidence& e, const Claim& claim) {
  v.interval = phrase.interval();
  v.count = e.count;
  const bool holds = phrase.contains(e.count);
  set_respondents(v, holds ? Finding::holds : Finding::fails, claim);
  // A number of answers has no population behind it: its only scope is what was counted.
  v.scope = Scope::respondents;
  if (!holds) v.would_be_true = std::to_string(e.count);
}

// The places that the words name: up to which, the words say, unless they leave it open and the claim says it.
struct Places {
  std::int64_t first = 1;
  std::int64_t last = 1;

  bool hold(std::int64_t rank) const { return rank >= first && rank <= last; }
};

Places places(const Phrase& phrase, const Evidence& e, const Claim& claim) {
  const std::int64_t said = phrase.top.value_or(1);
  const std::int64_t first = phrase.cover.low.numerator;
  if (first > 1) return {first, said};  // näst vanligast
  if (phrase.top_stated) return {1, std::min(said, claim.top.value_or(said))};
  return {1, claim.top.value_or(std::max(said, static_cast<std::int64_t>(e.claimed.size())))};
}

Finding population_rank(const Verdict& v, const Places& places) {
  bool all_within = true, all_meet = true;
  for (std::size_t j = 0; j < v.rank.size(); ++j) {
    all_within = all_within && places.hold(v.rank_low[j]) && places.hold(v.rank_high[j]);
    all_meet = all_meet && v.rank_low[j] <= places.last && v.rank_high[j] >= places.first;
  }
  if (all_within) return Finding::supported;
  if (!all_meet) return Finding::contradicted;
  const bool holds = std::ranges::all_of(v.rank, [&](std::int64_t rank) { return places.hold(rank); });
  return holds ? Finding::uncertain : Finding::misrounded;
}

// Is one of the claimed answers among several that share the last place within the line?
bool shared_across_line(const Evidence& e, std::int64_t top) {
  std::int64_t inside = 0, last = 0;
  for (const RankRow& row : e.ranks) {
    if (row.rank > top) continue;
    ++inside;
    last = std::max(last, row.rank);
  }
  return inside > top && std::ranges::any_of(e.claimed, [&](std::size_t j) { return e.ranks.at(j).rank == last; });
}

void judge_rank(Verdict& v, const Phrase& phrase, const Evidence& e, const Claim& claim) {
  const Places named = places(phrase, e, claim);
  v.interval = Interval{static_cast<double>(named.first), static_cast<double>(named.last)};
  if (!phrase.top_stated && !claim.top) v.lint.emplace_back("TOP");
  if (e.withheld || e.n == 0 || e.claimed.empty()) return set_both(v, Finding::insufficient, claim);
  v.n = e.n;
  v.winner_p = e.winner_p;
  for (const std::size_t j : e.claimed) {
    v.rank.push_back(e.ranks.at(j).rank);
    if (!e.rank_sets) continue;
    v.rank_low.push_back(e.ranks[j].rank_low);
    v.rank_high.push_back(e.ranks[j].rank_high);
  }
  const bool holds = std::ranges::all_of(v.rank, [&](std::int64_t rank) { return named.hold(rank); });
  set_respondents(v, holds ? Finding::holds : Finding::fails, claim);
  if (shared_across_line(e, named.last)) v.lint.emplace_back("TIE");
  if (e.base_too_small || !e.rank_sets)
    set_population(v, Finding::insufficient, claim);
  else
    set_population(v, population_rank(v, named), claim);
  if (!contradicted_in_scope(v, claim.scope)) return;
  const Wording wording(claim.language);
  std::vector<std::string> ranks;
  for (const std::int64_t rank : v.rank) ranks.push_back(std::to_string(rank));
  v.would_be_true = wording.of("plats ", ranks.size() == 1 ? "place " : "places ") + wording.list(ranks);
}

}  // namespace

Verdict judge(const Phrase& phrase, const Evidence& evidence, const Claim& claim) {
  Verdict v = begin_verdict(phrase.text, name_of(phrase.kind), claim);
  v.lint = phrase.lint;
  if (phrase.kind == PhraseKind::rank)
    judge_rank(v, phrase, evidence, claim);
  else if (phrase.kind == PhraseKind::count)
    judge_number(v, phrase, evidence, claim);
  else
    judge_share(v, phrase, evidence, claim);
  v.fails = contradicted_in_scope(v, phrase.kind == PhraseKind::count ? Scope::respondents : claim.scope);
  v.says = says(v, phrase, claim);
  return v;
}

Verdict unchecked(const std::string& text, const std::string& why, const Claim& claim) {
  Verdict v = begin_verdict(text, name_of(ClaimKind::vague), claim);
  set_both(v, Finding::unchecked, claim);
  v.says = says_unchecked(why, claim);
  return v;
}

}  // namespace enkat
