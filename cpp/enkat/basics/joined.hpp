#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace enkat {

inline constexpr std::size_t all_texts = std::numeric_limits<std::size_t>::max();

/// Texts one after another; of more than `most` the first ones, and how many there are in all.
std::string joined(const std::vector<std::string>& texts, std::string_view by = ", ", std::size_t most = all_texts);

/// The same, each in quotation marks: 'north', 'south'.
std::string quoted(const std::vector<std::string>& texts, std::string_view by = ", ", std::size_t most = all_texts);

}  // namespace enkat
