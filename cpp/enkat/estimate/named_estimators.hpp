#pragma once

#include <functional>
#include <string>
#include <vector>

#include "enkat/estimate/estimate.hpp"
#include "enkat/estimate/estimators.hpp"

namespace enkat {

/// An estimator and what its rows are called.
struct NamedEstimator {
  std::string variable;
  AnyEstimator estimator;
};

/// The estimators a request asks for; a UsageError for a name that is none.
std::vector<NamedEstimator> named_estimators(const Survey& survey, const EstimateRequest& request);

/// Makes one list of estimators for every overlapping group of `by` (as many as Grouping::overlaps).
using NamedLists = std::function<std::vector<std::vector<NamedEstimator>>(const Survey&)>;

/// Estimates of given estimators.
Estimates estimate_with(const Survey& survey, const EstimateRequest& request, const NamedLists& named_of,
                        Monitor& monitor);

/// What a request reads.
Reads reads_of(const EstimateRequest& request);

/// Refuses requests that no estimator can meet: a level that is no share, a domain nobody is in.
void check_request(const Survey& survey, const EstimateRequest& request);

}  // namespace enkat
