#include <cmath>

#include "enkat/basics/whole_percent.hpp"
#include "enkat/report/robustness.hpp"
#include "enkat/report/says_comparison.hpp"
#include "enkat/report/true_comparison.hpp"
#include "enkat/report/verdict_parts.hpp"

namespace enkat {
namespace {

// Weights that differ between the sides change numbers of people, even where they leave both shares as they are.
bool is_weighted(const ComparedEvidence& e) {
  if (!e.numbers) return e.first.is_weighted() || e.second.is_weighted();
  const double plainly = static_cast<double>(e.first.count) / static_cast<double>(e.second.count);
  return e.second.count > 0 && std::abs(e.ratio.estimate - plainly) >= 1e-12 * plainly;
}

// Exactly, of parts of a whole.
bool holds_of(const Comparison& words, std::int64_t first, std::int64_t second, std::int64_t whole) {
  if (words.measure == Measure::ratio) return words.cover.contains(first, second);
  return words.cover.contains(first - second, whole) && (!words.ratio || words.ratio->contains(first, second));
}

bool holds_plainly(const Comparison& words, const ComparedEvidence& e) {
  const Evidence &a = e.first, &b = e.second;
  if (e.numbers) return words.cover.contains(a.count, b.count);
  return holds_of(words, a.count * b.n, b.count * a.n, a.n * b.n);
}

// Without what rounding left: .6 of .3 is twice as much.
bool covers(const Cover& words, double measured) { return words.contains(std::round(measured * 1e12) / 1e12); }

bool holds_weighted(const Comparison& words, const ComparedEvidence& e) {
  const double measured = words.measure == Measure::ratio ? e.ratio.estimate : e.difference.estimate;
  return covers(words.cover, measured) && (!words.ratio || covers(*words.ratio, e.ratio.estimate));
}

bool holds(const Comparison& words, const ComparedEvidence& e) {
  return is_weighted(e) && !e.first.plain ? holds_weighted(words, e) : holds_plainly(words, e);
}

// Of whole per cents, as a reader takes them from the chart.
bool holds_as_printed(const Comparison& words, const Verdict& v) {
  return holds_of(words, *v.percent, *v.than_percent, 100);
}

Finding finding_of(const Cover& words, const MeasureEvidence& measured) {
  return population_finding(words, covers(words, measured.estimate), *measured.bounds, measured.bounds_without_fpc);
}

// Of words that say two things: what is wrong with one of them is wrong with the words.
Finding both(Finding a, Finding b) {
  for (const Finding worst : {Finding::contradicted, Finding::misrounded, Finding::uncertain})
    if (a == worst || b == worst) return worst;
  return Finding::supported;
}

// The share of the first side at which words about the ratio or the difference would begin or end to hold.
double share_at(const Comparison& words, Rational limit, double second) {
  return words.measure == Measure::ratio ? limit.value() * second : second + limit.value();
}

void judge_population(Verdict& v, const Comparison& words, const ComparedEvidence& e, const Claim& claim) {
  if (e.base_too_small) return set_population(v, Finding::insufficient, claim);
  const MeasureEvidence& measured = words.measure == Measure::ratio ? e.ratio : e.difference;
  show_bounds(v, *measured.bounds, measured.bounds_without_fpc);
  const bool fits = covers(words.cover, measured.estimate);
  if (fits && !e.numbers && claim.compared.groups) {
    v.r_star = r_star(e.first.estimate, share_at(words, words.cover.low, e.second.estimate));
    v.r_star_high = r_star_high(e.first.estimate, share_at(words, words.cover.high, e.second.estimate));
  }
  const bool exact = words.quantity && words.quantity->amount != Amount::times &&
                     words.quantity->amount != Amount::fraction && words.quantity->hedge == Hedge::none;
  const bool finer_than_known = exact && (words.cover.high - words.cover.low).value() < *v.ci_high - *v.ci_low;
  if (finer_than_known && (fits || claim.scope == Scope::respondents)) return;
  const Finding finding = finding_of(words.cover, measured);
  set_population(v, words.ratio ? both(finding, finding_of(*words.ratio, e.ratio)) : finding, claim);
}

void set_figures(Verdict& v, const Comparison& words, const ComparedEvidence& e, bool plain) {
  const auto percent = [&](const Evidence& side) {
    return plain || !side.is_weighted() ? whole_percent(side.count, side.n) : whole_percent(side.estimate);
  };
  v.percent = percent(e.first);
  v.than_percent = percent(e.second);
  if (!plain) {
    v.unweighted = whole_percent(e.first.count, e.first.n);
    v.than_unweighted = whole_percent(e.second.count, e.second.n);
  }
  v.n = e.first.n;
  v.count = e.first.count;
  v.than_n = e.second.n;
  v.than_count = e.second.count;
  const double first = e.numbers ? static_cast<double>(e.first.count) : e.first.plain_share();
  const double second = e.numbers ? static_cast<double>(e.second.count) : e.second.plain_share();
  const double plainly = words.measure == Measure::difference ? first - second
                         : second > 0                         ? first / second
                                                              : unlimited.value();
  v.estimate = plain ? plainly : words.measure == Measure::difference ? e.difference.estimate : e.ratio.estimate;
}

}  // namespace

Verdict judge(const Phrase& phrase, const ComparedEvidence& e, const Claim& claim) {
  const Comparison words = e.numbers ? of_numbers(*phrase.comparison) : *phrase.comparison;
  Verdict v = begin_verdict(phrase.text, name_of(phrase.kind), claim);
  v.lint = phrase.lint;
  v.measure = words.measure;
  v.interval = interval_of(words.cover);
  if (e.withheld() || e.first.n == 0 || e.second.n == 0) {
    set_both(v, Finding::insufficient, claim);
    v.says = says_comparison(v, words, claim, e.numbers);
    return v;
  }
  const bool plain = e.first.plain || !is_weighted(e), held = holds(words, e);
  set_figures(v, words, e, plain);
  set_respondents(v, held ? Finding::holds : Finding::fails, claim);
  judge_population(v, words, e, claim);
  if (is_weighted(e) && holds_weighted(words, e) != holds_plainly(words, e)) v.lint.emplace_back("WEIGHT");
  if (!e.numbers && holds_as_printed(words, v) != held) v.lint.emplace_back("PRINTED");
  const bool of_points = words.quantity && words.quantity->amount == Amount::points;  // which only shares differ by
  if (words.people && !of_points && claim.compared.groups && !claim.compared.of_stated) {
    ComparedEvidence people = e;
    people.numbers = true;
    people.ratio.estimate = e.people;
    if (holds(of_numbers(words), people) != held) v.lint.emplace_back("NUMBERS");
  }
  v.fails = contradicted_in_scope(v, claim.scope);
  if (v.fails)
    v.would_be_true = true_comparison(
        phrase, claim,
        [&](const Comparison& candidate) { return holds(e.numbers ? of_numbers(candidate) : candidate, e); },
        *v.estimate);
  v.says = says_comparison(v, words, claim, e.numbers);
  if (*v.estimate >= unlimited.value()) v.estimate.reset();  // somebody against nobody: no number of times
  return v;
}

}  // namespace enkat
