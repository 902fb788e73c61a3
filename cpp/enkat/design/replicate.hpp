#pragma once

#include "enkat/basics/reduce.hpp"
#include "enkat/design/replicates.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {

/// The same survey, its variances from replicates of its sample. Refused once it is calibrated: every replicate has to
/// be calibrated in turn, which calibrating afterwards does.
Survey replicate(const Survey& survey, const ReplicateRequest& request, Monitor& monitor);

}  // namespace enkat
