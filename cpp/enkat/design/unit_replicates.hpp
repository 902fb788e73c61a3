#pragma once

#include <cstddef>
#include <string>

#include "enkat/design/replicates.hpp"
#include "enkat/design/sample.hpp"

namespace enkat {

/// Replicates of the PSUs, or of the units of the last stage, that leave every weight as it is; a method then fills in
/// its multipliers. A DesignError when they would take more than 256 MiB.
Replicates replicates_of_psus(const Sample& sample, const std::string& method, std::size_t count);
Replicates replicates_of_last_units(const Sample& sample, const std::string& method, std::size_t count);

}  // namespace enkat
