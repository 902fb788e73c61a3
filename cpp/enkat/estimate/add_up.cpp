#include "enkat/estimate/add_up.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "enkat/estimate/kernel.hpp"

namespace enkat {
namespace {

constexpr int most_limbs = 4;

/// What one thread adds up, and with what.
struct Pass {
  DesignTotals totals;
  std::shared_ptr<Kernel> kernel;  // made by the thread that uses it
  Pass& operator+=(const Pass& other) {
    totals += other.totals;
    return *this;
  }
};

DesignTotals one_pass(const Plan& plan, const TotalsShape& shape, Monitor& monitor) {
  const auto see = [&](Rows rows, Pass& pass) {
    if (!pass.kernel) pass.kernel = std::make_shared<Kernel>(plan, shape);
    pass.kernel->add(rows, pass.totals);
  };
  return reduce(plan.survey.rows(), Pass{DesignTotals(shape), nullptr}, see, monitor).totals;
}

/// Adds the cells' means to the centres, and returns what was added (cells × terms).
Eigen::MatrixXd move_centres(Plan& plan, const DesignTotals& totals) {
  const DesignTotals cells = totals.of_cells();
  Eigen::MatrixXd shift = Eigen::MatrixXd::Zero(plan.centre.rows(), plan.centre.cols());
  for (const PlannedVariable& v : plan.variables) {
    if (!v.numeric) continue;
    for (std::size_t cell = 0; cell < plan.shape.cells; ++cell) {
      const double weight = cells.total(cell, v.first_term).value();
      if (!(weight > 0)) continue;
      for (std::size_t k = v.first_term + 1; k < v.first_term + v.observed; ++k) {
        const auto row = static_cast<Eigen::Index>(cell), term = static_cast<Eigen::Index>(k);
        const double mean = cells.total(cell, k).value() / weight;
        // With negative weights a mean can lie outside the range, and the grid would not hold the centred values.
        if (plan.varies(cell, k) && std::abs(mean) <= plan.bound(row, term) / 2) shift(row, term) = mean;
      }
    }
  }
  plan.centre += shift;
  return shift;
}

/// Smallest and largest value of a term in a cell.
struct TermRange {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  double middle() const { return low > high ? 0 : low + (high - low) / 2; }
  double width() const { return low > high ? 0 : high - low; }
};

/// Ranges of all terms over the answered rows of every cell: cell · terms + term. Mergeable.
struct Ranges {
  std::vector<TermRange> of;
  Ranges& operator+=(const Ranges& other) {
    for (std::size_t k = 0; k < of.size(); ++k) {
      of[k].low = std::min(of[k].low, other.of[k].low);
      of[k].high = std::max(of[k].high, other.of[k].high);
    }
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
  return reduce(plan.survey.rows(), Ranges{std::vector<TermRange>(plan.shape.cells * plan.terms())}, see, monitor);
}

/// Bounds and centres cell by cell: the middle of the range there.
void set_ranges_of_cells(Plan& plan, Monitor& monitor) {
  const Ranges range = ranges(plan, monitor);
  for (std::size_t cell = 0; cell < plan.shape.cells; ++cell) {
    const auto row = static_cast<Eigen::Index>(cell);
    for (const PlannedVariable& v : plan.variables) {
      if (!v.numeric) continue;
      const auto term = [&](std::size_t k) { return static_cast<Eigen::Index>(v.first_term + k); };
      for (std::size_t k = 1; k < v.observed; ++k) {
        const TermRange& seen = range.of[cell * plan.terms() + v.first_term + k];
        plan.centre(row, term(k)) = seen.middle();
        // Twice the width: a cell's mean is rounded, and may then lie just outside the range.
        plan.bound(row, term(k)) = 2 * seen.width();
      }
      for (std::size_t p = 0; p < v.products.size(); ++p)
        plan.bound(row, term(v.observed + p)) =
            plan.bound(row, term(v.products[p].first)) * plan.bound(row, term(v.products[p].second));
    }
  }
  plan.set_grids();
}

/// The means of the cells, by a pass without products.
void centre_cells(Plan& plan, Monitor& monitor) {
  TotalsShape shape = plan.shape;
  shape.units = 1;
  shape.products.clear();
  shape.spreads.clear();
  shape.limbs = 2;
  const bool by_unit = std::exchange(plan.by_unit, false);
  const DesignTotals about_middle = one_pass(plan, shape, monitor);
  plan.by_unit = by_unit;
  move_centres(plan, about_middle);
}

}  // namespace

CentredTotals add_up(Plan& plan, Monitor& monitor) {
  plan.shape.limbs = 2;
  DesignTotals about_column = one_pass(plan, plan.shape, monitor);
  Eigen::MatrixXd shift = move_centres(plan, about_column);
  CentredTotals first(plan, std::move(about_column), std::move(shift));
  if (!first.too_coarse()) return first;

  set_ranges_of_cells(plan, monitor);
  centre_cells(plan, monitor);
  for (; plan.shape.limbs <= most_limbs; ++plan.shape.limbs) {
    CentredTotals totals(plan, one_pass(plan, plan.shape, monitor),
                         Eigen::MatrixXd::Zero(plan.centre.rows(), plan.centre.cols()));
    if (!totals.too_coarse()) return totals;
  }
  refuse_range();
}

}  // namespace enkat
