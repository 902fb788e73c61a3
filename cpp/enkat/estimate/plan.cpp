#include "enkat/estimate/plan.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "enkat/estimate/block.hpp"

namespace enkat {
namespace {

constexpr int most_limbs = 4;

/// The counters of a block: rows, and per variable answered, missing and each answer. Unweighted.
void count(const Plan& plan, Rows rows, const Block& block, DesignTotals& totals) {
  const std::size_t n = rows.size();
  const auto counters = [&](std::size_t i) {
    return totals.counters(block.unit(i) * plan.shape.cells + static_cast<std::size_t>(block.cell(i)));
  };
  for (std::size_t i = 0; i < n; ++i)
    if (block.cell(i) >= 0) ++counters(i)[0];
  std::array<std::uint8_t, block_rows> missing, member;
  for (const PlannedVariable& v : plan.variables) {
    std::visit([&](const auto& e) { e.missing(rows, std::span(missing).first(n)); }, *v.estimator);
    plan.grouping.overlap(v.overlap, rows, std::span(member).first(n));
    for (std::size_t i = 0; i < n; ++i) {
      if (block.cell(i) < 0) continue;
      std::int64_t* counter = counters(i) + v.first_counter;
      if (block.term(v.first_term, i) != 0) {
        ++counter[0];
        for (std::size_t k = 1; k < v.observed; ++k) counter[1 + k] += block.term(v.first_term + k, i) != 0 ? 1 : 0;
      } else {
        counter[1] += missing[i] & member[i];
      }
    }
  }
}

template <int Limbs>
void add(const Plan& plan, Block& block, DesignTotals& totals, const std::vector<GridScale>& scales,
         const std::vector<GridScale>& product_scales) {
  for (std::size_t i = 0; i < block.size(); ++i) {
    if (block.cell(i) < 0) continue;
    const auto cell = static_cast<std::size_t>(block.cell(i));
    const std::size_t slot = block.unit(i) * plan.shape.cells + cell;
    const double w = block.weight(i);
    std::int64_t* total = totals.totals(slot);
    const std::vector<ActiveTerm>& active = block.active(i);
    for (const auto& [k, value] : active) add_exact<Limbs>(total + k * Limbs, w * value, scales[k]);
    if (product_scales.empty()) continue;
    std::int64_t* product = totals.products(slot);
    if (plan.with_scatter) {
      for (std::size_t a = 0; a < active.size(); ++a) {
        const double wa = w * active[a].value;
        for (std::size_t b = a; b < active.size(); ++b) {
          const std::size_t p = plan.pair(active[a].term, active[b].term);
          add_exact<Limbs + 1>(product + p * (Limbs + 1), wa * (w * active[b].value), product_scales[p]);
        }
      }
    }
    if (plan.with_spread) {
      for (const PlannedVariable& v : plan.variables) {
        if (!v.numeric || block.term(v.first_term, i) == 0) continue;
        std::size_t p = v.first_spread;
        for (std::size_t j = 1; j < v.observed; ++j) {
          for (std::size_t k = j; k < v.observed; ++k, ++p) {
            const auto term = [&](std::size_t t) {
              return block.term(v.first_term + t, i) -
                     plan.centre(static_cast<Eigen::Index>(cell), static_cast<Eigen::Index>(v.first_term + t));
            };
            add_exact<Limbs + 1>(product + p * (Limbs + 1), w * term(j) * term(k), product_scales[p]);
          }
        }
      }
    }
  }
}

std::vector<GridScale> scales_of(const std::vector<Grid>& grids) { return {grids.begin(), grids.end()}; }

template <int Limbs>
DesignTotals one_pass(const Plan& plan, const TotalsShape& shape, Monitor& monitor) {
  const std::vector<GridScale> scales = scales_of(shape.totals), products = scales_of(shape.products);
  const auto see = [&](Rows rows, DesignTotals& totals) {
    Block block(plan);
    block.observe(rows);
    count(plan, rows, block, totals);
    add<Limbs>(plan, block, totals, scales, products);
  };
  return reduce(plan.survey.rows(), DesignTotals(shape), see, monitor);
}

DesignTotals one_pass(const Plan& plan, const TotalsShape& shape, Monitor& monitor) {
  if (shape.limbs == 2) return one_pass<2>(plan, shape, monitor);
  if (shape.limbs == 3) return one_pass<3>(plan, shape, monitor);
  return one_pass<4>(plan, shape, monitor);
}

/// Whether rounding to the grid may have cost too much of a figure that a value or its variance rests on.
///
/// A figure that came out as 0 is that only when no row gave it anything: counters and the bounds of cells tell.
bool any_too_coarse(const Plan& plan, const DesignTotals& totals) {
  const int limbs = plan.shape.limbs;
  const auto coarse_scatter = [&](std::size_t cell, std::size_t term, double rows) {
    const std::size_t p = plan.pair(term, term);
    return plan.with_scatter && too_coarse(totals.cell_product(cell, p), rows, plan.shape.products[p], limbs + 1);
  };
  for (std::size_t cell = 0; cell < plan.shape.cells; ++cell) {
    for (const PlannedVariable& v : plan.variables) {
      const double rows = static_cast<double>(totals.cell_counter(cell, v.first_counter));
      if (rows == 0) continue;
      const auto total = [&](std::size_t k) { return totals.cell_total(cell, v.first_term + k); };
      const auto grid = [&](std::size_t k) -> const Grid& { return plan.shape.totals[v.first_term + k]; };
      std::size_t p = v.first_spread;
      for (std::size_t k = 0; k < v.observed; ++k) {
        const std::size_t term = v.first_term + k;
        if (!v.numeric || k == 0) {
          const bool seen = k == 0 || totals.cell_counter(cell, v.first_counter + 1 + k) > 0;
          if (seen && (too_coarse(total(k), rows, grid(k), limbs) || coarse_scatter(cell, term, rows))) return true;
        } else {
          if (plan.varies(cell, term)) {
            const double spread = totals.cell_product(cell, p);
            if (too_coarse(spread, rows, plan.shape.products[p], limbs + 1) ||
                too_coarse(std::sqrt(std::abs(total(0) * spread)), rows, grid(k), limbs) ||
                coarse_scatter(cell, term, rows))
              return true;
          }
          p += v.observed - k;
        }
      }
      for (std::size_t k = v.observed; k < v.terms(); ++k) {
        const TermProduct& product = v.products[k - v.observed];
        const bool square = product.first == product.second && plan.varies(cell, v.first_term + product.first);
        if (square && (too_coarse(total(k), rows, grid(k), limbs) || coarse_scatter(cell, v.first_term + k, rows)))
          return true;
      }
    }
  }
  return false;
}

/// Ranges of all terms over the answered rows of every cell: cell · terms + term. Mergeable.
struct Ranges {
  std::vector<TermRange> of;
  Ranges& operator+=(const Ranges& other) {
    for (std::size_t k = 0; k < of.size(); ++k) of[k] += other.of[k];
    return *this;
  }
};

Ranges ranges(const Plan& plan, Monitor& monitor) {
  const auto see = [&](Rows rows, Ranges& seen) {
    Block block(plan);
    block.observe(rows);
    for (const PlannedVariable& v : plan.variables) {
      if (!v.numeric) continue;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (block.cell(i) < 0 || block.term(v.first_term, i) == 0) continue;
        TermRange* range = seen.of.data() + static_cast<std::size_t>(block.cell(i)) * plan.terms() + v.first_term;
        for (std::size_t k = 1; k < v.observed; ++k) range[k].add(block.term(v.first_term + k, i));
      }
    }
  };
  return reduce(plan.survey.rows(), Ranges{std::vector<TermRange>(plan.grouping.cells() * plan.terms())}, see, monitor);
}

/// Bounds of numbers, and a first centre: the middle of their range in the cell.
void set_ranges(Plan& plan, Monitor& monitor) {
  const Ranges range = ranges(plan, monitor);
  for (std::size_t cell = 0; cell < plan.grouping.cells(); ++cell) {
    for (const PlannedVariable& v : plan.variables) {
      if (!v.numeric) continue;
      const auto row = static_cast<Eigen::Index>(cell), first = static_cast<Eigen::Index>(v.first_term);
      for (std::size_t k = 1; k < v.observed; ++k) {
        const TermRange& seen = range.of[cell * plan.terms() + v.first_term + k];
        plan.centre(row, first + static_cast<Eigen::Index>(k)) = seen.middle();
        // Twice the width: a cell's mean is rounded, and may then lie just outside the range.
        plan.bound(row, first + static_cast<Eigen::Index>(k)) = 2 * seen.width();
      }
      for (std::size_t p = 0; p < v.products.size(); ++p)
        plan.bound(row, first + static_cast<Eigen::Index>(v.observed + p)) =
            plan.bound(row, first + static_cast<Eigen::Index>(v.products[p].first)) *
            plan.bound(row, first + static_cast<Eigen::Index>(v.products[p].second));
    }
  }
}

/// A first pass about the middle of its range gives every cell's own mean, about which the second adds up.
void centre_cells(Plan& plan, Monitor& monitor) {
  TotalsShape shape = plan.shape;
  shape.units = 1;
  shape.products.clear();
  const bool scatter = std::exchange(plan.with_scatter, false), spread = std::exchange(plan.with_spread, false);
  const bool by_unit = std::exchange(plan.by_unit, false);
  const DesignTotals about_middle = one_pass(plan, shape, monitor);
  plan.with_scatter = scatter;
  plan.with_spread = spread;
  plan.by_unit = by_unit;
  for (const PlannedVariable& v : plan.variables) {
    if (!v.numeric) continue;
    for (std::size_t cell = 0; cell < plan.shape.cells; ++cell) {
      const double weight = about_middle.cell_total(cell, v.first_term);
      if (!(weight > 0)) continue;
      for (std::size_t k = v.first_term + 1; k < v.first_term + v.observed; ++k) {
        const double shift = about_middle.cell_total(cell, k) / weight;
        const auto row = static_cast<Eigen::Index>(cell), term = static_cast<Eigen::Index>(k);
        // With negative weights a mean can lie outside the range, and the grid would not hold the centred values.
        if (plan.varies(cell, k) && std::abs(shift) <= plan.bound(row, term) / 4) plan.centre(row, term) += shift;
      }
    }
  }
}

}  // namespace

