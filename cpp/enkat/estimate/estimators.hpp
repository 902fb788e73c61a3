#pragma once

#include <variant>

#include "enkat/estimate/correlation.hpp"
#include "enkat/estimate/covariance.hpp"
#include "enkat/estimate/cronbach_alpha.hpp"
#include "enkat/estimate/cumulative_share.hpp"
#include "enkat/estimate/kappa.hpp"
#include "enkat/estimate/mean.hpp"
#include "enkat/estimate/proportion.hpp"
#include "enkat/estimate/ratio.hpp"
#include "enkat/estimate/total.hpp"
#include "enkat/estimate/variance.hpp"

namespace enkat {

/// Every estimator. Dispatch by name, the laws and the check that each has its verb and its cases walk this list.
template <Estimator... E>
struct EstimatorList {
  using Any = std::variant<E...>;
  static std::vector<std::string> names() { return {std::string(E::name)...}; }
};

using Estimators = EstimatorList<Total, Mean, Ratio, Proportion, CumulativeShare, Variance, Covariance, Correlation,
                                 CronbachAlpha, Kappa>;
using AnyEstimator = Estimators::Any;

}  // namespace enkat
