#include "enkat/design/factor_basis.hpp"

#include <algorithm>
#include <numeric>

namespace enkat {
namespace {

using Eigen::Index;

/// The intercept, or all levels of a category.
std::vector<std::size_t> columns_of_one(const Auxiliaries& x) {
  for (const ModelMatrix::Term& term : x.terms()) {
    if (!term.numbers.empty()) continue;
    std::vector<std::size_t> columns(term.columns());
    std::iota(columns.begin(), columns.end(), term.first_column);
    return columns;
  }
  return {};
}

}  // namespace

std::optional<FactorBasis> FactorBasis::of(const Calibration& calibration) {
  const auto& rows = calibration.rows;
  const Auxiliaries& x = rows->x();
  const bool linear = calibration.distance.kind == Distance::Kind::linear && !calibration.distance.bounded();
  if (rows->collapsed() && !(linear && 1 + x.columns() < rows->size())) return FactorBasis(rows, {}, {});
  if (!linear) return {};
  std::vector<double> middle(x.columns(), 0.0);
  const std::vector<std::size_t> constant = columns_of_one(x);
  double everybody = 0;
  for (const std::size_t j : constant) everybody += calibration.totals[static_cast<Index>(j)];
  std::size_t numbers = 0;
  for (const ModelMatrix::Term& term : x.terms()) {
    if (term.numbers.empty()) continue;
    if (term.is_category()) return {};
    ++numbers;
    if (everybody > 0)
      middle[term.first_column] = calibration.totals[static_cast<Index>(term.first_column)] / everybody;
  }
  if (numbers > 1 && !(everybody > 0)) return {};
  return FactorBasis(rows, std::move(middle), constant);
}

void FactorBasis::observe(Rows rows, ModelRows& a) const {
  const std::size_t n = rows.size();
  if (!linear()) {
    a.entries = 1;
    a.column.resize(n);
    a.value.assign(n, 1);
    rows_->of_rows(rows, a.column);
    return;
  }
  ModelRows x;
  rows_->x().observe(rows, x);
  a.entries = 1 + x.entries;
  a.column.clear();
  a.value.clear();
  for (std::size_t i = 0; i < n; ++i) {
    a.column.push_back(0);
    a.value.push_back(1);
    for (std::size_t t = i * x.entries; t < (i + 1) * x.entries; ++t) {
      const bool there = x.column[t] >= 0;
      a.column.push_back(there ? 1 + x.column[t] : x.column[t]);
      a.value.push_back(there ? x.value[t] - middle_[static_cast<std::size_t>(x.column[t])] : 0);
    }
  }
}

ByReplicate FactorBasis::coefficients(const Replicates& replicates, std::size_t first, std::size_t count) const {
  ByReplicate factor(static_cast<Index>(size()), static_cast<Index>(count));
  const auto lambda = replicates.lambda.middleCols(static_cast<Index>(first), static_cast<Index>(count));
  if (linear()) {
    const Eigen::Map<const Eigen::RowVectorXd> middle(middle_.data(), lambda.rows());
    factor << ((middle * lambda).array() + replicates.distance.centre).matrix(), lambda;
    return factor;
  }
  const ModelRows& x = rows_->table().x;
  for (Index q = 0; q < factor.rows(); ++q)
    for (Index r = 0; r < factor.cols(); ++r)
      factor(q, r) = replicates.distance.factor(x.dot(static_cast<std::size_t>(q), lambda.col(r)));
  return factor;
}

}  // namespace enkat
