#pragma once

#include <vector>

#include "enkat/codebook/question.hpp"

namespace enkat {

/// Questions have at most this many options, so that an answer fits in 16 bits.
inline constexpr std::size_t most_options = 32'000;

/// What is wrong with questions that are well formed one by one: names, codes, numbers of columns, routing.
/// Answers in `asked_if` are replaced by the names of the options they mean.
void check_codebook(std::vector<Question>& questions, std::vector<Issue>& issues);

}  // namespace enkat
