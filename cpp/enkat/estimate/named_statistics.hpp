#pragma once

#include <functional>
#include <string>
#include <vector>

#include "enkat/estimate/estimate.hpp"
#include "enkat/estimate/statistic.hpp"

namespace enkat {

/// A statistic and what its rows are called.
struct NamedStatistic {
  std::string variable;
  AnyStatistic statistic;
};

/// The statistics a request asks for; a UsageError for a name that is none.
std::vector<NamedStatistic> named_statistics(const Survey& survey, const EstimateRequest& request);

/// Makes one list of statistics for every overlapping group of `by` (as many as Grouping::overlaps).
using NamedLists = std::function<std::vector<std::vector<NamedStatistic>>(const Survey&)>;

/// Estimates of given statistics.
Estimates estimate_with(const Survey& survey, const EstimateRequest& request, const NamedLists& named_of,
                        Monitor& monitor);

/// What a request reads.
Reads reads_of(const EstimateRequest& request);

/// Refuses requests that no statistic can meet: a level that is no share, a domain nobody is in.
void check_request(const Survey& survey, const EstimateRequest& request);

}  // namespace enkat
