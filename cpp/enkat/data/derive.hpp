#pragma once

#include "enkat/codebook/codebook.hpp"
#include "enkat/data/answers.hpp"
#include "enkat/data/row_truth.hpp"
#include "enkat/data/table.hpp"

namespace enkat {

/// The codebook with its expressions checked against the columns there are, and its derived questions ready to be made:
/// their types, options and conditions. CodebookError with all that is wrong. What is ready is left as it is.
Codebook with_derived(const Codebook& codebook, const Table& table);

/// Where the expressions of a codebook find their answers, read from a table.
RowSources row_sources(const Table& table, const Codebook& codebook);

/// The answers to a derived question: the first option whose condition holds, or the number.
///
/// A row that is in no group for want of an answer has the reason of that answer; one that has answers, but is in no
/// group (or whose number does not exist), the reason `outside`.
Answers::Cells derived_cells(const Table& table, const Codebook& codebook, const Question& question);

}  // namespace enkat
