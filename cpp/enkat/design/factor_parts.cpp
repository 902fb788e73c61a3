#include "enkat/design/factor_parts.hpp"

#include <algorithm>

namespace enkat {

using Eigen::Index;

void FactorParts::observe(Rows rows, ModelRows& a) const {
  const std::size_t n = rows.size();
  if (!linear_) {
    a.entries = 1;
    a.column.resize(n);
    a.value.assign(n, 1);
    rows_.of_rows(rows, a.column);
    return;
  }
  ModelRows x;
  rows_.x().observe(rows, x);
  a.entries = 1 + x.entries;
  a.column.clear();
  a.value.clear();
  for (std::size_t i = 0; i < n; ++i) {
    a.column.push_back(0);
    a.value.push_back(1);
    for (std::size_t t = i * x.entries; t < (i + 1) * x.entries; ++t) {
      a.column.push_back(x.column[t] < 0 ? x.column[t] : 1 + x.column[t]);
      a.value.push_back(x.value[t]);
    }
  }
}

ByReplicate FactorParts::of(const Replicates& replicates, std::size_t first, std::size_t count) const {
  ByReplicate factor(static_cast<Index>(size()), static_cast<Index>(count));
  const auto lambda = replicates.lambda.middleCols(static_cast<Index>(first), static_cast<Index>(count));
  if (linear_) {
    factor << Eigen::RowVectorXd::Constant(lambda.cols(), replicates.distance.centre), lambda;
    return factor;
  }
  const ModelRows& x = rows_.table().x;
  for (Index q = 0; q < factor.rows(); ++q)
    for (Index r = 0; r < factor.cols(); ++r)
      factor(q, r) = replicates.distance.factor(x.dot(static_cast<std::size_t>(q), lambda.col(r)));
  return factor;
}

}  // namespace enkat
