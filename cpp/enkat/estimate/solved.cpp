#include "enkat/estimate/solved.hpp"

#include <algorithm>
#include <set>

namespace enkat {
namespace {

/// Degrees of freedom of a row's own base: PSUs minus strata among its rows (R: degf(subset(design, …))).
BaseCounts base_of(const Plan& plan, const CentredTotals& totals, std::size_t cell, const PlannedVariable& v) {
  const Sample& sample = plan.survey.sample();
  BaseCounts base;
  base.answers.resize(v.observed - 1);
  std::set<std::int32_t> strata, psus, second;
  std::int64_t rows_as_psus = 0;
  for (std::size_t unit = 0; unit < plan.shape.units; ++unit) {
    const std::size_t slot = unit * plan.shape.cells + cell;
    base.rows += totals.rows(slot);
    const std::int64_t answered = totals.counter(slot, v.first_counter);
    base.answered += answered;
    base.missing += totals.counter(slot, v.first_counter + 1);
    for (std::size_t k = 0; k < base.answers.size(); ++k)
      base.answers[k] += totals.counter(slot, v.first_counter + 2 + k);
    if (answered == 0 || !plan.by_unit) continue;
    if (sample.two_phases()) second.insert(sample.second_stratum()[unit]);
    if (sample.rows_are_psus()) {
      rows_as_psus += answered;
      strata.insert(sample.two_phases() ? sample.first_unit()[unit] : static_cast<std::int32_t>(unit));
    } else {
      const std::int32_t psu =
          sample.psu_of_unit().empty() ? static_cast<std::int32_t>(unit) : sample.psu_of_unit()[unit];
      psus.insert(psu);
      strata.insert(sample.psu_stratum()[static_cast<std::size_t>(psu)]);
    }
  }
  const auto less = [](std::int64_t units, std::size_t groups) {
    return static_cast<double>(units) - static_cast<double>(groups);
  };
  base.df = less(rows_as_psus + static_cast<std::int64_t>(psus.size()), strata.size());
  // The phase with fewer degrees of freedom decides.
  if (sample.two_phases()) base.df = std::min(base.df, less(base.answered, second.size()));
  if (!plan.by_unit) base.df = plan.survey.replicates()->df;
  return base;
}

CellTotals cell_totals(const Plan& plan, const CentredTotals& totals, std::size_t cell, const PlannedVariable& v,
                       double rows) {
  const auto terms = static_cast<Eigen::Index>(v.terms());
  CellTotals result{Eigen::VectorXd(terms), Eigen::VectorXd(terms), rows};
  for (Eigen::Index k = 0; k < terms; ++k) {
    const std::size_t term = v.first_term + static_cast<std::size_t>(k);
    result.total[k] = totals.cell_total(cell, term);
    result.centre[k] = plan.centre(static_cast<Eigen::Index>(cell), static_cast<Eigen::Index>(term));
  }
  return result;
}

}  // namespace

Solution solve(const PlannedVariable& v, const CellTotals& totals) {
  return std::visit([&](const auto& e) { return e.solve(totals); }, *v.estimator);
}

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

double spread(const CentredTotals& totals, const PlannedVariable& v, const Solved& solved, const Eigen::VectorXd& g) {
  const CellTotals& t = solved.totals;
  double square = 0, mean = 0;
  for (Eigen::Index j = 1; j < g.size(); ++j) mean += g[j] * t.total[j] / t.weight();
  if (v.numeric) {
    for (Eigen::Index j = 1; j < g.size(); ++j)
      for (Eigen::Index k = j; k < g.size(); ++k)
        square += (j == k ? 1 : 2) * g[j] * g[k] *
                  totals.spread(solved.cell, v, static_cast<std::size_t>(j), static_cast<std::size_t>(k));
  } else {
    for (Eigen::Index j = 1; j < g.size(); ++j) square += g[j] * g[j] * t.total[j];  // a value has one 0/1 term
  }
  return square / t.weight() - mean * mean;
}

}  // namespace enkat
