#pragma once

#include <string>
#include <vector>

#include "enkat/codebook/question.hpp"

namespace enkat {

/// Reads one question of a codebook, with the defaults filled in; adds what is wrong with it alone to `issues`.
Question read_question(const Json& json, const std::string& at, const std::string& file_language,
                       std::vector<Issue>& issues);

/// The question as the codebook writes it: keys that have their default value are left out.
Json write_question(const Question& question, const std::string& file_language);

}  // namespace enkat
