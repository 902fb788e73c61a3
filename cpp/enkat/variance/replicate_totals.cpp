#include "enkat/variance/replicate_totals.hpp"

#include <algorithm>
#include <array>

#include "enkat/basics/plain_sums.hpp"
#include "enkat/design/factor_basis.hpp"
#include "enkat/totals/block.hpp"
#include "enkat/totals/plan_pass.hpp"

namespace enkat {
namespace {

using Eigen::Index;

Index index(std::size_t i) { return static_cast<Index>(i); }

/// Rows whose replicate weights are made at a time: they should stay in the cache.
constexpr std::size_t rows_at_a_time = 256;
/// Replicates whose totals by cell are made at a time.
constexpr Index replicates_at_a_time = 128;
/// How far ahead of a row what a later one needs is fetched, as rows lie anywhere in a table larger than most caches.
constexpr std::size_t rows_ahead = 16;

/// Totals of the units times the multipliers of the units, cell by cell.
std::vector<double> of_units(const Plan& plan, const CentredTotals& totals) {
  const Replicates& replicates = *plan.survey.replicates();
  const std::size_t cells = plan.shape.cells, units = plan.shape.units;
  std::vector<double> sums(cells * plan.terms() * replicates.count());
  Eigen::MatrixXd of_cell(index(units), index(plan.terms()));
  for (std::size_t cell = 0; cell < cells; ++cell) {
    for (std::size_t unit = 0; unit < units; ++unit)
      for (std::size_t k = 0; k < plan.terms(); ++k)
        of_cell(index(unit), index(k)) = totals.total(unit * cells + cell, k);
    Eigen::Map<ByReplicate>(sums.data() + cell * plan.terms() * replicates.count(), of_cell.cols(),
                            index(replicates.count()))
        .noalias() = of_cell.transpose() * replicates.multipliers();
  }
  return sums;
}

/// What the factors of calibrated replicates are sums of, in a plan whose replicates repeat units.
std::optional<FactorBasis> factor_basis(const Plan& plan) {
  const Replicates& replicates = *plan.survey.replicates();
  if (!replicates.by_units() || !replicates.calibrated) return {};
  return FactorBasis::of(*plan.survey.calibration());
}

/// How many numbers the sums by unit, cell, element of the basis and term would be.
std::size_t numbers_by_basis(const Plan& plan, const FactorBasis& basis) {
  return plan.survey.replicates()->units() * plan.shape.cells * basis.size() * plan.terms();
}

/// Σ w₀·a·u of units (rows) by cell, element a of the factors' basis and term u (columns), w₀ the weights before
/// calibration.
struct FactorTermsPass {
  using State = PlainSums;
  static constexpr std::string_view name = "terms by basis of factors";
  static constexpr bool one_thread = true;
  std::shared_ptr<const Plan> plan;
  std::size_t size = 0;
  FactorBasis basis;

