#pragma once

#include "enkat/estimate/estimates.hpp"

/// Tables of estimates written down in tests.
namespace enkat::testing {

inline Estimate row_of(std::vector<std::string> by, const std::string& variable, std::optional<double> estimate,
                       std::optional<double> se, double df, std::int64_t n) {
  Estimate row;
  row.by = std::move(by);
  row.variable = variable;
  row.estimate = estimate;
  row.se = se;
  row.df = df;
  row.n = n;
  return row;
}

/// A table whose rows have this covariance; rows without an estimate take no part in it.
inline Estimates table_of(std::vector<std::string> by, std::vector<Estimate> rows, Eigen::MatrixXd covariance) {
  Estimates estimates;
  estimates.by = std::move(by);
  estimates.rows = std::move(rows);
  std::ptrdiff_t form = 0;
  for (const Estimate& row : estimates.rows) estimates.form_of_row.push_back(row.estimate ? form++ : -1);
  estimates.joint = std::make_shared<const FixedCovariance>(std::move(covariance));
  return estimates;
}

}  // namespace enkat::testing
