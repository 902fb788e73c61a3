#pragma once

#include <string>
#include <vector>

#include "enkat/estimate/estimate.hpp"
#include "enkat/estimate/quantile_rule.hpp"
#include "enkat/variance/woodruff.hpp"

namespace enkat {

/// Quantiles of numbers among whom.
struct QuantileRequest {
  std::vector<std::string> variables;
  std::vector<double> probabilities;
  std::vector<std::string> by;
  QuantileRule rule = QuantileRule::math;
  QuantileInterval interval = QuantileInterval::mean;
  MissingPolicy missing = MissingPolicy::drop;
  double level = 0.95;
};

template <>
struct Fields<QuantileRequest> {
  static constexpr auto list =
      std::tuple{Field{"variables", &QuantileRequest::variables, "questions or columns"},
                 Field{"probabilities", &QuantileRequest::probabilities, "which quantiles: from 0 to 1"},
                 Field{"by", &QuantileRequest::by, "columns or questions that make the groups"},
                 Field{"rule", &QuantileRequest::rule, "what a quantile is between two answers"},
                 Field{"interval", &QuantileRequest::interval, "how intervals are made"},
                 Field{"missing", &QuantileRequest::missing, "what to do with rows that have not answered"},
                 Field{"level", &QuantileRequest::level, "of confidence"}};
};

/// Quantiles with intervals after Woodruff (1952), or of the score type after Francisco & Fuller (1991).
///
/// The share of answers at or below the quantile is estimated with the design as any other share, and its interval read
/// back as quantiles; the standard error is the width of that over 2·t. The joint covariance is that of the shares,
/// each scaled by its se of the quantile over its se of the share. A row's answer is its probability.
Estimates quantiles(const Survey& survey, const QuantileRequest& request, Monitor& monitor);

}  // namespace enkat
