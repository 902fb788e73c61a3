#pragma once

#include <string>
#include <vector>

#include "enkat/basics/json_fwd.hpp"
#include "enkat/codebook/question.hpp"
#include "enkat/codebook/write_question.hpp"  // IWYU pragma: export

namespace enkat {

/// Reads one question of a codebook, with the defaults filled in; adds what is wrong with it alone to `issues`.
Question read_question(const Json& json, const std::string& at, const std::string& file_language,
                       std::vector<Issue>& issues);

}  // namespace enkat
