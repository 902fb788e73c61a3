#pragma once

#include <optional>
#include <string>
#include <vector>

namespace enkat {

class Survey;

/// A name or a level as it is given: one text ("sex:region", "k:north"), or a text for each variable of a crossing,
/// which also says which is which where one of them has a ":" in it.
using Written = std::vector<std::string>;

/// The parts joined with ":", as they are shown.
std::string crossing_name(const std::vector<std::string>& parts);

/// The variables of a crossing that is given as such, as "sex:region", or as a column that has this name whole.
std::vector<std::string> crossed_variables(const Survey& survey, const Written& name);

/// The only value of a category that a user's word means: its name, or an option's code or label; nothing if none.
std::optional<std::size_t> value_index(const Survey& survey, const std::string& variable,
                                       const std::vector<std::string>& values, const std::string& word);

}  // namespace enkat
