#pragma once

#include <optional>
#include <string>
#include <vector>

#include "enkat/basics/json_fwd.hpp"
#include "enkat/estimate/estimate.hpp"

namespace enkat {

/// One figure of a report: what to compute, of which question, among whom. From indicators.json.
struct Indicator {
  std::string name;
  std::string estimator;
  std::string question;
  std::string denominator;
  std::vector<std::string> by;
  std::vector<Condition> where;
  std::vector<std::string> answers;
  std::vector<std::string> nets;  ///< indicators that are shown in this one's chart: answers of it taken together
  IntervalMethod interval = IntervalMethod::logit;
  double level = 0.95;
  bool whiskers = false;
};

class ObjectReader;

/// The `where` of an object, as files write it: {"column": "value" or ["values"]}, or a list of one expression with its
/// tree. Nothing where it has none.
std::optional<std::vector<Condition>> read_where(ObjectReader& reader);

/// The indicators of a study; throws one IndicatorError with every problem, each with its JSON pointer.
std::vector<Indicator> indicators_from_json(const Json& json);

/// The estimates of an indicator; an impossible one is an IndicatorError that names it.
Estimates compute(const Survey& survey, const Indicator& indicator, Monitor& monitor);

}  // namespace enkat
