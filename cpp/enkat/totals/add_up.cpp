#include "enkat/totals/add_up.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "enkat/totals/kernel.hpp"
#include "enkat/totals/plan_pass.hpp"

namespace enkat {
namespace {

constexpr int most_limbs = 4;

/// What one thread adds up, and with what.
struct Adding {
  DesignTotals totals;
  ChoiceTotals choices;                   // not yet among the totals
  CallCounts counts = {};                 // of rows that are read in parts
  std::shared_ptr<const Plan> plan = {};  // of the kernel
  std::shared_ptr<Kernel> kernel = {};    // made by the thread that uses it

  void enter(const Plan& part) { counts += part.counts; }
  Adding& operator+=(const Adding& other) {
    totals += other.totals;
    choices += other.choices;
    counts += other.counts;
    return *this;
  }
  DesignTotals all() const {
    DesignTotals all = totals;
    choices.add_to(all);
    return all;
  }
  void write(ByteWriter& out) const {
    all().write(out);
    counts.write(out);
  }
  Adding read(ByteReader& in) const {
    DesignTotals other = totals.read(in);
    return {std::move(other), choices.none(), counts.read(in)};
  }
};

/// The totals of a plan; or those of its cells only, without products.
struct TotalsPass {
  using State = Adding;
  static constexpr std::string_view name = "totals";
  std::shared_ptr<const Plan> plan;
  bool of_cells = false;
  std::shared_ptr<const TotalsShape> shape;
  std::shared_ptr<const ChoiceLayout> layout;

  explicit TotalsPass(std::shared_ptr<const Plan> of, bool only_cells = false)
      : plan(std::move(of)), of_cells(only_cells) {
    TotalsShape wanted = plan->shape;
    if (of_cells) {
      wanted.units = 1;
      wanted.products.clear();
      wanted.spreads.clear();
      wanted.limbs = 2;
    }
    layout = std::make_shared<const ChoiceLayout>(*plan, wanted);
    shape = std::make_shared<const TotalsShape>(std::move(wanted));
  }
  State empty() const { return {DesignTotals(*shape), ChoiceTotals(layout)}; }
  void see(const std::shared_ptr<const Plan>& of, Rows rows, State& adding) const {
    if (adding.plan != of) {
      adding.plan = of;
      adding.kernel = std::make_shared<Kernel>(*of, *shape, *layout);
    }
    adding.kernel->add(rows, adding.totals, adding.choices);
  }
  void write(ByteWriter& out) const { out.put(of_cells); }
  static TotalsPass read(ByteReader& in, std::shared_ptr<const Plan> plan) {
    return TotalsPass(std::move(plan), in.get<std::uint8_t>() != 0);
  }
};
const KnownPlanPass<TotalsPass> totals_pass;

Adding totals_of(const TotalsPass& pass, Monitor& monitor) {
  Adding adding = run_pass(pass, monitor);
  adding.choices.add_to(adding.totals);
  return adding;
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
        if (!plan.varies(cell, k) || !(std::abs(mean) <= plan.bound(row, term) / 2)) continue;
        const double before = std::exchange(plan.centre(row, term), plan.centre(row, term) + mean);
        shift(row, term) = plan.centre(row, term) - before;  // the sum was rounded
      }
    }
  }
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
  double size() const { return low > high ? 0 : std::max(std::abs(low), std::abs(high)); }
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
  void write(ByteWriter& out) const {
    for (const TermRange& range : of) {
      out.put(range.low);
      out.put(range.high);
    }
  }
  Ranges read(ByteReader& in) const {
    Ranges other = *this;
    for (TermRange& range : other.of) {
      range.low = in.get<double>();
      range.high = in.get<double>();
    }
    return other;
  }
};

struct RangesPass {
  using State = Ranges;
  static constexpr std::string_view name = "ranges in cells";
  std::shared_ptr<const Plan> plan;

  State empty() const { return {std::vector<TermRange>(plan->shape.cells * plan->terms())}; }
  void see(const std::shared_ptr<const Plan>& of, Rows rows, State& seen) const {
    Block block(*of);
    block.observe(rows);
    for (const PlannedVariable& v : of->variables) {
      if (!v.numeric) continue;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (block.cell(i) < 0 || block.term(v.first_term, i) == 0) continue;
        TermRange* range = seen.of.data() + static_cast<std::size_t>(block.cell(i)) * of->terms() + v.first_term;
        for (std::size_t k = 1; k < v.observed; ++k) range[k].add(block.term(v.first_term + k, i));
      }
    }
  }
  void write(ByteWriter&) const {}
  static RangesPass read(ByteReader&, std::shared_ptr<const Plan> plan) { return {std::move(plan)}; }
};
const KnownPlanPass<RangesPass> ranges_pass;

/// Bounds and centres cell by cell: the middle of the range there, which is returned.
Ranges set_ranges_of_cells(const std::shared_ptr<Plan>& planned, Monitor& monitor) {
  Ranges range = run_pass(RangesPass{planned}, monitor);
  Plan& plan = *planned;
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
  return range;
}

/// Terms that differ in a cell by no more than rounding do not vary there: two rows lie on a line but for the last bit.
/// For cells that no grid could hold beside the others; elsewhere each bit counts.
void hold_still(Plan& plan, const Ranges& range) {
  constexpr double rounding = 64 * std::numeric_limits<double>::epsilon();
  for (std::size_t cell = 0; cell < plan.shape.cells; ++cell) {
    for (const PlannedVariable& v : plan.variables) {
      if (!v.numeric) continue;
      const TermRange* of = range.of.data() + cell * plan.terms() + v.first_term;
      const std::vector<double> unit = v.statistic->in_one_unit(cell);
      double size = 0;
      for (std::size_t k = 0; k < unit.size(); ++k) size += unit[k] * of[1 + k].size();
      for (std::size_t k = 1; k < v.observed; ++k)
        if (of[k].width() <= rounding * (unit.empty() ? of[k].size() : size / unit[k - 1]))
          plan.bound(static_cast<Eigen::Index>(cell), static_cast<Eigen::Index>(v.first_term + k)) = 0;
    }
  }
}

/// The means of the cells, by a pass without products.
void centre_cells(const std::shared_ptr<Plan>& planned, Monitor& monitor) {
  Plan& plan = *planned;
  const bool by_unit = std::exchange(plan.by_unit, false);
  const DesignTotals about_middle = totals_of(TotalsPass(planned, true), monitor).totals;
  plan.by_unit = by_unit;
  move_centres(plan, about_middle);
}

}  // namespace

CentredTotals add_up(const std::shared_ptr<Plan>& planned, Monitor& monitor) {
  Plan& plan = *planned;
  plan.shape.limbs = 2;
  Adding about_column = totals_of(TotalsPass(planned), monitor);
  plan.counts = about_column.counts;
  Eigen::MatrixXd shift = move_centres(plan, about_column.totals);
  CentredTotals first(plan, std::move(about_column.totals), std::move(shift));
  if (!first.too_coarse()) return first;

  const Ranges range = set_ranges_of_cells(planned, monitor);
  centre_cells(planned, monitor);
  for (;; ++plan.shape.limbs) {
    CentredTotals totals(plan, totals_of(TotalsPass(planned), monitor).totals,
                         Eigen::MatrixXd::Zero(plan.centre.rows(), plan.centre.cols()));
    if (plan.shape.limbs == most_limbs && totals.too_coarse()) hold_still(plan, range);
    if (!totals.too_coarse()) return totals;
    if (plan.shape.limbs == most_limbs) refuse_range();
  }
}

}  // namespace enkat
