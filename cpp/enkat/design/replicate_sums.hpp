#pragma once

#include <Eigen/Core>
#include <Eigen/SparseCore>

#include "enkat/design/distinct_rows.hpp"
#include "enkat/design/replicates.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {

/// A number for each of some things (rows) in each of some replicates (columns), side by side in memory.
using ByReplicate = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Sums of the weights of replicates over distinct rows, before calibration.
///
/// Where multipliers are those of sampling units and cells take the place of rows, rows are added up once, by unit and
/// cell: all replicates are then a product of matrices.
class ReplicateSums {
 public:
  /// `survey` is calibrated, and has the replicates.
  ReplicateSums(const Survey& survey, Monitor& monitor);

  /// Replicates that fit into the cache or, of rows, into memory at a time.
  std::size_t at_a_time() const;
  /// distinct rows × count, from replicate `first` on.
  ByReplicate of(std::size_t first, std::size_t count) const;

 private:
  Survey survey_;
  const DistinctRows& rows_;
  const Replicates& replicates_;
  ByReplicate unit_sums_;                                // distinct rows × units; empty where there would be too many
  Eigen::SparseMatrix<double, Eigen::RowMajor> filled_;  // the same, where most are 0
};

}  // namespace enkat
