#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "enkat/codebook/question.hpp"
#include "enkat/codebook/row_expression.hpp"

namespace enkat {

/// What a part of an expression over rows is in each row.
enum class RowType {
  number,  ///< also true and false, as 1 and 0
  truth,   ///< a column of true and false: a number, and a condition by itself
  text,
  moment,     ///< a date or a point in time
  option,     ///< one answer of a question
  options,    ///< the options that a row ticked
  condition,  ///< holds, does not hold, or is missing
};

/// What the name of a column or question means.
struct RowName {
  RowType type;
  const Question* question = nullptr;  ///< of a question of the codebook
  bool ordered = false;                ///< texts that are categories with a declared order
};

/// What a survey, or a codebook, knows of names.
struct RowNames {
  std::function<std::optional<RowName>(const std::string&)> find;
  std::vector<std::string> known;  ///< for suggestions
};

/// Whether the answers to two questions are compared by their names; else, of two scales, by their numbers.
bool compared_by_name(const Question& a, const Question& b);

/// What a question of the codebook is in an expression.
RowName row_name(const Question& question);

/// A value that an expression compares the texts of a column with.
struct ComparedText {
  std::string column;
  const RowNode* value;
};

/// What was found when an expression was checked.
struct CheckedRows {
  std::vector<ComparedText> texts;  ///< of columns without a codebook: their values are known when they are read
};

/// Refuses an expression that is no condition on rows: names and answers that are not there (with what may have been
/// meant), and kinds of values that cannot be compared, each by its place.
CheckedRows check_condition(const RowExpression& expression, const RowNames& names);

/// The same of an expression that is no number.
CheckedRows check_number(const RowExpression& expression, const RowNames& names);

}  // namespace enkat
