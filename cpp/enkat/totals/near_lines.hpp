#pragma once

#include <optional>

#include "enkat/totals/solved.hpp"

namespace enkat {

/// The statistics of a plan, those of two numbers that lie near a line about that line (LineSlopes); none where no two
/// do, so that the plan can stay.
std::optional<StatisticsWanted> about_near_lines(const Plan& plan, const CentredTotals& totals,
                                                 const std::vector<Solved>& solved);

}  // namespace enkat
