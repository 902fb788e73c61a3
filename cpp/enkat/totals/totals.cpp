#include "enkat/totals/totals.hpp"

#include <algorithm>
#include <utility>

#include "enkat/basics/error.hpp"
#include "enkat/basics/fnv.hpp"

namespace enkat {
namespace {

template <class Figures>
void add(Figures& a, const Figures& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
}

}  // namespace

std::size_t TotalsShape::bytes() const {
  return 8 * (slots() * stride() + cells * spreads.size() * static_cast<std::size_t>(limbs + 1));
}

std::uint64_t TotalsShape::hash() const {
  Fnv fnv;
  for (const std::size_t size : {units, cells, counters, totals.size(), products.size(), spreads.size()}) fnv.add(size);
  fnv.add(static_cast<std::uint64_t>(limbs));
  for (const auto& grids : {totals, products, spreads})
    for (const Grid& grid : grids) fnv.add(static_cast<std::uint64_t>(grid.exponent + 4096));
  return fnv.hash();
}

DesignTotals::DesignTotals(TotalsShape shape)
    : shape_(std::move(shape)),
      figures_(shape_.slots() * shape_.stride()),
      spreads_(shape_.cells * shape_.spreads.size() * (limbs() + 1)) {}

Twofold DesignTotals::total(std::size_t slot, std::size_t k) const {
  const std::int64_t* totals = figures_.data() + slot * shape_.stride() + shape_.counters;
  return exact_twofold({totals + k * limbs(), limbs()}, shape_.totals[k]);
}

Twofold DesignTotals::product(std::size_t slot, std::size_t k) const {
  const std::int64_t* products =
      figures_.data() + slot * shape_.stride() + shape_.counters + shape_.totals.size() * limbs();
  return exact_twofold({products + k * (limbs() + 1), limbs() + 1}, shape_.products[k]);
}

Twofold DesignTotals::spread(std::size_t cell, std::size_t k) const {
  return exact_twofold({spreads_.data() + (cell * shape_.spreads.size() + k) * (limbs() + 1), limbs() + 1},
                       shape_.spreads[k]);
}

DesignTotals DesignTotals::of_cells() const {
  TotalsShape shape = shape_;
  shape.units = 1;
  DesignTotals cells(shape);
  const std::size_t row = cells.figures_.size();  // of one unit
  for (std::size_t unit = 0; unit < shape_.units; ++unit)
    for (std::size_t i = 0; i < row; ++i) cells.figures_[i] += figures_[unit * row + i];
  cells.spreads_ = spreads_;
  return cells;
}

DesignTotals& DesignTotals::operator+=(const DesignTotals& other) {
  if (shape_ != other.shape_)
    throw EstimateError("estimate.other_plan", "totals of different plans cannot be merged: make both under one plan");
  add(figures_, other.figures_);
  add(spreads_, other.spreads_);
  return *this;
}

void DesignTotals::write(ByteWriter& out) const {
  out.put(shape_.hash());
  out.put(figures_);
  out.put(spreads_);
}

DesignTotals DesignTotals::read(ByteReader& in) const {
  DesignTotals other(shape_);
  const bool same_plan = in.get<std::uint64_t>() == shape_.hash();
  const std::vector<std::int64_t> figures = in.list<std::int64_t>(), spreads = in.list<std::int64_t>();
  if (!same_plan || figures.size() != figures_.size() || spreads.size() != spreads_.size())
    throw EstimateError("estimate.foreign_state",
                        "these bytes are totals of another plan: compute the part again under this one");
  std::ranges::copy(figures, other.figures_.begin());
  other.spreads_ = spreads;
  return other;
}

}  // namespace enkat
