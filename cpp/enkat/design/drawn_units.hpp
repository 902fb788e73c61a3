#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "enkat/design/sample.hpp"

namespace enkat {

/// The units of one stage by stratum, in an order that does not depend on the order of rows unless rows are the units.
using DrawnUnits = std::vector<std::vector<std::int32_t>>;

/// Units of every stratum of a stage; where rows are units they go by `row_order`, else as the table has them.
DrawnUnits drawn_units(const Sample& sample, std::size_t stage, std::span<const std::int32_t> row_order);

/// A stratum that varies under repetition: not taken whole, and not a single unit.
inline bool varies(const Stratum& stratum) { return stratum.psus > 1 && stratum.fraction < 1; }

/// One unit drawn from more than one: its stratum's variance is a matter of `single_psu`.
inline bool single(const Stratum& stratum) { return stratum.psus == 1 && stratum.fraction < 1; }

}  // namespace enkat
