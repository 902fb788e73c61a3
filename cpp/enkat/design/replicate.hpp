#pragma once

#include "enkat/basics/reduce.hpp"
#include "enkat/design/replicates.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {

/// The same survey, its variances from replicates of its sample; if it is calibrated, so is every replicate in turn.
Survey replicate(const Survey& survey, const ReplicateRequest& request, Monitor& monitor);

}  // namespace enkat
