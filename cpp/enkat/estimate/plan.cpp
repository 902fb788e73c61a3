#include "enkat/estimate/plan.hpp"

#include <array>
#include <cmath>
#include <memory>

namespace enkat {
namespace {

constexpr std::size_t memory_budget = std::size_t{256} << 20;
constexpr int most_limbs = 4;
constexpr double precision = 1e-12;

/// The rows of a block as the kernels want them.
struct Block {
  explicit Block(const Plan& plan)
      : terms(std::make_unique_for_overwrite<double[]>(plan.terms() * block_rows)),
        active(plan.terms()),
        value(plan.terms()) {}

  std::unique_ptr<double[]> terms;  // one column of block_rows a term
  std::array<double, block_rows> weight;
  std::array<std::int32_t, block_rows> cell;
  std::array<std::uint8_t, block_rows> flag;
  std::vector<std::size_t> active;  // terms of the row at hand that are not zero
  std::vector<double> value;        // and their centred values
};

/// Fills weights, cells and term columns for some rows; rows of weight 0 are in no cell.
void observe(const Plan& plan, Rows rows, Block& block) {
  const std::size_t n = rows.size();
  plan.survey->sample().weights(rows, std::span(block.weight).first(n));
  plan.grouping->cells_of(rows, std::span(block.cell).first(n));
  for (std::size_t i = 0; i < n; ++i)
    if (block.weight[i] == 0) block.cell[i] = -1;
  for (const PlannedVariable& v : plan.variables) {
    const TermColumns columns(block.terms.get() + v.first_term * block_rows, block_rows, n);
    std::visit([&](const auto& estimator) { estimator.observe(rows, columns); }, *v.estimator);
    if (plan.grouping->overlaps() == 1) continue;
    plan.grouping->overlap(v.overlap, rows, std::span(block.flag).first(n));
    for (std::size_t k = 0; k < v.terms; ++k)
      for (std::size_t i = 0; i < n; ++i) columns[k][i] *= block.flag[i];
  }
}

/// The counters of a block: rows, and per variable answered, missing and each answer. Unweighted.
void count(const Plan& plan, Rows rows, Block& block, const std::int32_t* unit, DesignTotals& totals) {
  const std::size_t n = rows.size();
  const auto slot = [&](std::size_t i) {
    const auto u = unit == nullptr ? 0 : static_cast<std::size_t>(unit[i]);
    return u * plan.shape.cells + static_cast<std::size_t>(block.cell[i]);
  };
  for (std::size_t i = 0; i < n; ++i)
    if (block.cell[i] >= 0) ++totals.counters(slot(i))[0];
  std::array<std::uint8_t, block_rows> member;
  for (const PlannedVariable& v : plan.variables) {
    std::visit([&](const auto& e) { e.missing(rows, std::span(block.flag).first(n)); }, *v.estimator);
    plan.grouping->overlap(v.overlap, rows, std::span(member).first(n));
    const double* base = block.terms.get() + v.first_term * block_rows;
    for (std::size_t i = 0; i < n; ++i) {
      if (block.cell[i] < 0) continue;
      std::int64_t* counters = totals.counters(slot(i)) + v.first_counter;
      if (base[i] != 0) {
        ++counters[0];
        for (std::size_t k = 1; k < v.terms; ++k) counters[1 + k] += base[k * block_rows + i] != 0 ? 1 : 0;
      } else {
        counters[1] += block.flag[i] & member[i];
      }
    }
  }
}

template <int Limbs>
void add(const Plan& plan, Rows rows, Block& block, const std::int32_t* unit, DesignTotals& totals,
         const std::vector<GridScale>& scales, const std::vector<GridScale>& product_scales) {
  const std::size_t terms = plan.terms();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (block.cell[i] < 0) continue;
    const auto cell = static_cast<std::size_t>(block.cell[i]);
    const std::size_t slot = (unit == nullptr ? 0 : static_cast<std::size_t>(unit[i])) * plan.shape.cells + cell;
    const double w = block.weight[i];
    std::int64_t* total = totals.totals(slot);
    std::size_t active = 0;
    for (std::size_t k = 0; k < terms; ++k) {
      const std::size_t base = plan.base_of_term[k];
      if (block.terms[base * block_rows + i] == 0) continue;
      const double value =
          block.terms[k * block_rows + i] - plan.centre(static_cast<Eigen::Index>(cell), static_cast<Eigen::Index>(k));
      if (value == 0) continue;
      add_exact<Limbs>(total + k * Limbs, w * value, scales[k]);
      block.active[active] = k;
      block.value[active++] = value;
    }
    if (product_scales.empty()) continue;
    std::int64_t* product = totals.products(slot);
    if (plan.with_scatter) {
      for (std::size_t a = 0; a < active; ++a) {
        const double wa = w * block.value[a];
        for (std::size_t b = a; b < active; ++b) {
          const std::size_t p = plan.pair(block.active[a], block.active[b]);
          add_exact<Limbs + 1>(product + p * (Limbs + 1), wa * (w * block.value[b]), product_scales[p]);
        }
      }
    }
    if (plan.with_spread) {
      for (const PlannedVariable& v : plan.variables) {
        if (block.terms[v.first_term * block_rows + i] == 0) continue;
        std::size_t p = v.first_spread;
        for (std::size_t j = 1; j < v.terms; ++j) {
          for (std::size_t k = j; k < v.terms; ++k, ++p) {
            const auto term = [&](std::size_t t) {
              return block.terms[(v.first_term + t) * block_rows + i] -
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
DesignTotals one_pass(const Plan& plan, Monitor& monitor) {
  const std::vector<GridScale> scales = scales_of(plan.shape.totals), products = scales_of(plan.shape.products);
  const auto& units = plan.survey->sample().unit();
  const auto see = [&](Rows rows, DesignTotals& totals) {
    Block block(plan);
    const std::int32_t* unit = units.empty() ? nullptr : units.data() + rows.first;
    observe(plan, rows, block);
    count(plan, rows, block, unit, totals);
    add<Limbs>(plan, rows, block, unit, totals, scales, products);
  };
  return reduce(plan.survey->rows(), DesignTotals(plan.shape), see, monitor);
}

DesignTotals one_pass(const Plan& plan, Monitor& monitor) {
  if (plan.shape.limbs == 2) return one_pass<2>(plan, monitor);
  if (plan.shape.limbs == 3) return one_pass<3>(plan, monitor);
  return one_pass<4>(plan, monitor);
}

/// Whether rounding to the grid may have cost more than `precision` of a figure that a value or its variance rests on.
bool too_coarse(const Plan& plan, const DesignTotals& totals) {
  const int limbs = plan.shape.limbs;
  for (std::size_t cell = 0; cell < plan.shape.cells; ++cell) {
    const double rows = static_cast<double>(totals.cell_counter(cell, 0));
    if (rows == 0) continue;
    for (const PlannedVariable& v : plan.variables) {
      const double weight = totals.cell_total(cell, v.first_term);
      std::size_t p = v.first_spread;
      for (std::size_t k = 0; k < v.terms; ++k) {
        const double lost = rows * plan.shape.totals[v.first_term + k].rounding(limbs);
        if (!v.numeric || k == 0) {
          const double total = totals.cell_total(cell, v.first_term + k);
          if (total != 0 && lost > precision * total) return true;
        } else if (plan.with_spread) {
          const double spread = totals.cell_product(cell, p);
          const double lost_spread = rows * plan.shape.products[p].rounding(limbs + 1);
          if (spread != 0 && (lost_spread > precision * spread || lost > precision * std::sqrt(weight * spread)))
            return true;
          p += v.terms - k;
        }
      }
    }
  }
  return false;
}

/// Ranges of all terms over the answered rows of the whole survey: bounds do not depend on the domains.
struct Ranges {
  std::vector<TermRange> term;
  Ranges& operator+=(const Ranges& other) {
    for (std::size_t k = 0; k < term.size(); ++k) {
      term[k].low = std::min(term[k].low, other.term[k].low);
      term[k].high = std::max(term[k].high, other.term[k].high);
    }
    return *this;
  }
};

std::vector<TermRange> ranges(const Plan& plan, Monitor& monitor) {
  const auto see = [&](Rows rows, Ranges& seen) {
    std::vector<double> columns;
    for (const PlannedVariable& v : plan.variables) {
      if (!v.numeric) continue;
      columns.resize(v.terms * block_rows);
      const TermColumns u(columns.data(), block_rows, rows.size());
      std::visit([&](const auto& e) { e.observe(rows, u); }, *v.estimator);
      for (std::size_t k = 1; k < v.terms; ++k)
        for (std::size_t i = 0; i < rows.size(); ++i)
          if (u[0][i] != 0) seen.term[v.first_term + k].add(u[k][i]);
    }
  };
  return reduce(plan.survey->rows(), Ranges{std::vector<TermRange>(plan.terms())}, see, monitor).term;
}

}  // namespace

Plan make_plan(const Survey& survey, const Grouping& grouping, const std::vector<AnyEstimator>& estimators,
               Monitor& monitor) {
  if (survey.rows() > static_cast<std::size_t>(Grid::rows))
    throw EstimateError("estimate.too_many_rows", "a survey in memory has at most 2^30 rows",
                        {{"rows", survey.rows()}});
  Plan plan;
  plan.survey = &survey;
  plan.grouping = &grouping;
  std::size_t counters = 1;
  bool numeric = false;
  for (std::size_t overlap = 0; overlap < grouping.overlaps(); ++overlap) {
    for (const AnyEstimator& estimator : estimators) {
      PlannedVariable v;
      v.estimator = &estimator;
      v.overlap = overlap;
      v.terms = std::visit([](const auto& e) { return e.terms(); }, estimator);
      v.numeric = std::visit([](const auto& e) { return e.numeric; }, estimator);
      v.first_term = plan.terms();
      v.first_counter = counters;
      counters += v.counters();
      numeric = numeric || v.numeric;
      plan.base_of_term.insert(plan.base_of_term.end(), v.terms, v.first_term);
      plan.variables.push_back(v);
    }
  }
  plan.with_scatter = survey.sample().rows_are_psus();
  plan.shape.units = survey.sample().units();
  plan.shape.cells = grouping.cells();
  plan.shape.counters = counters;
  plan.centre =
      Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(grouping.cells()), static_cast<Eigen::Index>(plan.terms()));

  const double heaviest = survey.sample().largest_weight();
  std::vector<double> width(plan.terms(), 1.0);
  if (numeric) {
    const std::vector<TermRange> range = ranges(plan, monitor);
    for (const PlannedVariable& v : plan.variables) {
      if (!v.numeric) continue;
      for (std::size_t k = v.first_term + 1; k < v.first_term + v.terms; ++k) {
        plan.centre.col(static_cast<Eigen::Index>(k)).setConstant(range[k].middle());
        // Twice the width: a cell's mean is rounded, and may then lie just outside the range.
        width[k] = 2 * range[k].width();
      }
    }
  }
  for (std::size_t k = 0; k < plan.terms(); ++k) plan.shape.totals.push_back(Grid::for_bound(heaviest * width[k]));
  if (plan.with_scatter)
    for (std::size_t j = 0; j < plan.terms(); ++j)
      for (std::size_t k = j; k < plan.terms(); ++k)
        plan.shape.products.push_back(Grid::for_bound(heaviest * width[j] * (heaviest * width[k])));
  plan.with_spread = numeric;
  for (PlannedVariable& v : plan.variables) {
    if (!v.numeric) continue;
    v.first_spread = plan.shape.products.size();
    for (std::size_t j = 1; j < v.terms; ++j)
      for (std::size_t k = j; k < v.terms; ++k)
        plan.shape.products.push_back(Grid::for_bound(heaviest * width[v.first_term + j] * width[v.first_term + k]));
  }
  if (plan.shape.bytes() > memory_budget)
    throw EstimateError("estimate.too_many_cells",
                        "this call needs " + std::to_string(plan.shape.bytes() >> 20) +
                            " MiB for its cells and sampling units: use fewer variables or `by` columns at a time",
                        {{"bytes", plan.shape.bytes()}, {"units", plan.shape.units}, {"cells", plan.shape.cells}});

  if (numeric) {
    // A first pass about the middle of the range gives every cell's own mean, about which the second adds up.
    Plan first = plan;
    first.shape.products.clear();
    first.with_scatter = first.with_spread = false;
    const DesignTotals about_middle = one_pass(first, monitor);
    for (const PlannedVariable& v : plan.variables) {
      if (!v.numeric) continue;
      for (std::size_t cell = 0; cell < plan.shape.cells; ++cell) {
        const double weight = about_middle.cell_total(cell, v.first_term);
        if (weight == 0) continue;
        for (std::size_t k = v.first_term + 1; k < v.first_term + v.terms; ++k)
          plan.centre(static_cast<Eigen::Index>(cell), static_cast<Eigen::Index>(k)) +=
              about_middle.cell_total(cell, k) / weight;
      }
    }
  }
  return plan;
}

DesignTotals add_up(Plan& plan, Monitor& monitor) {
  for (plan.shape.limbs = 2; plan.shape.limbs <= most_limbs; ++plan.shape.limbs) {
    DesignTotals totals = one_pass(plan, monitor);
    if (!too_coarse(plan, totals)) return totals;
  }
  throw EstimateError("estimate.range",
                      "the values or weights differ by more than 25 orders of magnitude: no sum of them is meaningful; "
                      "look for a missing-value code among the numbers");
}

}  // namespace enkat
