#include "enkat/variance/replicate_df.hpp"

#include <algorithm>

#include "enkat/basics/bytes.hpp"
#include "enkat/design/weight_span.hpp"
#include "enkat/totals/block.hpp"
#include "enkat/totals/plan_pass.hpp"

namespace enkat {
namespace {

/// The bases of a call: a variable in a cell.
std::size_t bases(const Plan& plan) { return plan.shape.cells * plan.variables.size(); }
std::size_t base(const Plan& plan, std::size_t cell, std::size_t variable) {
  return cell * plan.variables.size() + variable;
}

/// Lets `add(row, base)` see every row of some in each base it is in.
template <class Add>
void observe_bases(const Plan& plan, Rows rows, const Add& add) {
  Block block(plan);
  block.observe(rows);
  for (std::size_t v = 0; v < plan.variables.size(); ++v) {
    const double* answered = block.column(plan.variables[v].first_term);
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (block.cell(i) >= 0 && answered[i] != 0)
        add(rows.first + i, base(plan, static_cast<std::size_t>(block.cell(i)), v));
  }
}

/// Which units of the sample have rows in a base. Mergeable and portable.
struct UnitsInBases {
  std::vector<std::uint8_t> seen;  // unit · bases + base

  UnitsInBases& operator+=(const UnitsInBases& other) {
    std::ranges::transform(seen, other.seen, seen.begin(),
                           [](auto a, auto b) { return static_cast<std::uint8_t>(a | b); });
    return *this;
  }
  void write(ByteWriter& out) const { out.put(seen); }
  UnitsInBases read(ByteReader& in) const { return {in.list_of<std::uint8_t>(seen.size())}; }
};

struct UnitsInBasesPass {
  using State = UnitsInBases;
  static constexpr std::string_view name = "units in bases";
  std::shared_ptr<const Plan> plan;

  State empty() const { return {std::vector<std::uint8_t>(plan->survey.sample().units() * bases(*plan), 0)}; }
  void see(const std::shared_ptr<const Plan>& of, Rows rows, State& state) const {
    const std::vector<std::int32_t>& unit = of->survey.sample().unit();
    observe_bases(*of, rows, [&](std::size_t row, std::size_t at) {
      state.seen[(unit.empty() ? 0 : static_cast<std::size_t>(unit[row])) * bases(*of) + at] = 1;
    });
  }
  void write(ByteWriter&) const {}
  static UnitsInBasesPass read(ByteReader&, std::shared_ptr<const Plan> plan) { return {std::move(plan)}; }
};
const KnownPlanPass<UnitsInBasesPass> units_in_bases_pass;

/// PSUs less strata of every base.
std::vector<double> units_less_strata(const std::shared_ptr<const Plan>& plan, const CentredTotals& totals,
                                      const std::vector<Solved>& solved, Monitor& monitor) {
  const Sample& sample = plan->survey.sample();
  std::vector<double> df;
  // Units of the last stage are the PSUs, and totals are kept by them: what is asked is known already.
  if (plan->by_unit && sample.psu_of_unit().empty()) {
    for (const Solved& one : solved)
      df.push_back(psus_less_strata(sample, units_of_base(*plan, totals, one.cell, plan->variables[one.variable]),
                                    one.base.answered));
    return df;
  }
  const std::size_t all = bases(*plan);
  if (sample.units() * all > memory_budget)
    throw EstimateError("estimate.too_many_cells",
                        "this call needs " + std::to_string(sample.units() * all >> 20) +
                            " MiB for its cells and sampling units: use fewer variables or `by` columns at a time",
                        {{"units", sample.units()}, {"cells", plan->shape.cells}});
  const UnitsInBases found = run_pass(UnitsInBasesPass{plan}, monitor);
  for (const Solved& one : solved) {
    const std::size_t at = base(*plan, one.cell, one.variable);
    std::vector<std::uint8_t> has_rows(sample.units());
    for (std::size_t unit = 0; unit < sample.units(); ++unit) has_rows[unit] = found.seen[unit * all + at];
    df.push_back(psus_less_strata(sample, has_rows, one.base.answered));
  }
  return df;
}

/// What the replicate weights of every base span. Mergeable and portable.
struct SpansOfBases {
  std::vector<WeightSpan> spans;

  SpansOfBases& operator+=(const SpansOfBases& other) {
    for (std::size_t i = 0; i < spans.size(); ++i) spans[i] += other.spans[i];
    return *this;
  }
  void write(ByteWriter& out) const {
    for (const WeightSpan& span : spans) span.write(out);
  }
  SpansOfBases read(ByteReader& in) const {
    SpansOfBases other = *this;
    for (WeightSpan& span : other.spans) span = span.read(in);
    return other;
  }
};

struct SpansOfBasesPass {
  using State = SpansOfBases;
  static constexpr std::string_view name = "spans of replicate weights";
  std::shared_ptr<const Plan> plan;

  State empty() const {
    return {std::vector<WeightSpan>(bases(*plan), WeightSpan(plan->survey.replicates()->count()))};
  }
  void see(const std::shared_ptr<const Plan>& of, Rows rows, State& state) const {
    const Survey& part = of->survey;
    const std::size_t count = part.replicates()->count();
    std::vector<double> before(rows.size()), weight(rows.size() * count);
    part.weights_before(rows, before);
    part.replicates()->weights(rows, before, weight);
    observe_bases(*of, rows, [&](std::size_t row, std::size_t at) {
      state.spans[at].add(std::span(weight).subspan((row - rows.first) * count, count));
    });
  }
  void write(ByteWriter&) const {}
  static SpansOfBasesPass read(ByteReader&, std::shared_ptr<const Plan> plan) { return {std::move(plan)}; }
};
const KnownPlanPass<SpansOfBasesPass> spans_of_bases_pass;

/// Rank less 1 of the replicate weights of every base.
std::vector<double> ranks(const std::shared_ptr<const Plan>& plan, const std::vector<Solved>& solved,
                          Monitor& monitor) {
  const SpansOfBases found = run_pass(SpansOfBasesPass{plan}, monitor);
  std::vector<double> df;
  for (const Solved& one : solved)
    df.push_back(static_cast<double>(found.spans[base(*plan, one.cell, one.variable)].rank()) - 1);
  return df;
}

}  // namespace

void set_replicate_df(const std::shared_ptr<const Plan>& plan, const CentredTotals& totals, std::vector<Solved>& solved,
                      Monitor& monitor) {
  const Replicates& replicates = *plan->survey.replicates();
  const Sample& sample = plan->survey.sample();
  const auto everybody = static_cast<std::int64_t>(sample.rows());
  if (std::ranges::all_of(solved, [&](const Solved& one) { return one.base.answered == everybody; })) return;
  const bool supplied = plan->survey.design().replicates.has_value();
  const std::vector<double> own =
      supplied ? ranks(plan, solved, monitor) : units_less_strata(plan, totals, solved, monitor);
  for (std::size_t i = 0; i < solved.size(); ++i)
    if (solved[i].base.answered < everybody) solved[i].base.df = std::min(replicates.df, own[i]);
}

}  // namespace enkat
