#pragma once

#include "enkat/basics/reduce.hpp"

namespace enkat::testing {

/// Watches nothing and never stops a calculation.
inline NoMonitor nobody;

}  // namespace enkat::testing
