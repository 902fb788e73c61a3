#pragma once

#include "enkat/basics/reduce.hpp"
#include "enkat/design/survey.hpp"
#include "enkat/estimate/estimates.hpp"
#include "enkat/statistic/named_statistics.hpp"
#include "enkat/statistic/request.hpp"

namespace enkat {

/// Estimates with joint covariance over all domains, variables and answers of the call.
Estimates estimate(const Survey& survey, const EstimateRequest& request, Monitor& monitor);

/// Estimates of given statistics.
Estimates estimate_with(const Survey& survey, const EstimateRequest& request, const StatisticsWanted& wanted,
                        Monitor& monitor);

/// Refuses requests that no statistic can meet: a level that is no share, a domain nobody is in.
void check_request(const Survey& survey, const EstimateRequest& request);

}  // namespace enkat
