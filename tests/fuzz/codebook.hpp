#pragma once

#include <string_view>

#include "enkat/basics/json.hpp"
#include "enkat/codebook/check_rows.hpp"
#include "enkat/codebook/codebook.hpp"
#include "enkat/codebook/row_expression.hpp"

namespace enkat::fuzz {

inline void codebook(std::string_view text) { Codebook::parse(std::string(text)); }

inline void row_expression(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return;
  const RowExpression expression(json);
  expression.names();
  expression.to_json();
}

}  // namespace enkat::fuzz
