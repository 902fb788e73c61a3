#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "enkat/data/column.hpp"

namespace enkat {

/// The different texts of a column, its categories or the elements of its lists, that may not be in Unicode's normal
/// form C: those with a character from U+0300 on. Nothing where a text is no UTF-8.
std::optional<std::vector<std::string>> composable_texts(const Column& column);

/// The same column with other texts in the place of these.
Column with_texts(const Column& column, const std::unordered_map<std::string, std::string>& instead);

}  // namespace enkat
