#pragma once

#include <string>
#include <vector>

#include "enkat/estimate/estimates.hpp"

namespace enkat {

/// The same estimates from each of several imputations of what is not known: multiply imputed data, plausible values.
struct Imputations {
  std::vector<Estimates> estimates = {};
  /// What their variables are called together, in order; empty: as they are, or "first…last" where they differ.
  std::vector<std::string> variables = {};
  IntervalMethod interval = IntervalMethod::logit;  ///< of shares
};

/// One table of estimates: the means of the rows, with covariance W̄ + (1 + 1/m)B, where W̄ is the mean of the
/// covariances that the design gives and B the covariance between the imputations. Rubin (1987), Multiple Imputation
/// for Nonresponse in Surveys, §3.1. Degrees of freedom of a row from those of the design: Barnard & Rubin (1999),
/// Biometrika 86. A UsageError where the rows are not the same.
Estimates combine(const Imputations& imputations, Monitor& monitor);

/// A variable that several columns are imputations of, in the same order for all variables.
struct ImputedVariable {
  std::string name;  ///< empty: "first…last" of the columns
  std::vector<std::string> columns;
};

/// The same of one table with the estimates of all columns.
Estimates combine_columns(const Estimates& estimates, const std::vector<ImputedVariable>& variables,
                          IntervalMethod interval, Monitor& monitor);

}  // namespace enkat
