#include "enkat/design/replicates.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/design/distinct_rows.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {
namespace {

using Eigen::Index;

/// A range that xᵀλ of every row lies in: of a term's levels a row has one at the most.
struct Range {
  double low = 0;
  double high = 0;
};

Range range_of(const Auxiliaries& x, const Eigen::Ref<const Eigen::VectorXd>& lambda) {
  Range range;
  for (const ModelMatrix::Term& term : x.terms()) {
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

std::shared_ptr<const Replicates> Replicates::of_part(std::span<const std::int32_t> like, const Survey& survey) const {
  auto part = std::make_shared<Replicates>();
  part->method = method;
  part->rscales = rscales;
  part->unit.resize(like.size());
  std::ranges::transform(like, part->unit.begin(), [&](std::int32_t i) { return unit[static_cast<std::size_t>(i)]; });
  if (calibrated) part->calibrated = survey.calibration()->rows;
  return part;
}

void Replicates::weights(Rows rows, std::span<const double> before, std::span<double> out) const {
  const std::size_t replicates = count();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t row = rows.first + i;
    double* weights = out.data() + i * replicates;
    if (combined) {
      std::copy_n(weight.data() + row * replicates, replicates, weights);
      continue;
    }
    const double* factors = multiplier.data() + unit_of(row) * replicates;
    for (std::size_t r = 0; r < replicates; ++r) weights[r] = before[i] * factors[r];
  }
  if (!calibrated) return;

  ModelRows auxiliary;
  calibrated->x().observe(rows, auxiliary);
  Eigen::RowVectorXd u(lambda.cols());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    u.setZero();
    for (std::size_t t = i * auxiliary.entries; t < (i + 1) * auxiliary.entries; ++t)
      if (auxiliary.column[t] >= 0) u += auxiliary.value[t] * lambda.row(auxiliary.column[t]);
    for (std::size_t r = 0; r < replicates; ++r) out[i * replicates + r] *= distance.factor(u[static_cast<Index>(r)]);
  }
}

double Replicates::largest_weight(double largest_before) const {
  const double before = combined ? largest : largest_before * largest;
  if (!calibrated) return before;
  double factor = 0;
  for (Index r = 0; r < lambda.cols(); ++r) {
    const Range u = range_of(calibrated->x(), lambda.col(r));
    factor = std::max({factor, std::abs(distance.factor(u.low)), std::abs(distance.factor(u.high))});
  }
  return before * factor;
}

}  // namespace enkat
