#pragma once

#include "enkat/totals/plan.hpp"

namespace enkat {

/// Kish's effective size (Σw)²/Σw² of every base, cell · variables + variable; NaN where nobody has answered. A pass of
/// its own, for the interval that asks for it.
std::vector<double> effective_sizes_of_weights(const std::shared_ptr<const Plan>& plan, Monitor& monitor);

}  // namespace enkat
