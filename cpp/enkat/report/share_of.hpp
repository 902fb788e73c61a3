#pragma once

#include "enkat/report/claim_spec.hpp"

namespace enkat {

/// The share that a claim is about, of the rows of `survey`, which are those that it is among.
///
/// `small_study`: so few answered the survey that every question is as a sensitive one.
Evidence share_of(const Survey& survey, const ClaimSpec& claim, bool small_study, Monitor& monitor);

}  // namespace enkat