  State empty() const { return {std::vector<double>(size, 0.0)}; }
  void see(const std::shared_ptr<const Plan>& of, Rows rows, State& sums) const {
    const Replicates& replicates = *of->survey.replicates();
    const std::size_t terms = of->terms();
    Block block(*of);
    block.observe(rows);
    std::array<double, block_rows> before;
    of->survey.weights_before(rows, std::span(before).first(rows.size()));
    ModelRows a;
    basis.on(replicates.calibrated).observe(rows, a);
    const std::size_t elements = basis.size();
    const auto sums_of = [&](std::size_t i) {
      const std::size_t slot =
          replicates.unit_of(rows.first + i) * of->shape.cells + static_cast<std::size_t>(std::max(block.cell(i), 0));
      return sums.sum.data() + slot * elements * terms;
    };
    const auto element_of = [&](std::size_t entry) { return static_cast<std::size_t>(a.column[entry]) * terms; };
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (const std::size_t later = i + rows_ahead; later < rows.size())
        for (std::size_t k = 0; k < terms; k += cache_line / sizeof(double))
          __builtin_prefetch(sums_of(later) + element_of(later * a.entries) + k, 1);
      if (block.cell(i) < 0) continue;
      const std::vector<ActiveTerm>& active = block.active(i);
      for (std::size_t t = i * a.entries; t < (i + 1) * a.entries; ++t) {
        if (a.column[t] < 0) continue;
        double* sum = sums_of(i) + element_of(t);
        for (const auto& [k, value] : active) sum[k] += before[i] * a.value[t] * value;
      }
    }
  }
  void write(ByteWriter& out) const {
    out.put(size);
    basis.write(out);
  }
  static FactorTermsPass read(ByteReader& in, std::shared_ptr<const Plan> plan) {
    const auto size = in.get<std::size_t>();
    FactorBasis basis = FactorBasis::read(in, plan->survey.replicates()->calibrated);
    return {std::move(plan), size, std::move(basis)};
  }
};
const KnownPlanPass<FactorTermsPass> factor_terms_pass;

/// A unit and a place (cell · elements of the basis + element) that have rows in common.
struct Filled {
  Index unit, place;
};

/// The places of units that are filled, where they are few; else none.
std::vector<Filled> few_places(const Eigen::Map<const ByReplicate>& units, Index terms) {
  const Index places = units.cols() / terms;
  std::vector<Filled> filled;
  for (Index unit = 0; unit < units.rows(); ++unit)
    for (Index place = 0; place < places; ++place) {
      if ((units.row(unit).segment(place * terms, terms).array() == 0).all()) continue;
      // A product of matrices does several times as many additions in the time of one place after the other.
      if (4 * (std::ssize(filled) + 1) > units.rows() * places) return {};
      filled.push_back({unit, place});
    }
  return filled;
}

/// Totals of units by element of the basis, times the multipliers of the units, times the coefficients of the
/// replicates.
std::vector<double> of_factor_basis(const std::shared_ptr<const Plan>& planned, const FactorBasis& basis,
                                    Monitor& monitor) {
  const Plan& plan = *planned;
  const Replicates& replicates = *plan.survey.replicates();
  const Index count = index(replicates.count()), elements = index(basis.size()), terms = index(plan.terms()),
              cells = index(plan.shape.cells);
  const PlainSums by_unit = run_pass(FactorTermsPass{planned, numbers_by_basis(plan, basis), basis}, monitor);
  const Eigen::Map<const ByReplicate> units(by_unit.sum.data(), index(replicates.units()), cells * elements * terms);
  const std::vector<Filled> few = few_places(units, terms);
  std::vector<double> sums(static_cast<std::size_t>(cells * terms * count), 0.0);
  Eigen::Map<ByReplicate> totals(sums.data(), cells * terms, count);
  for (Index first = 0; first < count; first += replicates_at_a_time) {
    monitor.poll(static_cast<double>(first) / static_cast<double>(count));
    const Index some = std::min(replicates_at_a_time, count - first);
    const ByReplicate factor =
        basis.coefficients(replicates, static_cast<std::size_t>(first), static_cast<std::size_t>(some));
    const auto multipliers = replicates.multipliers().middleCols(first, some);
    if (!few.empty()) {
      for (const auto& [unit, place] : few) {
        const Eigen::RowVectorXd weight = multipliers.row(unit).cwiseProduct(factor.row(place % elements));
        totals.block(place / elements * terms, first, terms, some).noalias() +=
            units.row(unit).segment(place * terms, terms).transpose() * weight;
      }
      continue;
    }
    const ByReplicate before = units.transpose() * multipliers;
    for (Index place = 0; place < cells * elements; ++place)
      totals.block(place / elements * terms, first, terms, some).array() +=
          before.middleRows(place * terms, terms).array().rowwise() * factor.row(place % elements).array();
  }
  return sums;
}

/// Σ w_r·u of every cell, term and replicate r.
struct RepeatedTermsPass {
  using State = ExactSums;
  static constexpr std::string_view name = "terms by replicate";
  std::shared_ptr<const Plan> plan;

