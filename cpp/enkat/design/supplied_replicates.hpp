#pragma once

#include "enkat/data/table.hpp"
#include "enkat/design/replicates.hpp"

namespace enkat {

/// Replicate weights that come with the table, as the design describes them.
Replicates supplied_replicates(const Table& table, const Design& design);

}  // namespace enkat
