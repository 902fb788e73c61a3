#pragma once

#include <string>

#include "enkat/basics/json_fwd.hpp"
#include "enkat/codebook/question.hpp"

namespace enkat {

/// The question as the codebook writes it: keys that have their default value are left out.
Json write_question(const Question& question, const std::string& file_language);

}  // namespace enkat
