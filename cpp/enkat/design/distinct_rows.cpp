#include "enkat/design/distinct_rows.hpp"

#include <numeric>

namespace enkat {

DistinctRows::DistinctRows(std::shared_ptr<const AuxiliaryCells> cells, CellTable table)
    : cells_(std::move(cells)), table_(std::move(table)) {
  if (!collapsed()) return;
  place_.assign(cells_->size(), -1);
  for (std::size_t c = 0; c < table_.size(); ++c)
    place_[static_cast<std::size_t>(table_.cell[c])] = static_cast<std::int32_t>(c);
}

std::shared_ptr<const DistinctRows> DistinctRows::on(const Survey& part) const {
  const auto here = std::make_shared<DistinctRows>(*this);
  here->cells_ = std::make_shared<const AuxiliaryCells>(cells_->on(part));
  return here;
}

void DistinctRows::observe(Rows rows, ModelRows& out) const {
  if (!collapsed()) return x().observe(rows, out);
  const auto first = static_cast<std::ptrdiff_t>(rows.first * table_.x.entries),
             last = static_cast<std::ptrdiff_t>(rows.last * table_.x.entries);
  out.entries = table_.x.entries;
  out.column.assign(table_.x.column.begin() + first, table_.x.column.begin() + last);
  out.value.assign(table_.x.value.begin() + first, table_.x.value.begin() + last);
}

void DistinctRows::of_rows(Rows rows, std::span<std::int32_t> out) const {
  if (!collapsed()) {
    std::iota(out.begin(), out.end(), static_cast<std::int32_t>(rows.first));
    return;
  }
  cells_->cells_of(rows, out);
  for (std::int32_t& cell : out) cell = place_[static_cast<std::size_t>(cell)];
}

}  // namespace enkat
