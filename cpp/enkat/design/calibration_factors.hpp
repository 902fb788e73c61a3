#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "enkat/design/distance.hpp"
#include "enkat/design/distinct_rows.hpp"

namespace enkat {

/// F(xᵀλ) of rows: what their cells say is looked up, and only numbers are multiplied.
class CalibrationFactors {
 public:
  CalibrationFactors(const DistinctRows& rows, const Distance& distance, const Eigen::VectorXd& lambda);

  /// Weights before calibration become those after it.
  void multiply(Rows rows, std::span<double> weight) const;

 private:
  const AuxiliaryCells& cells_;
  Distance distance_;
  std::vector<double> of_cell_;  // the factor, or where there are numbers the cell's part of xᵀλ; 1 without weight
  std::vector<double> slope_;    // λ of each number
};

/// Weights after calibration, and how many are below 0.
struct CalibratedWeights {
  std::vector<double> weight;
  std::int64_t negative = 0;
};

/// Those of all rows of a survey that are in memory, from its final weights.
CalibratedWeights calibrated_weights(const Survey& survey, const CalibrationFactors& factors, Monitor& monitor);

}  // namespace enkat
