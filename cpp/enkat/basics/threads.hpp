#pragma once

#include <cstddef>

namespace enkat {

/// How many threads a pass may use: what the environment variable ENKAT_THREADS says, else as many as there are
/// processors that this process may run on.
std::size_t threads_allowed();

}  // namespace enkat
