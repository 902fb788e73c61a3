#include "enkat/report/verdict_parts.hpp"

namespace enkat {
namespace {

bool within(const Interval& inner, const Cover& words) {
  return words.contains(inner.low) && words.contains(inner.high);
}

bool meets(const Interval& interval, const Cover& words) {
  return interval.high >= words.low.value() && interval.low <= words.high.value();
}

Finding finding_by(const Cover& words, bool fits, const SamplingBounds& bounds) {
  if (fits) return within(bounds.ci90, words) ? Finding::supported : Finding::uncertain;
  return meets(bounds.ci95, words) ? Finding::misrounded : Finding::contradicted;
}

Finding weaker(Finding a, Finding b) {
  const auto is = [&](Finding f) { return a == f || b == f; };
  if (is(Finding::uncertain)) return Finding::uncertain;
  return is(Finding::misrounded) ? Finding::misrounded : a;
}

}  // namespace

Verdict begin_verdict(const std::string& text, std::string_view kind, const Claim& claim) {
  Verdict v;
  v.id = claim.id;
  v.kind = claim.kind ? name_of(*claim.kind) : kind;
  v.scope = claim.scope;
  v.text = text;
  return v;
}

void set_respondents(Verdict& v, Finding finding, const Claim& claim) {
  v.respondents = words_of(finding, claim.language);
  v.respondents_finding = finding;
}

void set_population(Verdict& v, Finding finding, const Claim& claim) {
  v.population = words_of(finding, claim.language);
  v.population_finding = finding;
}

void set_both(Verdict& v, Finding finding, const Claim& claim) {
  set_respondents(v, finding, claim);
  set_population(v, finding, claim);
}

void show_bounds(Verdict& v, const SamplingBounds& bounds, const std::optional<SamplingBounds>& without_fpc) {
  const Interval& shown = (without_fpc ? *without_fpc : bounds).ci95;
  v.ci_low = shown.low;
  v.ci_high = shown.high;
}

bool contradicted_in_scope(const Verdict& v, Scope scope) {
  if (scope == Scope::respondents) return v.respondents_finding == Finding::fails;
  return v.population_finding == Finding::misrounded || v.population_finding == Finding::contradicted;
}

Finding population_finding(const Cover& words, bool fits, const SamplingBounds& bounds,
                           const std::optional<SamplingBounds>& without_fpc) {
  const Finding finding = finding_by(words, fits, bounds);
  return without_fpc ? weaker(finding, finding_by(words, fits, *without_fpc)) : finding;
}

}  // namespace enkat
