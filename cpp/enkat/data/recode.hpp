#pragma once

#include <vector>

#include "enkat/codebook/codebook.hpp"
#include "enkat/data/answers.hpp"
#include "enkat/data/infer.hpp"
#include "enkat/data/table.hpp"

namespace enkat {

/// Reads the answers to a question out of a table; what is wrong with them is added to `problems`.
///
/// A problem names the question, the column, the row (1 is the first respondent) and what is allowed, in its context
/// and its message; context `value` is a code that the codebook does not know, and is absent where it may be free text.
/// A cell with a problem has the reason `invalid`, one outside the routing `not_asked`. After 1,000 problems of a
/// question one more, `data.more_problems`, counts the rest.
///
/// Cells match codes as follows. A number matches a code of the same value, or a text code that reads the same.
/// A text, surrounding spaces trimmed, matches a code that reads the same, else a code of the same number ("1.0" is 1),
/// else, unless it is a number, an option's name. An empty text is missing, as null and NaN are.
/// The same option twice in a row of codes, a list or a delimited text counts once; empty parts of the latter do not
/// count. An empty list is an answer with nothing chosen; a null one is missing.
/// A text that matches nothing means the residual option (`other`), where there is one; but a number does not, beside
/// codes that are numbers.
Answers recode(const Table& table, const Codebook& codebook, const Question& question, std::vector<Issue>& problems);

/// The same; throws DataError with all that is wrong.
Answers recode(const Table& table, const Codebook& codebook, const Question& question);

/// The question of numbers that `name` is, or a column without a codebook as one. EstimateError
/// `estimate.not_a_number` where it has other answers.
Question number_question(const Table& table, const Codebook& codebook, const std::string& name);

/// The answers of a column without a codebook: its values are its codebook, and nothing can be wrong with them.
Answers answers_of(const Labels& labels, const Question& question);

}  // namespace enkat
