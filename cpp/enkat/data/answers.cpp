#include "enkat/data/answers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "enkat/basics/error.hpp"
#include "enkat/basics/reduce.hpp"

namespace enkat {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

[[noreturn]] void refuse_type(const Question& question, const std::string& wanted) {
  throw UsageError("data.wrong_question_type",
                   "'" + question.name + "' is a " + to_string(question.type) + " question, which has no " + wanted,
                   {{"question", question.name}, {"type", to_string(question.type)}});
}

NumberRange range_of(const Answers& answers) {
  RangeFinder finder;
  std::array<double, block_rows> number;
  for (std::size_t first = 0; first < answers.rows(); first += block_rows) {
    const auto block = std::span(number).first(std::min(block_rows, answers.rows() - first));
    answers.numbers(first, block);
    finder.add(block);
  }
  return finder.range();
}

}  // namespace

Answers::Answers(Question question, Cells cells) {
  auto state = std::make_shared<State>();
  state->question = std::move(question);
  state->cells = std::move(cells);
  for (const MissingReason reason : state->cells.reason) ++state->counts[static_cast<std::size_t>(reason)];
  if (state->question.type == QuestionType::scale)
    for (const Option& option : state->question.options) state->code.push_back(option.code.number());
  state_ = std::move(state);
}

Answers::Answers(Question question, const NumberRange& range) : Answers(std::move(question), Cells{}) {
  std::call_once(state_->range_known, [&] { state_->range = range; });
}

void Answers::numbers(std::size_t first, std::span<double> out) const {
  const auto& [reason, level, ticked, column, number, text] = state_->cells;
  if (question().type == QuestionType::scale) {
    for (std::size_t i = 0; i < out.size(); ++i) {
      const std::int16_t option = level[first + i];
      out[i] = option < 0 ? nan : state_->code[static_cast<std::size_t>(option)];
    }
    return;
  }
  if (question().type != QuestionType::number) refuse_type(question(), "numbers");
  if (!number.empty()) {
    std::copy_n(number.begin() + static_cast<std::ptrdiff_t>(first), out.size(), out.begin());
  } else if (column) {
    column->numbers(first, out);
  }
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = reason[first + i] != MissingReason::answered ? nan : out[i];
}

const NumberRange& Answers::range() const {
  std::call_once(state_->range_known, [&] { state_->range = range_of(*this); });
  return state_->range;
}

void Answers::levels(std::size_t first, std::span<std::int32_t> out) const {
  if (!question().has_levels()) refuse_type(question(), "single answer per row");
  std::copy_n(state_->cells.level.begin() + static_cast<std::ptrdiff_t>(first), out.size(), out.begin());
}

void Answers::ticked(std::size_t option, std::size_t first, std::span<std::uint8_t> out) const {
  if (question().has_levels()) {
    const auto wanted = static_cast<std::int16_t>(option);
    const std::int16_t* level = state_->cells.level.data() + first;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = level[i] == wanted;
    return;
  }
  if (!question().takes_several()) refuse_type(question(), "options");
  const std::uint64_t* words = plane(option).data();
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::size_t row = first + i;
    out[i] = static_cast<std::uint8_t>((words[row / 64] >> (row % 64)) & 1);
  }
}

void Answers::answered(std::size_t first, std::span<std::uint8_t> out) const {
  const MissingReason* reason = state_->cells.reason.data() + first;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = reason[i] == MissingReason::answered;
}

void Answers::texts(std::size_t first, std::span<std::string_view> out) const {
  if (question().type != QuestionType::text) refuse_type(question(), "texts");
  if (state_->cells.column) state_->cells.column->texts(first, out);
  if (!state_->cells.text.empty())
    std::copy_n(state_->cells.text.begin() + static_cast<std::ptrdiff_t>(first), out.size(), out.begin());
  for (std::size_t i = 0; i < out.size(); ++i)
    if (reason(first + i) != MissingReason::answered) out[i] = {};
}

}  // namespace enkat
