#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "enkat/basics/json.hpp"
#include "enkat/design/auxiliaries.hpp"
#include "enkat/design/crossing.hpp"

namespace enkat {

/// Totals to calibrate to, as they are written: {"stype": {"E": 4421, "H": 755}, "api99": 3e6}, or as R names columns:
/// {"(Intercept)": 6194, "stypeH": 755, "api99": 3e6}, the reference level left out.
struct CalibrationTotals {
  struct Given {
    Written name;                  ///< of a variable or a crossing, or as R names a column
    std::optional<Written> level;  ///< "E", "k:north" or its parts; none where the name says it all
    double value = 0;

    std::string text() const { return crossing_name(name) + (level ? ":" + crossing_name(*level) : ""); }
  };
  std::vector<Given> given;
  Eigen::MatrixXd covariance;  ///< of what is given, when the totals are estimates; else empty

  /// `covariance`, unless null, is {"columns": [names], "covariance": [[numbers]]}; what it does not name is known.
  /// Without "columns" it is of all totals in their order.
  static CalibrationTotals from_json(const Json& totals, const Json& covariance = nullptr);

  /// Whether totals of the levels of a variable or a crossing are given.
  bool has_levels(const std::vector<std::string>& variables) const;
  /// Whether the variable itself has a total.
  bool has_number(const std::vector<std::string>& variables) const;
};

/// A key and a value of what maps names or levels to something: of an object, or of a list of pairs such as
/// [[["sex", "region"], …], …], whose keys may have parts.
struct Keyed {
  Written key;
  const Json* value;
};

/// Empty when it is neither.
std::vector<Keyed> pairs_of(const Json& json);

/// Whether this is how the variable or the crossing is given.
bool is_name_of(const Written& written, const std::vector<std::string>& variables);

/// Totals of every column of x, and their covariance (empty when they are known).
struct TargetTotals {
  Eigen::VectorXd totals;
  Eigen::MatrixXd covariance;
};

/// Completes the given totals: levels left out follow from the others. Refuses what is unknown, missing, negative,
/// contradictory, or asked of levels that nobody in the sample has: `counts` are the rows with weight in each column.
TargetTotals target_totals(const Survey& survey, const Auxiliaries& x, std::span<const std::size_t> counts,
                           const CalibrationTotals& given);

}  // namespace enkat
