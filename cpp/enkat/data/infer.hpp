#pragma once

#include <string>

#include "enkat/codebook/question.hpp"
#include "enkat/data/column.hpp"

namespace enkat {

/// A column without a codebook as a number question; DataError `data.not_a_number` when it holds no numbers.
Question infer_number(const Column& column, const std::string& name);

/// A column without a codebook as a single question whose options are the values that occur, in the order of Labels
/// (bool: false, true). DataError `data.too_many_levels` beyond 32,000.
Question infer_levels(const Column& column, const std::string& name);

}  // namespace enkat
