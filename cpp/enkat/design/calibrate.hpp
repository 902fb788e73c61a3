#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "enkat/basics/json.hpp"
#include "enkat/basics/reduce.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {

/// What `survey.calibrate` asks for; totals as CalibrationTotals reads them.
struct CalibrateRequest {
  std::vector<std::vector<std::string>> terms;  ///< variables, or those of a crossing
  bool intercept = true;
  Json totals;
  std::string method = "linear";                ///< "linear", "raking", "logit"
  std::optional<std::array<double, 2>> bounds;  ///< least and largest factor of a weight
  std::optional<std::string> unit;              ///< column of households whose members get the same factor
  Json covariance;                              ///< of the totals, when they are estimates; else null
};

/// Weights brought to the totals of the levels of one category or crossing: {"sex:region": {"k:north": 812, ...}}.
Survey poststratify(const Survey& survey, const Json& margin, Monitor& monitor);

/// Weights brought to the totals of several margins at once by iterative proportional fitting.
Survey rake(const Survey& survey, const Json& margins, Monitor& monitor);

/// Weights as near to those before as their totals of auxiliaries allow. Deville & Särndal (1992).
Survey calibrate(const Survey& survey, const CalibrateRequest& request, Monitor& monitor);

/// Replicates of a calibrated survey: each is fitted to the same totals, from its own weights before.
std::shared_ptr<const Replicates> calibrated_replicates(const Survey& survey,
                                                        const std::shared_ptr<const Replicates>& replicates,
                                                        Monitor& monitor);

/// Weights cut to [lower, upper]; what is cut off is spread equally over the rows that are not.
Survey trim(const Survey& survey, double upper, double lower);

}  // namespace enkat
