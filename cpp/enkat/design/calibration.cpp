#include "enkat/design/calibration.hpp"

#include <array>

#include "enkat/design/survey.hpp"

namespace enkat {

std::shared_ptr<const Calibration> Calibration::on(const Survey& part) const {
  const auto here = std::make_shared<Calibration>(*this);
  here->rows = rows->on(part);
  return here;
}

ExactSums unit_sums(const Survey& survey, Monitor& monitor) {
  std::vector<double> bounds;
  for (std::size_t unit = 0; unit < survey.sample().units(); ++unit)
    for (const double bound : survey.calibration()->x().bounds()) bounds.push_back(survey.largest_weight() * bound);
  const auto see = [](const Survey& of_rows, Rows rows, ExactSums& sums) {
    const Auxiliaries& x = of_rows.calibration()->x();
    const std::vector<std::int32_t>& unit = of_rows.sample().unit();
    std::array<double, block_rows> weight;
    of_rows.weights(rows, std::span(weight).first(rows.size()));
    AuxiliaryRows of;
    x.observe(rows, of);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::size_t first = unit.empty() ? 0 : static_cast<std::size_t>(unit[rows.first + i]) * x.columns();
      for (std::size_t t = i * of.entries; t < (i + 1) * of.entries; ++t)
        if (of.column[t] >= 0) sums.add(first + static_cast<std::size_t>(of.column[t]), weight[i] * of.value[t]);
    }
  };
  return survey.over_rows(ExactSums(bounds), see, monitor);
}

}  // namespace enkat
