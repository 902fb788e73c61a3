#include "enkat/design/replicate_products.hpp"

#include <array>

#include "enkat/basics/plain_sums.hpp"
#include "enkat/design/factor_parts.hpp"
#include "enkat/design/pass.hpp"

namespace enkat {
namespace {

using Eigen::Index;

/// Numbers that are held at a time: 64 MiB.
constexpr std::size_t most_numbers = 1 << 23;

/// Where the pair (j, k), j ≤ k, of `size` things stands.
std::size_t pair(std::size_t j, std::size_t k, std::size_t size) { return j * (2 * size - j + 1) / 2 + (k - j); }

/// Σ w₀·a·aᵀ of the units that replicates repeat, a = (1, x) and w₀ the weights before calibration.
struct UnitProductsPass {
  using State = PlainSums;
  static constexpr std::string_view name = "products of auxiliaries by unit";
  std::size_t units = 0, pairs = 0;

  State empty(const Survey&) const { return {std::vector<double>(units * pairs, 0.0)}; }
  void observe(const Survey& part, State& sums, Monitor& monitor) const {
    const Replicates& replicates = *part.replicates();
    const FactorParts parts(*part.calibration()->rows, true);
    const auto see = [&](Rows rows, State& seen) {
      std::array<double, block_rows> weight;
      part.weights_before(rows, std::span(weight).first(rows.size()));
      ModelRows a;
      parts.observe(rows, a);
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (weight[i] == 0) continue;
        double* const sum = seen.sum.data() + replicates.unit_of(rows.first + i) * pairs;
        for (std::size_t s = i * a.entries; s < (i + 1) * a.entries; ++s) {
          if (a.column[s] < 0) continue;
          const double wa = weight[i] * a.value[s];
          for (std::size_t t = i * a.entries; t < (i + 1) * a.entries; ++t)
            if (a.column[t] >= a.column[s])
              sum[pair(static_cast<std::size_t>(a.column[s]), static_cast<std::size_t>(a.column[t]), parts.size())] +=
                  wa * a.value[t];
        }
      }
    };
    constexpr std::size_t one_thread = 1;
    reduce_into(sums, part.rows(), [&] { return empty(part); }, see, monitor, one_thread);
  }
  void write(ByteWriter& out) const {
    out.put(units);
    out.put(pairs);
  }
  static UnitProductsPass read(ByteReader& in, const Survey&) {
    const auto units = in.get<std::size_t>();
    return {units, in.get<std::size_t>()};
  }
};
const KnownPass<UnitProductsPass> unit_products_pass;

}  // namespace

std::optional<ReplicateProducts> ReplicateProducts::of(const Survey& survey, Monitor& monitor) {
  const Calibration& calibration = *survey.calibration();
  const Replicates& replicates = *survey.replicates();
  if (!replicates.by_units() || !FactorParts::linear(*calibration.rows, calibration.distance)) return {};
  const std::size_t units = replicates.units(), columns = 1 + calibration.rows->x().columns(),
                    pairs = columns * (columns + 1) / 2;
  if (pairs * std::max(units, replicates.count()) > most_numbers) return {};
  const PlainSums sums = run_pass(survey, UnitProductsPass{units, pairs}, monitor);
  const Eigen::Map<const ByReplicate> of_units(sums.sum.data(), static_cast<Index>(units), static_cast<Index>(pairs));
  return ReplicateProducts(of_units.transpose() * replicates.multipliers(), columns);
}

CrossProducts ReplicateProducts::cross_products(std::size_t replicate) const {
  Eigen::MatrixXd all(static_cast<Index>(columns_), static_cast<Index>(columns_));
  for (std::size_t j = 0; j < columns_; ++j)
    for (std::size_t k = j; k < columns_; ++k)
      all(static_cast<Index>(j), static_cast<Index>(k)) = all(static_cast<Index>(k), static_cast<Index>(j)) =
          sums_(static_cast<Index>(pair(j, k, columns_)), static_cast<Index>(replicate));
  const auto p = static_cast<Index>(columns_) - 1;
  return {all(0, 0), all.col(0).tail(p), all.bottomRightCorner(p, p)};
}

}  // namespace enkat