  State empty() const {
    const Survey& survey = plan->survey;
    const Replicates& replicates = *survey.replicates();
    const double heaviest =
        replicates.largest_weight(survey.calibration() ? survey.largest_weight_before() : survey.largest_weight());
    std::vector<double> bounds;
    for (Index cell = 0; cell < plan->bound.rows(); ++cell)
      for (Index term = 0; term < plan->bound.cols(); ++term)
        bounds.insert(bounds.end(), replicates.count(),
                      heaviest * static_cast<double>(block_rows) * plan->bound(cell, term));
    return ExactSums(bounds);
  }
  void see(const std::shared_ptr<const Plan>& of, Rows rows, State& sums) const {
    const Survey& part = of->survey;
    const std::size_t count = part.replicates()->count(), terms = of->terms(), slots = of->shape.cells * terms;
    Block block(*of);
    block.observe(rows);
    std::vector<double> before(rows.size()), weight(rows_at_a_time * count), sum(slots * count, 0.0);
    std::vector<std::uint8_t> touched(slots, 0);
    if (part.calibration()) {
      part.weights_before(rows, before);
    } else {
      part.weights(rows, before);
    }
    for (std::size_t first = 0; first < rows.size(); first += rows_at_a_time) {
      const Rows some{rows.first + first, std::min(rows.last, rows.first + first + rows_at_a_time)};
      part.replicates()->weights(some, std::span(before).subspan(first, some.size()),
                                 std::span(weight).first(some.size() * count));
      for (std::size_t i = 0; i < some.size(); ++i) {
        if (block.cell(first + i) < 0) continue;
        const double* w = weight.data() + i * count;
        for (const auto& [k, value] : block.active(first + i)) {
          const std::size_t slot = static_cast<std::size_t>(block.cell(first + i)) * terms + k;
          double* total = sum.data() + slot * count;
          touched[slot] = 1;
          for (std::size_t r = 0; r < count; ++r) total[r] += w[r] * value;
        }
      }
    }
    for (std::size_t slot = 0; slot < slots; ++slot)
      if (touched[slot] != 0)
        for (std::size_t r = 0; r < count; ++r) sums.add(slot * count + r, sum[slot * count + r]);
  }
  void write(ByteWriter&) const {}
  static RepeatedTermsPass read(ByteReader&, std::shared_ptr<const Plan> plan) { return {std::move(plan)}; }
};
const KnownPlanPass<RepeatedTermsPass> repeated_terms_pass;

std::vector<double> of_rows(const std::shared_ptr<const Plan>& plan, Monitor& monitor) {
  const ExactSums exact = run_pass(RepeatedTermsPass{plan}, monitor);
  std::vector<double> sums(exact.size());
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = exact[i];
  return sums;
}

std::vector<double> totals_of(const std::shared_ptr<const Plan>& plan, const CentredTotals& totals, Monitor& monitor) {
  if (plan->by_unit) return of_units(*plan, totals);
  if (const auto basis = factor_basis(*plan);
      basis && numbers_by_basis(*plan, *basis) * sizeof(double) <= memory_budget)
    return of_factor_basis(plan, *basis, monitor);
  if (plan->survey.in_parts() && plan->survey.replicates()->by_units())
    throw EstimateError(
        "estimate.in_memory_only",
        "replicates of this call need too much memory where rows are read in parts: use fewer variables "
        "or `by` columns at a time, or read the data with enkat.read");
  return of_rows(plan, monitor);
}

}  // namespace

ReplicateTotals::ReplicateTotals(const std::shared_ptr<const Plan>& plan, const CentredTotals& totals, Monitor& monitor)
    : replicates_(plan->survey.replicates()->count()), sums_(totals_of(plan, totals, monitor)) {}

CellTotals ReplicateTotals::of(const Plan& plan, const PlannedVariable& v, std::size_t cell, std::size_t replicate,
                               double rows) const {
  const auto terms = static_cast<Eigen::Index>(v.terms());
  CellTotals totals{Eigen::VectorXd(terms), Eigen::VectorXd(terms), rows, cell};
  for (Eigen::Index k = 0; k < terms; ++k) {
    const std::size_t term = v.first_term + static_cast<std::size_t>(k);
    totals.total[k] = sums_[(cell * plan.terms() + term) * replicates_ + replicate];
    totals.centre[k] = plan.centre(static_cast<Eigen::Index>(cell), static_cast<Eigen::Index>(term));
  }
  return totals;
}

}  // namespace enkat
