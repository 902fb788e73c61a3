#pragma once

#include "enkat/report/claim_spec.hpp"

namespace enkat {

/// What the answers say about a claim with two sides: each share, and their ratio and difference, whose intervals come
/// from the joint covariance of the two by linearisation (estimate/contrast.hpp) and the t distribution.
///
/// Each share must rest on enough answers (presentation.hpp). Numbers of people need at least 30 on each side and a
/// relative standard error below 30 per cent, as counts do in the presentation standard.
ComparedEvidence compare(const Survey& survey, const ClaimSpec& claim, bool small_study, Monitor& monitor);

}  // namespace enkat
