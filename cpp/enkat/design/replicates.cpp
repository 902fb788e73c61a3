#include "enkat/design/replicates.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/design/auxiliaries.hpp"

namespace enkat {
namespace {

using Eigen::Index;

double largest_magnitude(const std::vector<double>& values) {
  double largest = 0;
  for (const double v : values) largest = std::max(largest, std::abs(v));
  return largest;
}

/// A range that xᵀλ of every row lies in: of a term's levels a row has one at the most.
struct Range {
  double low = 0;
  double high = 0;
};

Range range_of(const Auxiliaries& x, const Eigen::Ref<const Eigen::VectorXd>& lambda) {
  Range range;
  for (const Auxiliaries::Term& term : x.terms()) {
    Range of_term;
    for (std::size_t k = term.first_column; k < term.first_column + term.columns(); ++k) {
      const double reach = x.bounds()[k] * lambda[static_cast<Index>(k)];
      const double other_sign = term.is_category() ? reach : -reach;
      of_term.low = std::min({of_term.low, reach, other_sign});
      of_term.high = std::max({of_term.high, reach, other_sign});
    }
    range.low += of_term.low;
    range.high += of_term.high;
  }
  return range;
}

}  // namespace

void Replicates::weights(Rows rows, std::span<const double> before, std::span<double> out) const {
  const std::size_t replicates = count();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t row = rows.first + i;
    double* weights = out.data() + i * replicates;
    if (multiplier.empty()) {
      std::copy_n(weight.data() + row * replicates, replicates, weights);
      continue;
    }
    const double* factors = multiplier.data() + (unit.empty() ? row : static_cast<std::size_t>(unit[row])) * replicates;
    for (std::size_t r = 0; r < replicates; ++r) weights[r] = before[i] * factors[r];
  }
  if (!x) return;

  AuxiliaryRows auxiliary;
  x->observe(rows, auxiliary);
  Eigen::RowVectorXd u(lambda.cols());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    u.setZero();
    for (std::size_t t = i * auxiliary.entries; t < (i + 1) * auxiliary.entries; ++t)
      if (auxiliary.column[t] >= 0) u += auxiliary.value[t] * lambda.row(auxiliary.column[t]);
    for (std::size_t r = 0; r < replicates; ++r) out[i * replicates + r] *= distance.factor(u[static_cast<Index>(r)]);
  }
}

double Replicates::largest_weight(double largest_before) const {
  const double largest =
      multiplier.empty() ? largest_magnitude(weight) : largest_before * largest_magnitude(multiplier);
  if (!x) return largest;
  double factor = 0;
  for (Index r = 0; r < lambda.cols(); ++r) {
    const Range u = range_of(*x, lambda.col(r));
    factor = std::max({factor, std::abs(distance.factor(u.low)), std::abs(distance.factor(u.high))});
  }
  return largest * factor;
}

}  // namespace enkat
