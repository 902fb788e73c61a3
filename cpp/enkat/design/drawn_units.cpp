#include "enkat/design/drawn_units.hpp"

namespace enkat {

DrawnUnits drawn_units(const Sample& sample, std::size_t stage, std::span<const std::int32_t> row_order) {
  const Stage& drawn = sample.stages()[stage];
  DrawnUnits units(drawn.strata.size());
  for (std::size_t h = 0; h < units.size(); ++h) units[h].reserve(static_cast<std::size_t>(drawn.strata[h].psus));
  if (!drawn.rows_are_units()) {
    for (std::size_t unit = 0; unit < drawn.stratum_of_unit.size(); ++unit)
      units[static_cast<std::size_t>(drawn.stratum_of_unit[unit])].push_back(static_cast<std::int32_t>(unit));
    return units;
  }
  for (std::size_t i = 0; i < sample.rows(); ++i) {
    const std::size_t row = row_order.empty() ? i : static_cast<std::size_t>(row_order[i]);
    const std::size_t stratum = sample.unit().empty() ? 0 : static_cast<std::size_t>(sample.unit()[row]);
    units[stratum].push_back(static_cast<std::int32_t>(row));
  }
  return units;
}

}  // namespace enkat
