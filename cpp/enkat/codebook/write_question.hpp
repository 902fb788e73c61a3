#pragma once

#include <string>

#include "enkat/basics/json_fwd.hpp"
#include "enkat/codebook/question.hpp"

namespace enkat {

/// How expressions are written: as people write them, or with the trees that Python's grammar made of them.
enum class Expressions { as_text, with_trees };

/// The question as the codebook writes it: keys that have their default value are left out.
Json write_question(const Question& question, const std::string& file_language,
                    Expressions expressions = Expressions::as_text);

}  // namespace enkat
