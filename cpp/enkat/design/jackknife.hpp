#pragma once

#include <cstdint>
#include <span>

#include "enkat/design/replicates.hpp"
#include "enkat/design/sample.hpp"

namespace enkat {

/// Replicates that leave out one PSU each: "JK1" of a sample without strata, "JKn" within strata. Wolter (2007), ch. 4.
Replicates jackknife_replicates(const Sample& sample, const ReplicateRequest& request,
                                std::span<const std::int32_t> row_order);

}  // namespace enkat
