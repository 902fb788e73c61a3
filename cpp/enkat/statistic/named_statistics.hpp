#pragma once

#include <string>
#include <vector>

#include "enkat/basics/record.hpp"
#include "enkat/design/survey.hpp"
#include "enkat/statistic/request.hpp"
#include "enkat/statistic/statistic.hpp"

namespace enkat {

/// A statistic and what its rows are called.
struct NamedStatistic {
  std::string variable;
  AnyStatistic statistic;
};

/// The statistics that a call adds up, as a value: whoever has some of the rows makes the same of them.
struct StatisticsWanted {
  std::vector<EstimateRequest> requests;
  /// Points of distribution functions by overlapping group and cell, where they are not those of the requests.
  std::vector<std::vector<std::vector<double>>> points = {};
  /// By statistic and cell the slope of the line that two numbers are taken about (LineSlopes); empty without.
  std::vector<std::vector<double>> slopes = {};
};

template <>
struct Fields<StatisticsWanted> {
  static constexpr auto list = std::tuple{
      Field{"requests", &StatisticsWanted::requests, "what is asked for"},
      Field{"points", &StatisticsWanted::points, "of distribution functions"},
      Field{"slopes", &StatisticsWanted::slopes, "of lines"},
  };
};

/// They, as many for every overlapping group of `by` as there are variables (overlap-major). A UsageError for a name
/// that is none.
std::vector<NamedStatistic> named_statistics(const Survey& survey, const StatisticsWanted& wanted,
                                             const std::vector<std::string>& by, std::size_t overlaps);

/// What a request reads.
Reads reads_of(const EstimateRequest& request);

}  // namespace enkat
