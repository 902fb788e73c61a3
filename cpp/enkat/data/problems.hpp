#pragma once

#include <map>
#include <string>
#include <vector>

#include "enkat/codebook/question.hpp"
#include "enkat/data/table.hpp"

namespace enkat {

/// Collects what is wrong with the answers to one question: the first 1,000 problems in full, the rest counted.
class Problems {
 public:
  static constexpr std::size_t most = 1'000;

  /// `first_row` is where the rows of the table stand among all rows of the data.
  Problems(const Question& question, std::size_t first_row, std::vector<Issue>& issues);

  const Question& question() const { return question_; }

  /// A problem of one cell or row; `says` follows "row 212 of column 'q7': ". Rows count from 0 here, from 1 in issues.
  void add(const std::string& code, const std::string& column, std::size_t row, const std::string& says,
           const Context& context = {});
  /// A cell that neither ticks its option nor says that it is not ticked. Its value may be a respondent's words.
  void add_unknown_tick(const std::string& column, std::size_t row);
  /// A code that the codebook does not know.
  void add_unknown_code(const std::string& column, std::size_t row, const Context::Value& value);
  /// A problem of the question or a column as a whole.
  void add(Issue issue) { issues_.push_back(std::move(issue)); }
  /// Adds the issue that counts the problems not kept.
  void finish();

 private:
  const Question& question_;
  std::size_t first_row_;
  std::vector<Issue>& issues_;
  std::size_t kept_ = 0;
  std::map<std::string, std::int64_t> counts_;
  std::string allowed_;
  std::vector<std::string> allowed_codes_;
};

/// The value of a cell for the context of a problem: numbers and short texts, which may be codes; null otherwise,
/// because longer texts are free text and may say who answered.
Context::Value value_of(const Column& column, std::size_t row);
Context::Value value_of(std::string_view text);

/// A column of the question, or nothing, which is then one of the problems.
const Column* column_of(const Table& table, const std::string& name, Problems& problems);

/// A column that cannot hold the answers to a question of this type or storage.
void add_wrong_type(const Column& column, const std::string& wanted, Problems& problems);

}  // namespace enkat
