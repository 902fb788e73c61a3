#include "enkat/estimate/kernel.hpp"

#include <algorithm>

namespace enkat {
namespace {

std::vector<GridScale> scales_of(const std::vector<Grid>& grids) { return {grids.begin(), grids.end()}; }

std::size_t most_terms(const Plan& plan) {
  std::size_t most = 1;
  for (const PlannedVariable& v : plan.variables) most = std::max(most, v.terms());
  return most;
}

/// Adds columns of integers to runs of integers that start at `first + at[i] · stride`.
template <std::size_t Count>
void add_runs(const std::int64_t* limb, const std::uint32_t* at, std::size_t rows, std::int64_t* first,
              std::size_t stride) {
  for (std::size_t i = 0; i < rows; ++i) {
    std::int64_t* target = first + at[i] * stride;
    for (std::size_t l = 0; l < Count; ++l) target[l] += limb[l * block_rows + i];
  }
}

/// The same for the rows of a base: one more row in `counter` of their slot, and `count` columns at `first`.
template <std::size_t Count>
void add_rows(const std::int64_t* limb, const std::uint32_t* slot, std::size_t rows, std::int64_t* counter,
              std::int64_t* first, std::size_t stride) {
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t at = slot[i] * stride;
    ++counter[at];
    for (std::size_t l = 0; l < Count; ++l) first[at + l] += limb[l * block_rows + i];
  }
}

void add_rows(std::size_t count, const std::int64_t* limb, const std::uint32_t* slot, std::size_t rows,
              std::int64_t* counter, std::int64_t* first, std::size_t stride) {
  if (count == 4) return add_rows<4>(limb, slot, rows, counter, first, stride);  // a mean
  if (count == 6) return add_rows<6>(limb, slot, rows, counter, first, stride);  // a ratio
  add_rows<0>(limb, slot, rows, counter, first, stride);
  for (std::size_t l = 0; l < count; ++l) add_runs<1>(limb + l * block_rows, slot, rows, first + l, stride);
}

/// Cuts the products of two columns into columns of limbs.
template <int Limbs>
void cut_products(const double* a, const double* b, std::size_t rows, GridScale scale, std::int64_t* limb) {
  for (std::size_t i = 0; i < rows; ++i)
    cut<Limbs>(a[i] * b[i], scale,
               [&](int l, std::int64_t part) { limb[static_cast<std::size_t>(l) * block_rows + i] = part; });
}

void multiply(const double* a, const double* b, std::size_t rows, double* product) {
  for (std::size_t i = 0; i < rows; ++i) product[i] = a[i] * b[i];
}

}  // namespace

Kernel::Kernel(const Plan& plan, const TotalsShape& shape)
    : plan_(plan),
      shape_(shape),
      totals_(scales_of(shape.totals)),
      products_(scales_of(shape.products)),
      spreads_(scales_of(shape.spreads)),
      block_(plan),
      value_(std::make_unique_for_overwrite<double[]>(most_terms(plan) * block_rows)),
      limb_(std::make_unique_for_overwrite<std::int64_t[]>(5 * most_terms(plan) * block_rows)) {}

void Kernel::find_base(const PlannedVariable& v, Rows rows, DesignTotals& totals) {
  const std::size_t n = rows.size();
  const double* answered = block_.column(v.first_term);
  const std::int32_t* cell = block_.cells();
  std::uint16_t* base = base_.data();
  std::size_t inside = 0, found = 0;
  for (std::size_t i = 0; i < n; ++i) {
    base[found] = static_cast<std::uint16_t>(i);
    inside += cell[i] >= 0 ? 1U : 0U;
    found += static_cast<std::size_t>(cell[i] >= 0) & static_cast<std::size_t>(answered[i] != 0);
  }
  in_base_ = found;
  const auto cells = static_cast<std::uint32_t>(plan_.shape.cells);
  const std::int32_t* unit = block_.units();
  for (std::size_t j = 0; j < found; ++j) {
    cell_[j] = static_cast<std::uint32_t>(cell[base[j]]);
    weight_[j] = block_.weight(base[j]);
    slot_[j] = cell_[j] + (unit == nullptr ? 0 : static_cast<std::uint32_t>(unit[base[j]]) * cells);
  }
  if (found == inside) return;
  std::visit([&](const auto& e) { e.missing(rows, std::span(missing_).first(n)); }, *v.estimator);
  plan_.grouping.overlap(v.overlap, rows, std::span(member_).first(n));
  const bool first = &v == plan_.variables.data();
  for (std::size_t i = 0; i < n; ++i) {
    if (cell[i] < 0 || answered[i] != 0) continue;
    std::int64_t* counters = totals.counters(block_.unit(i) * cells + static_cast<std::size_t>(cell[i]));
    counters[v.first_counter + 1] += missing_[i] & member_[i];
    if (first) ++counters[0];
  }
}

