#include "enkat/design/calibration.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/design/sample.hpp"

namespace enkat {

ExactSums unit_sums(const Sample& sample, const Auxiliaries& x, std::span<const double> weight, Monitor& monitor) {
  double largest = 0;
  for (const double w : weight) largest = std::max(largest, std::abs(w));
  std::vector<double> bounds;
  for (std::size_t unit = 0; unit < sample.units(); ++unit)
    for (const double bound : x.bounds()) bounds.push_back(largest * bound);
  const std::vector<std::int32_t>& unit = sample.unit();
  const auto observe = [&](Rows rows, ExactSums& sums) {
    AuxiliaryRows of;
    x.observe(rows, of);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::size_t row = rows.first + i,
                        first = unit.empty() ? 0 : static_cast<std::size_t>(unit[row]) * x.columns();
      for (std::size_t t = i * of.entries; t < (i + 1) * of.entries; ++t)
        if (of.column[t] >= 0) sums.add(first + static_cast<std::size_t>(of.column[t]), weight[row] * of.value[t]);
    }
  };
  return reduce(sample.rows(), ExactSums(bounds), observe, monitor);
}

}  // namespace enkat
