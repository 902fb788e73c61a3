#pragma once

#include <nlohmann/json_fwd.hpp>

namespace enkat {

/// JSON that keeps the order of its keys. Its definition is slow to compile: only files that read or write JSON include
/// basics/json.hpp.
using Json = nlohmann::ordered_json;

}  // namespace enkat
