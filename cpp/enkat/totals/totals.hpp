#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "enkat/basics/bytes.hpp"
#include "enkat/basics/cache_aligned.hpp"
#include "enkat/basics/exact_sum.hpp"
#include "enkat/basics/mergeable.hpp"

namespace enkat {

/// What a DesignTotals holds; part of the Plan that every thread and machine is sent before it sees a row.
struct TotalsShape {
  std::size_t units = 0;       ///< PSUs, or strata where rows are their own PSUs
  std::size_t cells = 0;       ///< domains that a row can be in
  std::size_t counters = 0;    ///< unweighted counts per unit and cell
  std::vector<Grid> totals;    ///< one weighted total per entry, per unit and cell
  std::vector<Grid> products;  ///< one sum of products per entry, per unit and cell
  std::vector<Grid> spreads;   ///< one sum of products per entry, per cell
  int limbs = 2;               ///< limbs of a total; products and spreads have one more

  std::size_t slots() const { return units * cells; }
  /// Integers of a slot: up to the next cache line, of which a small slot has one, or a half or a quarter of one.
  std::size_t stride() const {
    const auto width = static_cast<std::size_t>(limbs);
    const std::size_t used = counters + totals.size() * width + products.size() * (width + 1);
    const std::size_t step = std::min(cache_line / sizeof(std::int64_t), std::bit_ceil(used));
    return (used + step - 1) / step * step;
  }
  std::size_t bytes() const;
  /// Identifies the plan in serialised states; states of different plans refuse to merge.
  std::uint64_t hash() const;

  friend bool operator==(const TotalsShape&, const TotalsShape&) = default;
};

/// Weighted totals and unweighted counts of every sampling unit and cell, exactly; the only state a pass over rows
/// leaves.
///
/// Mergeable: integer sums on the grids of the shape, the same bits in any order.
class DesignTotals {
 public:
  explicit DesignTotals(TotalsShape shape);

  const TotalsShape& shape() const { return shape_; }

  /// All figures of a slot side by side, so that a row touches one place: counters, totals, products.
  std::int64_t* counters(std::size_t slot) { return figures_.data() + slot * shape_.stride(); }
  std::int64_t* totals(std::size_t slot) { return counters(slot) + shape_.counters; }
  std::int64_t* products(std::size_t slot) { return totals(slot) + shape_.totals.size() * limbs(); }
  std::int64_t* spreads(std::size_t cell) { return spreads_.data() + cell * shape_.spreads.size() * (limbs() + 1); }

  std::int64_t counter(std::size_t slot, std::size_t k) const { return figures_[slot * shape_.stride() + k]; }
  Twofold total(std::size_t slot, std::size_t k) const;
  Twofold product(std::size_t slot, std::size_t k) const;
  Twofold spread(std::size_t cell, std::size_t k) const;

  /// The exact sums over all units: one unit's totals.
  DesignTotals of_cells() const;

  DesignTotals& operator+=(const DesignTotals& other);

  /// Hash of the plan, and the figures.
  void write(ByteWriter& out) const;
  /// Reads what was written under the same plan; refuses the totals of another.
  DesignTotals read(ByteReader& in) const;

  friend bool operator==(const DesignTotals&, const DesignTotals&) = default;

 private:
  std::size_t limbs() const { return static_cast<std::size_t>(shape_.limbs); }

  TotalsShape shape_;
  std::vector<std::int64_t, CacheAligned<std::int64_t>> figures_;  // of slots; what fills a slot up stays 0
  std::vector<std::int64_t> spreads_;
};

static_assert(Mergeable<DesignTotals>);

}  // namespace enkat
