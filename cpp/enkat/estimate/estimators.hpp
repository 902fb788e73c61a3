#pragma once

#include <variant>

#include "enkat/estimate/mean.hpp"
#include "enkat/estimate/proportion.hpp"
#include "enkat/estimate/ratio.hpp"
#include "enkat/estimate/total.hpp"

namespace enkat {

/// Every estimator. Dispatch by name, the laws and the check that each has its verb and its cases walk this list.
template <Estimator... E>
struct EstimatorList {
  using Any = std::variant<E...>;
  static std::vector<std::string> names() { return {std::string(E::name)...}; }
};

using Estimators = EstimatorList<Total, Mean, Ratio, Proportion>;
using AnyEstimator = Estimators::Any;

}  // namespace enkat
