#include "enkat/data/recode.hpp"

#include <algorithm>
#include <array>

#include "enkat/basics/reduce.hpp"
#include "enkat/data/derive.hpp"
#include "enkat/data/infer.hpp"
#include "enkat/data/labels.hpp"
#include "enkat/data/other_words.hpp"
#include "enkat/data/problems.hpp"
#include "enkat/data/recode_choices.hpp"
#include "enkat/data/recode_values.hpp"

namespace enkat {
namespace {

/// 1 for rows that gave one of the answers that the routing asks for, or meet its condition; problems of that question
/// are reported with it.
std::vector<std::uint8_t> asked_rows(const Table& table, const Codebook& codebook, const Routing& routing) {
  std::vector<std::uint8_t> asked(table.rows());
  if (routing.where) {
    const RowTruth meets(*routing.where, row_sources(table, codebook));
    std::array<Truth, block_rows> holds;
    for (std::size_t first = 0; first < asked.size(); first += block_rows) {
      breathe();
      const Rows rows{first, std::min(asked.size(), first + block_rows)};
      meets.evaluate(rows, std::span(holds).first(rows.size()));
      for (std::size_t i = 0; i < rows.size(); ++i) asked[first + i] = holds[i] == Truth::yes ? 1 : 0;
    }
    return asked;
  }
  const Question* target = codebook.find(routing.question);
  if (target == nullptr)
    throw CodebookError("codebook.unknown_question",
                        "the routing names a question that is not in the codebook: '" + routing.question + "'",
                        {{"value", routing.question}});
  std::vector<Issue> reported_with_target;
  const Answers answers = recode(table, codebook, *target, reported_with_target);
  std::array<std::uint8_t, block_rows> ticked;
  for (const std::string& answer : routing.answers) {
    const std::size_t option = target->option_index(answer);
    for (std::size_t first = 0; first < asked.size(); first += block_rows) {
      breathe();
      const auto block = std::span(ticked).first(std::min(block_rows, asked.size() - first));
      answers.ticked(option, first, block);
      for (std::size_t i = 0; i < block.size(); ++i) asked[first + i] |= block[i];
    }
  }
  return asked;
}

Answers::Cells cells_of(const Table& table, std::span<const std::uint8_t> asked, Problems& problems) {
  switch (problems.question().type) {
    case QuestionType::single:
    case QuestionType::scale:
      return recode_levels(table, asked, problems);
    case QuestionType::multiple:
    case QuestionType::top_k:
      return recode_choices(table, asked, problems);
    case QuestionType::number:
      return recode_numbers(table, asked, problems);
    case QuestionType::text:
      break;
  }
  return recode_texts(table, asked, problems);
}

}  // namespace

Answers answers_of(const Labels& labels, const Question& question) {
  Answers::Cells cells;
  for (const std::int32_t code : labels.code) {
    cells.level.push_back(static_cast<std::int16_t>(code));
    cells.reason.push_back(code < 0 ? MissingReason::skipped : MissingReason::answered);
  }
  return Answers(question, std::move(cells));
}

Answers recode(const Table& table, const Codebook& codebook, const Question& question, std::vector<Issue>& issues) {
  if (!question.other_of.empty()) {
    std::vector<Issue> reported_with_target;
    const Question* target = codebook.find(question.other_of);
    return Answers(question, other_words(table, recode(table, codebook, *target, reported_with_target)));
  }
  if (question.derived) return Answers(question, derived_cells(table, codebook, question));
  std::vector<std::uint8_t> asked;
  if (question.asked_if) asked = asked_rows(table, codebook, *question.asked_if);
  Problems problems(question, table.first_row(), issues);
  Answers::Cells cells = cells_of(table, asked, problems);
  problems.finish();
  return Answers(question, std::move(cells));
}

Answers recode(const Table& table, const Codebook& codebook, const Question& question) {
  std::vector<Issue> problems;
  Answers answers = recode(table, codebook, question, problems);
  refuse<DataError>(problems);
  return answers;
}

Question number_question(const Table& table, const Codebook& codebook, const std::string& name) {
  const Question* found = codebook.find(name);
  if (found == nullptr) return infer_number(table.column(name), name);
  if (found->type != QuestionType::number && found->type != QuestionType::scale)
    throw EstimateError("estimate.not_a_number",
                        "'" + name + "' is a " + std::string(name_of(found->type)) +
                            " question: means, totals and ratios need a number or a scale; use proportion()",
                        {{"question", name}, {"type", std::string(name_of(found->type))}});
  return *found;
}

}  // namespace enkat
