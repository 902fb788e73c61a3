#include "enkat/totals/plan.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/basics/matrix_bytes.hpp"
#include "enkat/basics/record_bytes.hpp"

namespace enkat {
namespace {

/// Bounds and centres of the numbers of a variable, from the ranges of its columns.
void set_ranges(Plan& plan, const PlannedVariable& v) {
  const std::vector<NumberRange> range = v.statistic->ranges();
  const auto term = [&](std::size_t k) { return static_cast<Eigen::Index>(v.first_term + k); };
  for (std::size_t k = 1; k < v.observed; ++k) {
    plan.centre.col(term(k)).setConstant(range[k - 1].mean);
    // Twice the width: a cell's mean is rounded, and may then lie just outside the range.
    plan.bound.col(term(k)).setConstant(2 * range[k - 1].width());
  }
  for (std::size_t p = 0; p < v.products.size(); ++p)
    plan.bound.col(term(v.observed + p)) =
        plan.bound.col(term(v.products[p].first)).cwiseProduct(plan.bound.col(term(v.products[p].second)));
}

}  // namespace

void refuse_range() {
  throw EstimateError(
      "estimate.range",
      "the values or weights are too large, too small or too far apart in magnitude for sums that are "
      "right in all groups (or the weights of a group add up to 0): look for a missing-value code among "
      "the numbers, change their unit, or estimate the groups one at a time");
}

void Plan::set_grids() {
  // One grid for all cells: that of the cell whose values are largest.
  const double heaviest = survey.largest_weight();
  std::vector<double> largest;
  for (std::size_t k = 0; k < terms(); ++k)
    largest.push_back(heaviest * bound.col(static_cast<Eigen::Index>(k)).maxCoeff());
  shape.totals.clear();
  shape.products.clear();
  shape.spreads.clear();
  // Products of terms, and with the scatter those of any two, must be numbers.
  if (std::ranges::any_of(largest, [](double one) { return !std::isfinite(one * one); })) refuse_range();
  for (const double one : largest) shape.totals.push_back(Grid::for_bound(one));
  pair_offset.assign(with_scatter ? terms() * variables.size() : 0, 0);
  for (std::size_t a = 0; with_scatter && a < variables.size(); ++a) {
    for (std::size_t b = a; b < variables.size(); ++b) {
      const PlannedVariable &v = variables[a], &u = variables[b];
      const bool by_base = a == b && v.disjoint;
      for (std::size_t j = v.first_term; j < v.first_term + v.terms(); ++j) {
        const std::size_t first = a == b && !by_base ? j : u.first_term;
        // Products of disjoint indicators with themselves stand where those of the base with them do.
        const bool again = by_base && j > v.first_term;
        std::ptrdiff_t& offset = pair_offset[j * variables.size() + b];
        offset = again ? pair_offset[v.first_term * variables.size() + b]
                       : std::ssize(shape.products) - static_cast<std::ptrdiff_t>(first);
        for (std::size_t k = first; !again && k < u.first_term + u.terms(); ++k)
          shape.products.push_back(Grid::for_bound(largest[j] * largest[k]));
      }
    }
  }
  for (const PlannedVariable& v : variables)
    for (std::size_t j = 1; v.numeric && j < v.observed; ++j)
      for (std::size_t k = j; k < v.observed; ++k)
        shape.spreads.push_back(Grid::for_bound(largest[v.first_term + j] * (largest[v.first_term + k] / heaviest)));
}

std::ptrdiff_t Plan::pair(std::size_t j, std::size_t k) const {
  if (k < j) std::swap(j, k);
  const PlannedVariable& v = variables[variable_of_term[j]];
  if (v.disjoint && share_a_variable(j, k) && j != v.first_term && j != k) return -1;
  return pair_row(j)[variable_of_term[k]] + static_cast<std::ptrdiff_t>(k);
}

CallCounts& CallCounts::operator+=(const CallCounts& other) {
  domain += other.domain;
  by_missing += other.by_missing;
  for (const auto& [question, rows] : other.outside) outside[question] += rows;
  return *this;
}

void CallCounts::write(ByteWriter& out) const {
  domain.write(out);
  out.put(by_missing);
  out.put(outside.size());
  for (const auto& [question, rows] : outside) {
    out.put(question);
    out.put(rows);
  }
}

CallCounts CallCounts::read(ByteReader& in) const {
  CallCounts other;
  other.domain = domain.read(in);
  other.by_missing = in.get<std::int64_t>();
  for (auto left = in.get<std::size_t>(); left > 0; --left) {
    const std::string question(in.text());
    other.outside[question] = in.get<std::int64_t>();
  }
  return other;
}

std::shared_ptr<const Plan> Plan::on(const Survey& part) const {
  const auto copy = std::make_shared<Plan>(part, by, wanted);
  copy->variables = variables;
  for (std::size_t i = 0; i < variables.size(); ++i) copy->variables[i].statistic = copy->statistics[i].statistic.get();
  copy->bound = bound;
  copy->centre = centre;
  copy->shape = shape;
  copy->variable_of_term = variable_of_term;
  copy->pair_offset = pair_offset;
  copy->with_scatter = with_scatter;
  copy->by_unit = by_unit;
  copy->count_rows();
  return copy;
}

void Plan::count_rows() {
  counts = {survey.domain_counts(), static_cast<std::int64_t>(grouping.missing_rows()), survey.outside()};
}

void Plan::lay_out() {
  const std::size_t of_overlap = statistics.size() / grouping.overlaps();
  std::size_t counters = 1, terms = 0;
  for (std::size_t i = 0; i < statistics.size(); ++i) {
    PlannedVariable v;
    v.statistic = statistics[i].statistic.get();
    v.overlap = i / of_overlap;
    v.observed = v.statistic->terms();
    v.products = v.statistic->products();
    v.numeric = v.statistic->numeric();
    v.disjoint = v.statistic->disjoint();
    v.first_term = terms;
    v.first_counter = counters;
    counters += v.counters();
    terms += v.terms();
    variable_of_term.resize(terms, static_cast<std::uint32_t>(i));
    variables.push_back(std::move(v));
  }
  const Sample& sample = survey.sample();
  with_scatter = survey.replicates() == nullptr && sample.rows_are_units() && survey.calibration() == nullptr;
  shape.cells = grouping.cells();
  shape.counters = counters;
  std::size_t spreads = 0;
  for (PlannedVariable& v : variables) {
    if (!v.numeric) continue;
    v.first_spread = spreads;
    spreads += v.observed * (v.observed - 1) / 2;
  }
}

void Plan::write(ByteWriter& out) const {
  put_value(out, by);
  put_value(out, wanted);
  put_matrix(out, bound);
  put_matrix(out, centre);
  put_value(out, shape.units);
  put_value(out, shape.limbs);
  put_value(out, by_unit);
}

std::shared_ptr<const Plan> Plan::read(ByteReader& in, const Survey& survey) {
  std::vector<std::string> by = get_value<std::vector<std::string>>(in);
  const auto plan = std::make_shared<Plan>(survey, std::move(by), get_value<StatisticsWanted>(in));
  plan->lay_out();
  plan->bound = get_matrix(in);
  plan->centre = get_matrix(in);
  plan->shape.units = get_value<std::size_t>(in);
  plan->shape.limbs = get_value<int>(in);
  plan->by_unit = get_value<bool>(in);
  plan->set_grids();
  return plan;
}

std::shared_ptr<Plan> make_plan(const Survey& survey, const std::vector<std::string>& by, StatisticsWanted wanted) {
  if (survey.sample().rows() > static_cast<std::size_t>(Grid::rows))
    throw EstimateError("estimate.too_many_rows", "a survey has at most 2^30 rows", {{"rows", survey.sample().rows()}});
  const auto planned = std::make_shared<Plan>(survey, by, std::move(wanted));
  Plan& plan = *planned;
  if (!survey.in_parts()) plan.count_rows();
  plan.lay_out();
  const auto cells = static_cast<Eigen::Index>(plan.grouping.cells()),
             terms = static_cast<Eigen::Index>(plan.variable_of_term.size());
  plan.bound = Eigen::MatrixXd::Ones(cells, terms);
  plan.centre = Eigen::MatrixXd::Zero(cells, terms);
  for (const PlannedVariable& v : plan.variables)
    if (v.numeric) set_ranges(plan, v);

  // Variances of calibrated weights need residuals, by a pass of their own; those of replicates need totals by unit
  // only where whole units are repeated.
  const Replicates* replicates = survey.replicates().get();
  plan.by_unit = replicates == nullptr || replicates->repeats_units();
  plan.shape.units = replicates == nullptr ? survey.sample().units() : plan.by_unit ? replicates->units() : 1;
  plan.set_grids();
  if (replicates != nullptr && plan.by_unit && plan.shape.bytes() > memory_budget) {
    plan.by_unit = false;  // a pass over the rows of all replicates takes longer and no memory
    plan.shape.units = 1;
  }
  if (plan.shape.bytes() > memory_budget)
    throw EstimateError("estimate.too_many_cells",
                        "this call needs " + std::to_string(plan.shape.bytes() >> 20) +
                            " MiB for its cells and sampling units: use fewer variables or `by` columns at a time",
                        {{"bytes", plan.shape.bytes()}, {"units", plan.shape.units}, {"cells", plan.shape.cells}});
  return planned;
}

}  // namespace enkat
