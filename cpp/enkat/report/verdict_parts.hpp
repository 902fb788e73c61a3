#pragma once

#include "enkat/report/verdict.hpp"

/// What judging a share, a place and a comparison have in common.
namespace enkat {

Verdict begin_verdict(const std::string& text, std::string_view kind, const Claim& claim);
void set_respondents(Verdict& verdict, Finding finding, const Claim& claim);
void set_population(Verdict& verdict, Finding finding, const Claim& claim);

/// What a report must not be built with.
bool contradicted_in_scope(const Verdict& verdict, Scope scope);

/// The finding about a population where the estimate is what words cover (`fits`), or is not.
Finding population_finding(const Cover& words, bool fits, const SamplingBounds& bounds);

/// Of findings with and without a finite population, the one that claims less.
Finding weaker(Finding a, Finding b);

}  // namespace enkat
