#pragma once

#include <cstdint>
#include <span>

#include "enkat/design/replicates.hpp"
#include "enkat/design/sample.hpp"

namespace enkat {

/// "BRR": half-samples of strata of two PSUs, balanced by a Hadamard matrix; McCarthy (1969), Rev. ISI 37. "Fay" keeps
/// rho of the other half; Judkins (1990), J. Official Statistics 6.
Replicates half_sample_replicates(const Sample& sample, const ReplicateRequest& request,
                                  std::span<const std::int32_t> row_order);

}  // namespace enkat
