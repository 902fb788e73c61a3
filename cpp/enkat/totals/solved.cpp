#include "enkat/totals/solved.hpp"

#include <algorithm>

namespace enkat {
namespace {

/// Which of some numbered things have been seen, and how many.
class Seen {
 public:
  explicit Seen(std::size_t things) : seen_(things, 0) {}
  void add(std::int32_t thing) { seen_[static_cast<std::size_t>(thing)] = 1; }
  std::int64_t count() const { return std::ranges::count(seen_, 1); }

 private:
  std::vector<std::uint8_t> seen_;
};

BaseCounts base_of(const Plan& plan, const CentredTotals& totals, std::size_t cell, const PlannedVariable& v) {
  const DesignTotals& all = totals.of_cells();
  BaseCounts base;
  base.rows = totals.rows_of_cell(cell);
  base.answered = all.counter(cell, v.first_counter);
  base.missing = all.counter(cell, v.first_counter + 1);
  if (v.numeric) base.left_out = all.counter(cell, v.first_counter + left_out_row);
  for (std::size_t k = 0; !v.numeric && k + 1 < v.observed; ++k)
    base.answers.push_back(all.counter(cell, v.first_counter + 2 + k));
  if (plan.survey.replicates()) {
    base.df = plan.survey.replicates()->df;
    return base;
  }
  base.df = psus_less_strata(plan.survey.sample(), units_of_base(plan, totals, cell, v), base.answered);
  return base;
}

CellTotals cell_totals(const Plan& plan, const CentredTotals& totals, std::size_t cell, const PlannedVariable& v,
                       double rows) {
  const auto terms = static_cast<Eigen::Index>(v.terms());
  CellTotals result{Eigen::VectorXd(terms), Eigen::VectorXd(terms), rows, cell};
  for (Eigen::Index k = 0; k < terms; ++k) {
    const std::size_t term = v.first_term + static_cast<std::size_t>(k);
    result.total[k] = totals.cell_total(cell, term);
    result.centre[k] = plan.centre(static_cast<Eigen::Index>(cell), static_cast<Eigen::Index>(term));
  }
  return result;
}

}  // namespace

std::vector<std::uint8_t> units_of_base(const Plan& plan, const CentredTotals& totals, std::size_t cell,
                                        const PlannedVariable& v) {
  std::vector<std::uint8_t> has_rows(plan.shape.units);
  for (std::size_t unit = 0; unit < plan.shape.units; ++unit)
    has_rows[unit] = totals.counter(unit * plan.shape.cells + cell, v.first_counter) > 0;
  return has_rows;
}

double psus_less_strata(const Sample& sample, const std::vector<std::uint8_t>& has_rows, std::int64_t rows) {
  Seen strata(sample.strata().size()), psus(sample.psu_stratum().size()), second(sample.second_strata().size());
  for (std::size_t unit = 0; unit < has_rows.size(); ++unit) {
    if (has_rows[unit] == 0) continue;
    if (sample.two_phases()) second.add(sample.second_stratum()[unit]);
    const auto own = static_cast<std::int32_t>(unit);
    if (sample.rows_are_psus()) {
      strata.add(sample.two_phases() ? sample.first_unit()[unit] : own);
    } else {
      const std::int32_t psu = sample.psu_of_unit().empty() ? own : sample.psu_of_unit()[unit];
      psus.add(psu);
      strata.add(sample.psu_stratum()[static_cast<std::size_t>(psu)]);
    }
  }
  const auto first = static_cast<double>((sample.rows_are_psus() ? rows : psus.count()) - strata.count());
  // The phase with fewer degrees of freedom decides.
  return sample.two_phases() ? std::min(first, static_cast<double>(rows - second.count())) : first;
}

Solution solve(const PlannedVariable& v, const CellTotals& totals) { return v.statistic->solve(totals); }

std::vector<Solved> solve_all(const Plan& plan, const CentredTotals& totals) {
  const std::size_t variables = plan.variables.size() / plan.grouping.overlaps();
  std::vector<Solved> all;
  for (const auto& [cell, combination] : plan.grouping.groups()) {
    for (std::size_t i = 0; i < variables; ++i) {
      Solved solved{combination * variables + i, cell, {}, {}, {}, false};
      const PlannedVariable& v = plan.variables[solved.variable];
      solved.base = base_of(plan, totals, cell, v);
      if (solved.base.rows == 0 && !plan.grouping.keeps_empty()) continue;
      solved.totals = cell_totals(plan, totals, cell, v, static_cast<double>(solved.base.answered));
      solved.exists = solved.base.answered > 0 && solved.totals.weight() > 0;
      if (solved.exists) solved.solution = solve(v, solved.totals);
      all.push_back(std::move(solved));
    }
  }
  return all;
}

double spread(const CentredTotals& totals, const PlannedVariable& v, const Solved& solved,
              std::span<const Slope> gradient) {
  const CellTotals& t = solved.totals;
  double square = 0, mean = 0;
  if (!v.numeric) {  // a value has one 0/1 term, and p(1 − p) is the same for an answer and all others together
    const Twofold base = totals.exact_cell_total(solved.cell, v.first_term);
    for (const auto& [k, by] : gradient) {
      const Twofold others = base + -totals.exact_cell_total(solved.cell, v.first_term + static_cast<std::size_t>(k));
      square += by * by * t.total[k] / t.weight() * (others.value() / t.weight());  // of the base: 0
    }
    return square;
  }
  for (const auto& [j, by_j] : gradient) {
    if (j == 0) continue;  // the base does not vary
    mean += by_j * t.total[j] / t.weight();
    for (const auto& [k, by_k] : gradient)
      if (k > 0)
        square += by_j * by_k *
                  totals.spread(solved.cell, v, static_cast<std::size_t>(std::min(j, k)),
                                static_cast<std::size_t>(std::max(j, k)));
  }
  return square / t.weight() - mean * mean;
}

}  // namespace enkat