std::shared_ptr<Plan> make_plan(const Survey& survey, const std::vector<std::string>& by,
                                std::vector<AnyEstimator> estimators, Monitor& monitor) {
  if (survey.rows() > static_cast<std::size_t>(Grid::rows))
    throw EstimateError("estimate.too_many_rows", "a survey in memory has at most 2^30 rows",
                        {{"rows", survey.rows()}});
  const auto planned = std::make_shared<Plan>(survey, by);
  Plan& plan = *planned;
  plan.estimators = std::move(estimators);
  const std::size_t variables = plan.estimators.size() / plan.grouping.overlaps();
  std::size_t counters = 1, terms = 0;
  bool numeric = false;
  for (std::size_t i = 0; i < plan.estimators.size(); ++i) {
    PlannedVariable v;
    v.estimator = &plan.estimators[i];
    v.overlap = i / variables;
    v.observed = std::visit([](const auto& e) { return e.terms(); }, *v.estimator);
    v.products = std::visit([](const auto& e) { return products_of(e); }, *v.estimator);
    v.numeric = std::visit([](const auto& e) { return e.numeric; }, *v.estimator);
    v.first_term = terms;
    v.first_counter = counters;
    counters += v.counters();
    terms += v.terms();
    numeric = numeric || v.numeric;
    plan.variables.push_back(std::move(v));
  }
  const auto cells = static_cast<Eigen::Index>(plan.grouping.cells());
  plan.bound = Eigen::MatrixXd::Ones(cells, static_cast<Eigen::Index>(terms));
  plan.centre = Eigen::MatrixXd::Zero(cells, static_cast<Eigen::Index>(terms));
  if (numeric) set_ranges(plan, monitor);

  // Variances of replicates do not come from units; those of calibrated weights need residuals, by a pass of their own.
  const Sample& sample = survey.sample();
  plan.by_unit = survey.replicates() == nullptr;
  plan.with_scatter = plan.by_unit && sample.rows_are_units() && survey.calibration() == nullptr;
  plan.with_spread = numeric;
  plan.shape.units = plan.by_unit ? sample.units() : 1;
  plan.shape.cells = plan.grouping.cells();
  plan.shape.counters = counters;
  // One grid for all cells: that of the cell whose values are largest.
  const double heaviest = survey.largest_weight();
  const auto grid = [](double bound) { return Grid::for_bound(bound); };
  std::vector<double> bound;
  for (std::size_t k = 0; k < terms; ++k)
    bound.push_back(heaviest * plan.bound.col(static_cast<Eigen::Index>(k)).maxCoeff());
  for (std::size_t k = 0; k < terms; ++k) plan.shape.totals.push_back(grid(bound[k]));
  if (plan.with_scatter)
    for (std::size_t j = 0; j < terms; ++j)
      for (std::size_t k = j; k < terms; ++k) plan.shape.products.push_back(grid(bound[j] * bound[k]));
  for (PlannedVariable& v : plan.variables) {
    if (!v.numeric) continue;
    v.first_spread = plan.shape.products.size();
    for (std::size_t j = 1; j < v.observed; ++j)
      for (std::size_t k = j; k < v.observed; ++k)
        plan.shape.products.push_back(grid(bound[v.first_term + j] * (bound[v.first_term + k] / heaviest)));
  }
  if (plan.shape.bytes() > memory_budget)
    throw EstimateError("estimate.too_many_cells",
                        "this call needs " + std::to_string(plan.shape.bytes() >> 20) +
                            " MiB for its cells and sampling units: use fewer variables or `by` columns at a time",
                        {{"bytes", plan.shape.bytes()}, {"units", plan.shape.units}, {"cells", plan.shape.cells}});
  if (numeric) centre_cells(plan, monitor);
  return planned;
}

void refuse_range() {
  throw EstimateError("estimate.range",
                      "the values or weights of some group are so much smaller than those of others that no sum holds "
                      "both (or its weights add up to 0): look for a missing-value code among the numbers, or estimate "
                      "the groups one at a time");
}

DesignTotals add_up(Plan& plan, Monitor& monitor) {
  for (plan.shape.limbs = 2; plan.shape.limbs <= most_limbs; ++plan.shape.limbs) {
    DesignTotals totals = one_pass(plan, plan.shape, monitor);
    if (!any_too_coarse(plan, totals)) return totals;
  }
  refuse_range();
}

}  // namespace enkat
