#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "enkat/design/auxiliary_moments.hpp"

namespace enkat {

/// Rows with the same x taken together: calibration equations need no more of them than the sum of their weights.
///
/// Where no auxiliary is a number these are the cells that occur, however many rows there are; else every row is taken
/// by itself.
class DistinctRows {
 public:
  DistinctRows(std::shared_ptr<const AuxiliaryCells> cells, CellTable table);

  /// The same of a part of the rows.
  std::shared_ptr<const DistinctRows> on(const Survey& part) const;

  const Auxiliaries& x() const { return cells_->x(); }
  const AuxiliaryCells& cells() const { return *cells_; }
  /// The cells that occur.
  const CellTable& table() const { return table_; }
  /// Cells take the place of rows.
  bool collapsed() const { return cells_->numbers().empty(); }
  std::size_t size() const { return collapsed() ? table_.size() : x().rows(); }
  void observe(Rows rows, ModelRows& out) const;
  /// The distinct one that each of some rows is.
  void of_rows(Rows rows, std::span<std::int32_t> out) const;

 private:
  std::shared_ptr<const AuxiliaryCells> cells_;
  CellTable table_;
  std::vector<std::int32_t> place_;  // in the table, of every cell that there may be
};

}  // namespace enkat
