#pragma once

#include <string>

#include "enkat/codebook/question.hpp"
#include "enkat/data/column.hpp"
#include "enkat/data/labels.hpp"

namespace enkat {

/// A column without a codebook as a number question; DataError `data.not_a_number` when it holds no numbers.
Question infer_number(const Column& column, const std::string& name);

/// A column without a codebook as a single question whose options are its labels, in their order (bool: false, true).
/// DataError `data.too_many_levels` beyond 32,000.
Question infer_levels(const Labels& labels, const std::string& name);

}  // namespace enkat
