#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "enkat/statistic/request.hpp"

namespace enkat::testing {

/// A statistic of one variable, or of a pair of them.
inline EstimateRequest request(std::string_view estimator, std::string variable, std::vector<std::string> others = {}) {
  EstimateRequest request;
  request.estimator = estimator;
  request.variables = {std::move(variable)};
  request.others = std::move(others);
  return request;
}

}  // namespace enkat::testing
