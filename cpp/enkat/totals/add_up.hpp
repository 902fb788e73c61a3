#pragma once

#include "enkat/totals/centred_totals.hpp"

namespace enkat {

/// Totals (and products, where the plan says so) of every unit and cell, moved to the means of the cells.
///
/// One pass, and more only where rounding could cost more than 1e-12 of a figure: then every cell is centred about its
/// own mean first, and added up with as many limbs as that takes.
CentredTotals add_up(const std::shared_ptr<Plan>& plan, Monitor& monitor);

}  // namespace enkat
