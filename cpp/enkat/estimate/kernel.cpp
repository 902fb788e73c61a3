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

/// Adds `Count` columns of integers to runs of integers that start at `first + at[i] · stride`.
template <int Count>
void scatter_add(const std::int64_t* limb, const std::uint32_t* at, std::size_t rows, std::int64_t* first,
                 std::size_t stride) {
  for (std::size_t i = 0; i < rows; ++i) {
    std::int64_t* target = first + at[i] * stride;
    for (int l = 0; l < Count; ++l) target[l] += limb[static_cast<std::size_t>(l) * block_rows + i];
  }
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
      limb_(std::make_unique_for_overwrite<std::int64_t[]>(5 * block_rows)) {}

void Kernel::find_base(const PlannedVariable& v, Rows rows, DesignTotals& totals) {
  const std::size_t n = rows.size();
  const double* answered = block_.column(v.first_term);
  std::size_t inside = 0, found = 0;
  for (std::size_t i = 0; i < n; ++i) {
    base_[found] = static_cast<std::uint16_t>(i);
    inside += block_.cell(i) >= 0 ? 1 : 0;
    found += block_.cell(i) >= 0 && answered[i] != 0 ? 1 : 0;
  }
  in_base_ = found;
  const auto cells = static_cast<std::uint32_t>(plan_.shape.cells);
  for (std::size_t j = 0; j < in_base_; ++j) {
    const std::size_t i = base_[j];
    cell_[j] = static_cast<std::uint32_t>(block_.cell(i));
    slot_[j] = static_cast<std::uint32_t>(block_.unit(i)) * cells + cell_[j];
    weight_[j] = block_.weight(i);
    ++totals.counters(slot_[j])[v.first_counter];
  }
  if (found == inside) return;
  std::visit([&](const auto& e) { e.missing(rows, std::span(missing_).first(n)); }, *v.estimator);
  plan_.grouping.overlap(v.overlap, rows, std::span(member_).first(n));
  for (std::size_t i = 0; i < n; ++i)
    if (block_.cell(i) >= 0 && answered[i] == 0)
      totals.counters(block_.unit(i) * cells + static_cast<std::size_t>(block_.cell(i)))[v.first_counter + 1] +=
          missing_[i] & member_[i];
}

template <int Limbs>
void Kernel::cut_products(const double* a, const double* b, GridScale scale) {
  for (std::size_t j = 0; j < in_base_; ++j)
    cut<Limbs>(a[j] * b[j], scale,
               [&](int l, std::int64_t limb) { limb_[static_cast<std::size_t>(l) * block_rows + j] = limb; });
}

template <int Limbs>
void Kernel::add_numbers(const PlannedVariable& v, DesignTotals& totals) {
  const auto value = [&](std::size_t k) { return value_.get() + k * block_rows; };
  std::fill_n(value(0), in_base_, 1.0);
  for (std::size_t k = 1; k < v.observed; ++k) {
    const double* term = block_.column(v.first_term + k);
    const double* centre = plan_.centre.col(static_cast<Eigen::Index>(v.first_term + k)).data();
    for (std::size_t j = 0; j < in_base_; ++j) value(k)[j] = term[base_[j]] - centre[cell_[j]];
  }
  for (std::size_t p = 0; p < v.products.size(); ++p)
    std::transform(value(v.products[p].first), value(v.products[p].first) + in_base_, value(v.products[p].second),
                   value(v.observed + p), std::multiplies());
  const std::size_t stride = shape_.totals.size() * Limbs;
  for (std::size_t k = 0; k < v.terms(); ++k) {
    cut_products<Limbs>(weight_.data(), value(k), totals_[v.first_term + k]);
    scatter_add<Limbs>(limb_.get(), slot_.data(), in_base_, totals.totals(0) + (v.first_term + k) * Limbs, stride);
  }
  std::array<double, block_rows> weighted;
  for (std::size_t j = 1; j < v.observed && !shape_.spreads.empty(); ++j) {
    std::transform(weight_.begin(), weight_.begin() + static_cast<std::ptrdiff_t>(in_base_), value(j), weighted.begin(),
                   std::multiplies());
    for (std::size_t k = j; k < v.observed; ++k) {
      cut_products<Limbs + 1>(weighted.data(), value(k), spreads_[v.spread(j, k)]);
      scatter_add<Limbs + 1>(limb_.get(), cell_.data(), in_base_, totals.spreads(0) + v.spread(j, k) * (Limbs + 1),
                             shape_.spreads.size() * (Limbs + 1));
    }
  }
  if (!shape_.products.empty() && plan_.variables.size() == 1) add_scatter_of_numbers<Limbs>(v, totals);
}

template <int Limbs>
void Kernel::add_scatter_of_numbers(const PlannedVariable& v, DesignTotals& totals) {
  for (std::size_t k = 0; k < v.terms(); ++k)
    std::transform(weight_.begin(), weight_.begin() + static_cast<std::ptrdiff_t>(in_base_),
                   value_.get() + k * block_rows, value_.get() + k * block_rows, std::multiplies());
  for (std::size_t j = 0; j < v.terms(); ++j) {
    for (std::size_t k = j; k < v.terms(); ++k) {
      const std::size_t p = plan_.pair(j, k);
      cut_products<Limbs + 1>(value_.get() + j * block_rows, value_.get() + k * block_rows, products_[p]);
      scatter_add<Limbs + 1>(limb_.get(), slot_.data(), in_base_, totals.products(0) + p * (Limbs + 1),
                             shape_.products.size() * (Limbs + 1));
    }
  }
}

template <int Limbs>
void Kernel::add_indicators(const PlannedVariable& v, DesignTotals& totals) {
  // All indicators are on the grid of the weights.
  for (std::size_t j = 0; j < in_base_; ++j)
    cut<Limbs>(weight_[j], totals_[v.first_term],
               [&](int l, std::int64_t limb) { limb_[j * Limbs + static_cast<std::size_t>(l)] = limb; });
  for (std::size_t j = 0; j < in_base_; ++j) {
    const std::int64_t* limb = limb_.get() + j * Limbs;
    std::int64_t* total = totals.totals(slot_[j]) + v.first_term * Limbs;
    std::int64_t* counter = totals.counters(slot_[j]) + v.first_counter + 2;
    for (int l = 0; l < Limbs; ++l) total[l] += limb[l];
    for (std::size_t k = 1; k < v.observed; ++k) {
      const std::int64_t given = block_.column(v.first_term + k)[base_[j]] != 0 ? -1 : 0;
      counter[k - 1] -= given;
      for (int l = 0; l < Limbs; ++l) total[k * Limbs + static_cast<std::size_t>(l)] += limb[l] & given;
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
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (block_.cell(i) >= 0)
      ++totals.counters(block_.unit(i) * plan_.shape.cells + static_cast<std::size_t>(block_.cell(i)))[0];
  for (const PlannedVariable& v : plan_.variables) {
    find_base(v, rows, totals);
    v.numeric ? add_numbers<Limbs>(v, totals) : add_indicators<Limbs>(v, totals);
  }
  const bool done = plan_.variables.size() == 1 && plan_.variables[0].numeric;
  if (!shape_.products.empty() && !done) add_scatter<Limbs>(totals);
}

void Kernel::add(Rows rows, DesignTotals& totals) {
  if (shape_.limbs == 2) return add<2>(rows, totals);
  if (shape_.limbs == 3) return add<3>(rows, totals);
  add<4>(rows, totals);
}

}  // namespace enkat
