#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "enkat/basics/reduce.hpp"
#include "enkat/codebook/check_rows.hpp"
#include "enkat/codebook/codebook.hpp"
#include "enkat/codebook/row_expression.hpp"
#include "enkat/data/answers.hpp"
#include "enkat/data/labels.hpp"
#include "enkat/data/table.hpp"

namespace enkat {

/// What a condition is in a row (Kleene, 1952, §64): where it may be either, for want of an answer, it is missing.
enum class Truth : std::uint8_t { no, yes, missing };

/// Both: no, where one is; yes, where both are; else missing.
Truth both(Truth a, Truth b);

/// What the name of a column without a question is in an expression; nothing where there is no such column.
/// DataError `data.unsupported_type` for lists and whatever else cannot be compared.
std::optional<RowName> row_name(const Table& table, const std::string& name);

/// Where the rows of an expression are: columns, and answers as they are read by their questions.
struct RowSources {
  const Table* table;
  std::function<std::shared_ptr<const Answers>(const std::string&)> answers;  ///< null where there is no question
  std::function<std::shared_ptr<const Answers>(const std::string&)> numbers;  ///< of a column of numbers
};

/// What the names of an expression mean in a table with its codebook.
RowNames row_names(const Table& table, const Codebook& codebook);

/// A checked expression over the rows of a survey, evaluated block by block.
///
/// A comparison with something that has no answer is missing; so is a number that does not exist (the logarithm of 0,
/// what is divided by 0).
class RowTruth {
 public:
  RowTruth(const RowExpression& expression, RowSources sources);

  /// Of a condition.
  void evaluate(Rows rows, std::span<Truth> out) const;
  /// Of a number: NaN where there is none.
  void evaluate(Rows rows, std::span<double> out) const;
  /// Why a row has no answer to the first of the questions that it has none to; `answered` where it has all.
  MissingReason reason(std::size_t row) const;

 private:
  using Truths = std::vector<Truth>;
  using Numbers = std::vector<double>;

  Truths truths(const RowNode& node, Rows rows) const;
  Truths joined(const RowNode& node, Rows rows) const;
  Truths not_missing(const RowNode& node, Rows rows) const;
  Truths ticked(const RowNode& node, Rows rows) const;
  Truths compared(const RowNode& node, Rows rows) const;
  Truths among_options(const RowNode& node, const RowNode& left, const Answers& answers, Rows rows) const;
  Truths among_texts(const RowNode& node, const RowNode& left, Rows rows) const;
  Truths ordered_texts(const std::string& operation, const RowNode& left, const RowNode& right, Rows rows) const;
  Truths compared_numbers(const std::string& operation, const Numbers& left, const Numbers& right) const;
  Numbers numbers(const RowNode& node, Rows rows) const;
  Numbers counted(const RowNode& node, Rows rows) const;
  Numbers seconds(const RowNode& node, Rows rows) const;
  Numbers places(const Answers& answers, const Question& among, Rows rows) const;

  const Column* column(const RowNode& node) const;
  const Answers* answers(const RowNode& node) const;

  const RowExpression& expression_;
  RowSources sources_;
  std::map<std::string, std::shared_ptr<const Answers>> answers_;
  std::map<std::string, Labels> ordered_;  // of columns whose categories have an order, where that is asked for
};

}  // namespace enkat
