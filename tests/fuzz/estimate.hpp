#pragma once

#include <string_view>

#include "enkat/basics/json.hpp"
#include "enkat/estimate/expression.hpp"
#include "enkat/estimate/value_bins.hpp"
#include "enkat/estimate/weighted_values.hpp"
#include "tests/fuzz/state.hpp"

namespace enkat::fuzz {

inline void expression(std::string_view text) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return;
  const Expression expression("x", std::move(json));
  if (expression.rows().size() < 100)
    expression.at(Eigen::VectorXd::Constant(static_cast<Eigen::Index>(expression.rows().size()), 0.5));
}

inline const ValueWindows windows({{0, -10, 10}, {1, -10, 10}});

inline void values(std::string_view bytes) { state(bytes, WeightedValues(4, windows)); }
inline void bins(std::string_view bytes) { state(bytes, ValueBins(windows, 64, 4)); }

}  // namespace enkat::fuzz
