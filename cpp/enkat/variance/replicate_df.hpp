#pragma once

#include <memory>
#include <vector>

#include "enkat/totals/solved.hpp"

namespace enkat {

/// Degrees of freedom of replicate designs, for each base by itself: those of the replicates when the base has every
/// unit with weight, else what its own units leave.
///
/// Where enkat made the replicates these are PSUs less strata of the base, as without replicates; where they are
/// supplied, the rank of the base's replicate weights less 1 (R: degf(subset(design, …))). Never more than those of the
/// whole.
void set_replicate_df(const std::shared_ptr<const Plan>& plan, const CentredTotals& totals, std::vector<Solved>& solved,
                      Monitor& monitor);

}  // namespace enkat
