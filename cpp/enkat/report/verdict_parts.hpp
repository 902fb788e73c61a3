#pragma once

#include "enkat/report/verdict.hpp"

/// What judging a share, a place and a comparison have in common.
namespace enkat {

Verdict begin_verdict(const std::string& text, std::string_view kind, const Claim& claim);
void set_respondents(Verdict& verdict, Finding finding, const Claim& claim);
void set_population(Verdict& verdict, Finding finding, const Claim& claim);
void set_both(Verdict& verdict, Finding finding, const Claim& claim);

/// The interval that a verdict rests on: without a finite population where the design has one.
void show_bounds(Verdict& verdict, const SamplingBounds& bounds, const std::optional<SamplingBounds>& without_fpc);

/// What a report must not be built with.
bool contradicted_in_scope(const Verdict& verdict, Scope scope);

/// The finding about a population where the estimate is what words cover (`fits`), or is not: of those with and without
/// a finite population, the one that claims less.
Finding population_finding(const Cover& words, bool fits, const SamplingBounds& bounds,
                           const std::optional<SamplingBounds>& without_fpc);

}  // namespace enkat
