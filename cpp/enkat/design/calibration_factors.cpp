#include "enkat/design/calibration_factors.hpp"

#include <array>

#include "enkat/design/survey.hpp"

namespace enkat {

CalibrationFactors::CalibrationFactors(const DistinctRows& rows, const Distance& distance,
                                       const Eigen::VectorXd& lambda)
    : cells_(rows.cells()), distance_(distance), of_cell_(cells_.size(), 1) {
  const CellTable& table = rows.table();
  for (std::size_t c = 0; c < table.size(); ++c) {
    const double u = table.x.dot(c, lambda);
    of_cell_[static_cast<std::size_t>(table.cell[c])] = rows.collapsed() ? distance.factor(u) : u;
  }
  for (const ModelMatrix::Term* number : cells_.numbers())
    slope_.push_back(lambda[static_cast<Eigen::Index>(number->first_column)]);
}

void CalibrationFactors::multiply(Rows rows, std::span<double> weight) const {
  const std::size_t n = rows.size();
  std::array<std::int32_t, block_rows> cell;
  cells_.cells_of(rows, std::span(cell).first(n));
  if (slope_.empty()) {
    for (std::size_t i = 0; i < n; ++i) weight[i] *= of_cell_[static_cast<std::size_t>(cell[i])];
    return;
  }
  std::array<double, block_rows> u, number;
  for (std::size_t i = 0; i < n; ++i) u[i] = of_cell_[static_cast<std::size_t>(cell[i])];
  for (std::size_t k = 0; k < slope_.size(); ++k) {
    cells_.numbers()[k]->numbers_of(rows, std::span(number).first(n));
    for (std::size_t i = 0; i < n; ++i) u[i] += slope_[k] * number[i];
  }
  for (std::size_t i = 0; i < n; ++i)
    if (weight[i] != 0) weight[i] *= distance_.factor(u[i]);  // numbers may be missing without weight
}

CalibratedWeights calibrated_weights(const Survey& survey, const CalibrationFactors& factors, Monitor& monitor) {
  struct Negative {
    std::int64_t count = 0;
    Negative& operator+=(const Negative& other) {
      count += other.count;
      return *this;
    }
  };
  CalibratedWeights result{std::vector<double>(survey.rows())};
  const auto write = [&](Rows rows, Negative& negative) {
    const auto weight = std::span(result.weight).subspan(rows.first, rows.size());
    survey.weights(rows, weight);
    factors.multiply(rows, weight);
    for (const double w : weight) negative.count += w < 0;
  };
  result.negative = reduce(survey.rows(), Negative{}, write, monitor).count;
  return result;
}

}  // namespace enkat
