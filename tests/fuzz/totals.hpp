#pragma once

#include <string_view>

#include "enkat/totals/value_bins.hpp"
#include "enkat/totals/weighted_values.hpp"
#include "tests/fuzz/state.hpp"

namespace enkat::fuzz {

inline const ValueWindows windows({{0, -10, 10}, {1, -10, 10}});

inline void values(std::string_view bytes) { state(bytes, WeightedValues(4, windows)); }
inline void bins(std::string_view bytes) { state(bytes, ValueBins(windows, 64, 4)); }

}  // namespace enkat::fuzz
