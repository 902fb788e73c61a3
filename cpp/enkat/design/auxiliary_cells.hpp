#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "enkat/design/auxiliaries.hpp"

namespace enkat {

/// The categories of auxiliaries crossed into one: rows of a cell have the same levels, and differ in numbers only.
///
/// Sums over cells take the place of sums over rows: weights are added up by cell once, and every step of a fit then
/// costs cells and not rows. Where x is averaged, households are the cells. Cells are numbered by their levels, never
/// by the order of rows.
class AuxiliaryCells {
 public:
  explicit AuxiliaryCells(std::shared_ptr<const Auxiliaries> x);
  /// The same of a part of the rows.
  AuxiliaryCells on(const Survey& part) const;
  /// What a survey whose rows are elsewhere makes them of.
  void write(ByteWriter& out) const { x_->write(out); }
  static AuxiliaryCells read(ByteReader& in, const Survey& survey);

  const Auxiliaries& x() const { return *x_; }
  /// Numbers that cells may have; not all of them need to occur.
  std::size_t size() const { return size_; }
  /// The cell of some rows.
  void cells_of(Rows rows, std::span<std::int32_t> out) const;
  /// The columns of x and their values in some cells: all of x but its numbers.
  ModelRows rows_of(std::span<const std::int32_t> cells) const;
  /// Numbers by which rows of a cell differ, as terms of x; none where the cell says all.
  const std::vector<const ModelMatrix::Term*>& numbers() const { return numbers_; }

 private:
  /// Levels of some terms as one number, mixed radix with a digit of 0 where missing. Where few of the combinations can
  /// occur, those that do are numbered in order.
  struct Stage {
    std::vector<std::size_t> term;  ///< after what the stage before says
    std::vector<std::uint64_t> stride;
    std::uint64_t combinations = 1;  ///< of the stage before and these terms
    std::vector<std::uint64_t> key;  ///< of each number; empty where numbers are the keys
    std::unordered_map<std::uint64_t, std::int32_t> number;
  };
  void add_stage(std::uint64_t before, std::span<const std::size_t> terms);
  void keys(const Stage& stage, Rows rows, std::span<const std::int32_t> before, std::span<std::uint64_t> out) const;
  void cells_after(std::size_t stages, Rows rows, std::span<std::int32_t> out) const;

  std::shared_ptr<const Auxiliaries> x_;
  std::vector<const ModelMatrix::Term*> numbers_;
  std::vector<Stage> stages_;
  std::size_t size_ = 1;
};

}  // namespace enkat
