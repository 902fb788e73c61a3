#pragma once

#include <map>
#include <memory>
#include <string>

#include "enkat/codebook/codebook.hpp"
#include "enkat/data/answers.hpp"
#include "enkat/data/labels.hpp"
#include "enkat/data/number_range.hpp"
#include "enkat/data/row_truth.hpp"
#include "enkat/data/table.hpp"

namespace enkat {

/// What is known of columns whose rows are read in parts.
struct KnownColumns {
  const std::map<std::string, std::shared_ptr<const Labels>>* labels;  ///< their values
  const std::map<std::string, NumberRange>* range;                     ///< of numbers, and of dates in seconds
};

/// The columns without a question whose values, or dates, must be known before the questions made of them are.
struct ColumnsToKnow {
  std::vector<std::string> values, dates;
};
ColumnsToKnow to_derive(const Codebook& codebook, const Table& table);

/// The codebook with its expressions checked against the columns there are, and its derived questions ready to be made:
/// their types, options and conditions. CodebookError with all that is wrong. What is ready is left as it is.
/// Of rows that are read in parts `table` has none: what was read of `to_derive` is `known`.
Codebook with_derived(const Codebook& codebook, const Table& table, const KnownColumns* known = nullptr);

/// Where the expressions of a codebook find their answers, read from a table.
RowSources row_sources(const Table& table, const Codebook& codebook);

/// The answers to a derived question: the first option whose condition holds, or the number.
///
/// A row that is in no group for want of an answer has the reason of that answer; one that has answers, but is in no
/// group (or whose number does not exist), the reason `outside`.
Answers::Cells derived_cells(const Table& table, const Codebook& codebook, const Question& question);

}  // namespace enkat
