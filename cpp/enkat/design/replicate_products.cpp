#include "enkat/design/replicate_products.hpp"

#include <array>

#include "enkat/basics/plain_sums.hpp"
#include "enkat/design/pass.hpp"

namespace enkat {
namespace {

using Eigen::Index;

/// Numbers that are held at a time: 64 MiB.
constexpr std::size_t most_numbers = 1 << 23;

/// Where the pair (j, k), j ≤ k, of `size` things stands.
std::size_t pair(std::size_t j, std::size_t k, std::size_t size) { return j * (2 * size - j + 1) / 2 + (k - j); }

/// Σ w₀·a·aᵀ of the units that replicates repeat, a = (1, z) and w₀ the weights before calibration.
struct UnitProductsPass {
  using State = PlainSums;
  static constexpr std::string_view name = "products of auxiliaries by unit";
  FactorBasis basis;
  std::size_t units = 0, pairs = 0;

  State empty(const Survey&) const { return {std::vector<double>(units * pairs, 0.0)}; }
  void observe(const Survey& part, State& sums, Monitor& monitor) const {
    const Replicates& replicates = *part.replicates();
    const FactorBasis here = basis.on(part.calibration()->rows);
    const std::size_t size = here.size();
    const auto see = [&](Rows rows, State& seen) {
      std::array<double, block_rows> weight;
      part.weights_before(rows, std::span(weight).first(rows.size()));
      ModelRows a;
      here.observe(rows, a);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (weight[i] == 0) continue;
        double* const sum = seen.sum.data() + replicates.unit_of(rows.first + i) * pairs;
        for (std::size_t s = i * a.entries; s < (i + 1) * a.entries; ++s) {
          if (a.column[s] < 0) continue;
          const double wa = weight[i] * a.value[s];
          for (std::size_t t = i * a.entries; t < (i + 1) * a.entries; ++t)
            if (a.column[t] >= a.column[s])
              sum[pair(static_cast<std::size_t>(a.column[s]), static_cast<std::size_t>(a.column[t]), size)] +=
                  wa * a.value[t];
        }
      }
    };
    constexpr std::size_t one_thread = 1;
    reduce_into(sums, part.rows(), [&] { return empty(part); }, see, monitor, one_thread);
  }
  void write(ByteWriter& out) const {
    basis.write(out);
    out.put(units);
    out.put(pairs);
  }
  static UnitProductsPass read(ByteReader& in, const Survey& survey) {
    FactorBasis basis = FactorBasis::read(in, survey.calibration()->rows);
    const auto units = in.get<std::size_t>();
    return {std::move(basis), units, in.get<std::size_t>()};
  }
};
const KnownPass<UnitProductsPass> unit_products_pass;

}  // namespace

std::optional<ReplicateProducts> ReplicateProducts::of(const Survey& survey, Monitor& monitor) {
  const Replicates& replicates = *survey.replicates();
  std::optional<FactorBasis> basis = FactorBasis::of(*survey.calibration());
  if (!replicates.by_units() || !basis || !basis->linear()) return {};
  const std::size_t units = replicates.units(), pairs = basis->size() * (basis->size() + 1) / 2;
  if (pairs * std::max(units, replicates.count()) > most_numbers) return {};
  const PlainSums sums = run_pass(survey, UnitProductsPass{*basis, units, pairs}, monitor);
  const Eigen::Map<const ByReplicate> of_units(sums.sum.data(), static_cast<Index>(units), static_cast<Index>(pairs));
  return ReplicateProducts(std::move(*basis), of_units.transpose() * replicates.multipliers());
}

// About their middles, which are their means by the totals, numbers have totals of 0; what the middles would add to the
// factor of every row is taken from it again.
Eigen::VectorXd ReplicateProducts::lambda(const CalibrationEquations& equations) const {
  const Eigen::Map<const Eigen::VectorXd> middle(basis_.middle().data(), equations.totals.size());
  const Eigen::VectorXd totals = (middle.array() != 0).select(0, equations.totals);
  const CalibrationEquations about{equations.rows, totals, equations.distance, equations.replicate};
  const CrossProducts own = cross_products(*equations.replicate);
  Eigen::VectorXd lambda = fit_linear(about, own, generalised_inverse(own.products)).lambda;
  const double shift = middle.dot(lambda);
  for (const std::size_t column : basis_.constant()) lambda[static_cast<Index>(column)] -= shift;
  return lambda;
}

CrossProducts ReplicateProducts::cross_products(std::size_t replicate) const {
  const std::size_t size = basis_.size();
  Eigen::MatrixXd all(static_cast<Index>(size), static_cast<Index>(size));
  for (std::size_t j = 0; j < size; ++j)
    for (std::size_t k = j; k < size; ++k)
      all(static_cast<Index>(j), static_cast<Index>(k)) = all(static_cast<Index>(k), static_cast<Index>(j)) =
          sums_(static_cast<Index>(pair(j, k, size)), static_cast<Index>(replicate));
  const auto p = static_cast<Index>(size) - 1;
  return {all(0, 0), all.col(0).tail(p), all.bottomRightCorner(p, p)};
}

}  // namespace enkat