template <int Limbs>
void Kernel::add_numbers(const PlannedVariable& v, DesignTotals& totals) {
  const std::size_t rows = in_base_;
  const auto value = [&](std::size_t k) { return value_.get() + k * block_rows; };
  std::fill_n(value(0), rows, 1.0);
  for (std::size_t k = 1; k < v.observed; ++k) {
    const double* term = block_.column(v.first_term + k);
    const double* centre = plan_.centre.col(static_cast<Eigen::Index>(v.first_term + k)).data();
    double* centred = value(k);
    for (std::size_t j = 0; j < rows; ++j) centred[j] = term[base_[j]] - centre[cell_[j]];
  }
  for (std::size_t p = 0; p < v.products.size(); ++p)
    multiply(value(v.products[p].first), value(v.products[p].second), rows, value(v.observed + p));

  for (std::size_t j = 1; j < v.observed && !shape_.spreads.empty(); ++j) {
    multiply(weight_.data(), value(j), rows, weighted_.data());
    for (std::size_t k = j; k < v.observed; ++k) {
      cut_products<Limbs + 1>(weighted_.data(), value(k), rows, spreads_[v.spread(j, k)], limb_.get());
      add_runs<Limbs + 1>(limb_.get(), cell_.data(), rows, totals.spreads(0) + v.spread(j, k) * (Limbs + 1),
                          shape_.spreads.size() * (Limbs + 1));
    }
  }
  for (std::size_t k = 0; k < v.terms(); ++k)
    cut_products<Limbs>(weight_.data(), value(k), rows, totals_[v.first_term + k],
                        limb_.get() + k * Limbs * block_rows);
  add_rows(v.terms() * Limbs, limb_.get(), slot_.data(), rows, totals.counters(0) + v.first_counter,
           totals.totals(0) + v.first_term * Limbs, shape_.stride());
}

template <int Limbs>
void Kernel::add_scatter_of_numbers(const PlannedVariable& v, DesignTotals& totals) {
  for (std::size_t k = 0; k < v.terms(); ++k)
    multiply(weight_.data(), value_.get() + k * block_rows, in_base_, value_.get() + k * block_rows);
  for (std::size_t j = 0; j < v.terms(); ++j) {
    for (std::size_t k = j; k < v.terms(); ++k) {
      const std::size_t p = plan_.pair(j, k);
      cut_products<Limbs + 1>(value_.get() + j * block_rows, value_.get() + k * block_rows, in_base_, products_[p],
                              limb_.get());
      add_runs<Limbs + 1>(limb_.get(), slot_.data(), in_base_, totals.products(0) + p * (Limbs + 1), shape_.stride());
    }
  }
}

template <int Limbs>
void Kernel::add_indicators(const PlannedVariable& v, DesignTotals& totals) {
  const std::size_t rows = in_base_, stride = shape_.stride(), asked = v.observed - 1;
  // All indicators are on the grid of the weights.
  std::fill_n(weighted_.begin(), rows, 1.0);
  cut_products<Limbs>(weight_.data(), weighted_.data(), rows, totals_[v.first_term], limb_.get());
  std::int64_t* const first = totals.counters(0);
  const std::size_t total = shape_.counters + v.first_term * Limbs, counter = v.first_counter + 2;
  const double* const given = block_.column(v.first_term + 1);
  for (std::size_t j = 0; j < rows; ++j) {
    std::int64_t* figures = first + slot_[j] * stride;
    std::array<std::int64_t, Limbs> limb;
    ++figures[v.first_counter];
    for (std::size_t l = 0; l < Limbs; ++l) figures[total + l] += limb[l] = limb_[l * block_rows + j];
    for (std::size_t k = 0; k < asked; ++k) {
      const std::int64_t mask = given[k * block_rows + base_[j]] != 0 ? -1 : 0;
      figures[counter + k] -= mask;
      for (std::size_t l = 0; l < Limbs; ++l) figures[total + (k + 1) * Limbs + l] += limb[l] & mask;
    }
  }
}

/// Rows were drawn within units: only pairs of terms that a row has both.
template <int Limbs>
void Kernel::add_scatter(DesignTotals& totals) {
  for (std::size_t i = 0; i < block_.size(); ++i) {
    if (block_.cell(i) < 0) continue;
    const double w = block_.weight(i);
    const std::vector<ActiveTerm>& active = block_.active(i);
    if (active.empty()) continue;
    std::int64_t* product =
        totals.products(block_.unit(i) * plan_.shape.cells + static_cast<std::size_t>(block_.cell(i)));
    for (std::size_t a = 0; a < active.size(); ++a) {
      const double wa = w * active[a].value;
      for (std::size_t b = a; b < active.size(); ++b) {
        const std::size_t p = plan_.pair(active[a].term, active[b].term);
        add_exact<Limbs + 1>(product + p * (Limbs + 1), wa * (w * active[b].value), products_[p]);
      }
    }
  }
}

template <int Limbs>
void Kernel::add(Rows rows, DesignTotals& totals) {
  block_.observe(rows);
  for (const PlannedVariable& v : plan_.variables) {
    find_base(v, rows, totals);
    v.numeric ? add_numbers<Limbs>(v, totals) : add_indicators<Limbs>(v, totals);
  }
  if (shape_.products.empty()) return;
  // The columns of the only variable are at hand.
  const bool at_hand = plan_.variables.size() == 1 && plan_.variables[0].numeric;
  at_hand ? add_scatter_of_numbers<Limbs>(plan_.variables[0], totals) : add_scatter<Limbs>(totals);
}

void Kernel::add(Rows rows, DesignTotals& totals) {
  if (shape_.limbs == 2) return add<2>(rows, totals);
  if (shape_.limbs == 3) return add<3>(rows, totals);
  add<4>(rows, totals);
}

}  // namespace enkat
