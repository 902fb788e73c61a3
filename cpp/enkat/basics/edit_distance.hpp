#pragma once

#include <cstddef>
#include <string_view>

namespace enkat {

/// How many bytes must be inserted, left out or changed to make `a` into `b` (Levenshtein, 1966).
std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace enkat
