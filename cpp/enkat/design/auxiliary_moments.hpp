#pragma once

#include <Eigen/Core>
#include <memory>
#include <span>
#include <vector>

#include "enkat/basics/reduce.hpp"
#include "enkat/design/auxiliary_cells.hpp"

namespace enkat {

/// The cells that occur, what x is in each (all of it but numbers), and the sum of the weights of its rows.
struct CellTable {
  std::vector<std::int32_t> cell;  ///< number of each, in order
  ModelRows x;
  std::vector<double> weight;

  std::size_t size() const { return cell.size(); }
};

/// Σ w, Σ w·z and Σ w·z·zᵀ of auxiliaries, z their numbers: all that a linear calibration needs to know of the rows.
///
/// Sums are exact: the same bits for any order of rows.
struct AuxiliaryMoments {
  CellTable cells;
  std::vector<std::size_t> rows;  ///< with weight, in each cell
  Eigen::MatrixXd numbers;        ///< Σ w·z: cells × numbers
  Eigen::MatrixXd products;       ///< Σ w·z·zᵀ

  /// Rows with weight in each column of x (of a number and the intercept: all of them).
  std::vector<std::size_t> counts(const Auxiliaries& x) const;
  /// Σ w·x·xᵀ.
  Eigen::MatrixXd cross_products(const AuxiliaryCells& cells) const;
  /// Σ w·x.
  Eigen::VectorXd sums(const AuxiliaryCells& cells) const;
};

/// Those of a survey by its final weights, in one pass. A DesignError `calibrate.range` where sums of squares overflow.
AuxiliaryMoments auxiliary_moments(const Survey& survey, const std::shared_ptr<const AuxiliaryCells>& cells,
                                   Monitor& monitor);

}  // namespace enkat
