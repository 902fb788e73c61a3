#include "enkat/design/condition.hpp"

#include "enkat/basics/json.hpp"

namespace enkat {

Json Condition::to_json() const {
  if (expression) return expression->to_json();
  return {{"column", column}, {"values", values}};
}

std::vector<Condition> conditions_from_list(const Json& list) {
  std::vector<Condition> conditions;
  for (const Json& json : list) {
    if (json.contains("tree")) {
      conditions.push_back({"", {}, RowExpression(json)});
    } else {
      conditions.push_back({json.at("column"), json.at("values")});
    }
  }
  return conditions;
}

}  // namespace enkat
