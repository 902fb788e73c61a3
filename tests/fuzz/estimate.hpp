#pragma once

#include <string_view>

#include "enkat/basics/json.hpp"
#include "enkat/estimate/expression.hpp"

namespace enkat::fuzz {

inline void expression(std::string_view text) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return;
  const Expression expression("x", std::move(json));
  if (expression.rows().size() < 100)
    expression.at(Eigen::VectorXd::Constant(static_cast<Eigen::Index>(expression.rows().size()), 0.5));
}

}  // namespace enkat::fuzz
