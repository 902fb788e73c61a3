#include "enkat/data/recode_choices.hpp"

#include <algorithm>

#include "enkat/basics/breathe.hpp"
#include "enkat/data/choice_storage.hpp"

namespace enkat {
namespace {

/// Decides for each row of a block whether it answered, and why not.
class Judge {
 public:
  explicit Judge(Problems& problems)
      : problems_(problems),
        question_(problems.question()),
        most_(question_.type == QuestionType::top_k ? static_cast<std::uint16_t>(question_.k) : std::uint16_t{65535}),
        zeros_are_answers_(question_.storage != Storage::columns || question_.all_zero == AllZero::answered),
        blank_columns_are_none_(question_.storage == Storage::columns && question_.blank == Blank::none_chosen),
        column_(question_.answer_columns().empty() ? question_.column : question_.answer_columns().front()) {}

  MissingReason reason(const Choices& choices, std::size_t i, bool asked) {
    const std::uint16_t count = choices.count[i];
    if (!asked) {
      if (count > 0)
        problems_.add("data.answer_outside_routing", column_, choices.rows.first + i,
                      "there is an answer, but the routing says that question '" + question_.name +
                          "' was not asked here; correct the answers or `asked_if`",
                      {{"asked_if", question_.asked_if->text()}});
      return MissingReason::not_asked;
    }
    if (choices.why[i] == MissingReason::invalid) return MissingReason::invalid;
    if (count > most_)
      return over(choices.rows.first + i, "data.too_many_choices",
                  std::to_string(count) + " options are chosen; at most " + std::to_string(question_.k) +
                      " may be in question '" + question_.name + "'",
                  {{"chosen", count}, {"k", question_.k}});
    if (choices.exclusive[i] != 0 && count > 1)
      return over(choices.rows.first + i, "data.exclusive_with_other",
                  "an exclusive option of question '" + question_.name + "' is chosen beside others",
                  {{"chosen", count}});
    if (count > 0 || (choices.present[i] != 0 && zeros_are_answers_)) return MissingReason::answered;
    if (blank_columns_are_none_ && choices.present[i] == 0 && choices.why[i] == MissingReason::skipped)
      return MissingReason::answered;
    return choices.why[i];
  }

 private:
  MissingReason over(std::size_t row, const char* code, const std::string& says, const Context& context) {
    if (question_.over == Over::missing) return MissingReason::over;
    problems_.add(code, column_, row, says + "; correct the answers, or say `over: \"missing\"` in the codebook",
                  context);
    return MissingReason::invalid;
  }

  Problems& problems_;
  const Question& question_;
  std::uint16_t most_;
  bool zeros_are_answers_, blank_columns_are_none_;
  std::string column_;
};

void untick(std::size_t row, Planes& planes) {
  for (auto& plane : planes) plane[row / 64] &= ~(std::uint64_t{1} << (row % 64));
}

}  // namespace

Answers::Cells recode_choices(const Table& table, std::span<const std::uint8_t> asked, Problems& problems) {
  const std::size_t rows = table.rows();
  Answers::Cells cells;
  cells.reason.resize(rows);
  cells.ticked.assign(problems.question().options.size(), std::vector<std::uint64_t>((rows + 63) / 64));
  const auto storage = storage_of(table, problems);
  Judge judge(problems);
  Choices choices;
  for (std::size_t first = 0; first < rows; first += block_rows) {
    breathe();
    choices.start({first, std::min(rows, first + block_rows)});
    storage->read(choices, cells.ticked, problems);
    for (std::size_t i = 0; i < choices.rows.size(); ++i) {
      const std::size_t row = first + i;
      cells.reason[row] = judge.reason(choices, i, asked.empty() || asked[row] != 0);
      if (cells.reason[row] != MissingReason::answered && choices.count[i] > 0) untick(row, cells.ticked);
    }
  }
  return cells;
}

}  // namespace enkat
