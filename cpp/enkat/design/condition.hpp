#pragma once

#include <optional>
#include <string>
#include <vector>

#include "enkat/basics/json_fwd.hpp"
#include "enkat/codebook/row_expression.hpp"

namespace enkat {

/// A condition of `where`: the column has one of these values (a multiple question: any of them is ticked), or an
/// expression over the rows.
struct Condition {
  std::string column;
  std::vector<std::string> values;
  std::optional<RowExpression> expression = std::nullopt;  ///< instead of column and values

  /// The columns and questions it is about.
  std::vector<std::string> names() const { return expression ? expression->names() : std::vector{column}; }
  /// {"column": …, "values": […]}, or the expression with its tree.
  Json to_json() const;
};

/// Conditions as they are written by `to_json`, in a list.
std::vector<Condition> conditions_from_list(const Json& list);

}  // namespace enkat
