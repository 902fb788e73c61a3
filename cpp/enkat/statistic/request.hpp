#pragma once

#include <string>
#include <vector>

#include "enkat/basics/names.hpp"
#include "enkat/basics/record.hpp"
#include "enkat/statistic/interval_method.hpp"

namespace enkat {

/// What to do with rows that were asked but have not answered.
enum class MissingPolicy { drop, error, level };

template <>
struct Names<MissingPolicy> {
  static constexpr std::string_view list[] = {"drop", "error", "level"};
};

/// One call: which estimator, of what, among whom.
struct EstimateRequest {
  std::string estimator;
  std::vector<std::string> variables;
  std::vector<std::string> others;  ///< the second of a pair: ratio's denominators, one a variable
  std::vector<std::string> by;
  std::vector<std::string> answers;  ///< only these answers are returned; empty: all
  std::vector<double> points = {};   ///< of a distribution function
  std::vector<std::vector<double>> points_of_cell =
      {};                 ///< its points in each cell of `by`, instead of the same in all
  bool any_of = false;    ///< `answers` count as one answer, "any of them"
  bool everyone = false;  ///< the base is every row, answered or not
  MissingPolicy missing = MissingPolicy::drop;
  double level = 0.95;
  IntervalMethod interval = IntervalMethod::logit;
};

template <>
struct Fields<EstimateRequest> {
  static constexpr auto list = std::tuple{
      Field{"estimator", &EstimateRequest::estimator, "which statistic"},
      Field{"variables", &EstimateRequest::variables, "questions or columns"},
      Field{"others", &EstimateRequest::others, "the second of each pair"},
      Field{"by", &EstimateRequest::by, "columns or questions that make the groups"},
      Field{"answers", &EstimateRequest::answers, "only these answers"},
      Field{"points", &EstimateRequest::points, "of a distribution function"},
      Field{"points_of_cell", &EstimateRequest::points_of_cell, "of a distribution function, cell by cell"},
      Field{"any_of", &EstimateRequest::any_of, "whether the answers count as one"},
      Field{"everyone", &EstimateRequest::everyone, "whether the base is every row"},
      Field{"missing", &EstimateRequest::missing, "what to do with rows that have not answered"},
      Field{"level", &EstimateRequest::level, "of confidence"},
      Field{"interval", &EstimateRequest::interval, "how intervals of shares are made"},
  };
};

template <>
MissingPolicy named<MissingPolicy>(const std::string& name);

}  // namespace enkat
