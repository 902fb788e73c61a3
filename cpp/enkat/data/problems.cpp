#include "enkat/data/problems.hpp"

#include <algorithm>
#include <array>

#include "enkat/basics/joined.hpp"
#include "enkat/data/typed.hpp"

namespace enkat {
namespace {

constexpr std::size_t most_listed = 20;  // codes in a message; nobody reads more

std::string listed(const std::vector<std::string>& codes) { return joined(codes, ", ", most_listed); }

/// What can stand in the columns of options: first what says "not ticked".
std::vector<std::string> ticks_of(const Question& question) {
  std::vector<std::string> marks;
  const auto add = [&](const std::vector<Code>& codes) {
    for (const Code& code : codes)
      if (std::ranges::find(marks, code.text()) == marks.end()) marks.push_back(code.text());
  };
  add(question.not_ticks());
  for (const Option& option : question.options) add(question.ticks_of(option));
  return marks;
}

}  // namespace

Problems::Problems(const Question& question, std::size_t first_row, std::vector<Issue>& issues)
    : question_(question), first_row_(first_row), issues_(issues) {
  const bool ticks = question.takes_several() && question.storage == Storage::columns;
  std::vector<std::string> codes, missing;
  if (ticks) codes = ticks_of(question);
  if (!ticks)
    for (const Option& option : question.options) codes.push_back(option.code.text());
  for (const MissingCode& code : question.missing) missing.push_back(code.code.text());
  allowed_ = listed(codes) + (missing.empty() ? "" : "; missing codes are " + listed(missing));
  for (std::size_t i = 0; i < std::min(most_listed, codes.size()); ++i) allowed_codes_.push_back(codes[i]);
  for (std::size_t i = 0; i < std::min(most_listed, missing.size()); ++i) allowed_codes_.push_back(missing[i]);
}

void Problems::add(const std::string& code, const std::string& column, std::size_t row, const std::string& says,
                   const Context& context) {
  ++counts_[code];
  if (kept_ == most) return;
  ++kept_;
  const std::size_t number = first_row_ + row + 1;
  Context where{{"question", question_.name}, {"row", number}, {"column", column}};
  where.set(context);
  issues_.push_back({code, "row " + std::to_string(number) + " of column '" + column + "': " + says, std::move(where)});
}

void Problems::add_unknown_code(const std::string& column, std::size_t row, const Context::Value& value) {
  Context context{{"allowed", allowed_codes_}};
  if (!value.is_nothing()) context.set("value", value);
  add("data.unknown_code", column, row, "question '" + question_.name + "' has no such code; allowed are " + allowed_,
      context);
}

void Problems::add_unknown_tick(const std::string& column, std::size_t row) {
  const Context context{{"allowed", allowed_codes_}};
  if (allowed_codes_.size() >= 2 && allowed_codes_[0] == "0" && allowed_codes_[1] == "1")
    return add("data.not_zero_or_one", column, row,
               "a ticked option is 1, one that is not ticked 0; allowed are " + allowed_ +
                   ". Say in the codebook what else ticks an option: `ticked`",
               context);
  add("data.unknown_tick", column, row,
      "this neither ticks the option nor says that it is not ticked; allowed are " + allowed_ +
          ". Say the others in the codebook: `ticked`, `not_ticked` or `missing`",
      context);
}

void Problems::finish() {
  std::int64_t all = 0;
  for (const auto& [code, count] : counts_) all += count;
  const std::int64_t rest = all - static_cast<std::int64_t>(kept_);
  if (rest == 0) return;
  issues_.push_back({"data.more_problems",
                     "question '" + question_.name + "' has " + std::to_string(rest) + " more problems, " +
                         std::to_string(all) + " in all: correct the first and read the file again",
                     {{"question", question_.name}, {"rest", rest}, {"counts", counts_}}});
}

Context::Value value_of(std::string_view text) {
  constexpr std::size_t longest_code = 20;
  return text.size() <= longest_code && text.find(' ') == std::string_view::npos ? Context::Value(text)
                                                                                 : Context::Value();
}

Context::Value value_of(const Column& column, std::size_t row) {
  if (column.is_number()) {
    std::array<double, 1> value;
    column.numbers(row, value);
    return Code(value[0]).fact();
  }
  std::array<std::string_view, 1> value;
  column.texts(row, value);
  return value_of(value[0]);
}

const Column* column_of(const Table& table, const std::string& name, Problems& problems) {
  try {
    return &table.column(name);
  } catch (const DataError& error) {
    Context context = error.context;
    context.set("question", problems.question().name);
    problems.add({error.code, "question '" + problems.question().name + "': " + error.what(), std::move(context)});
    return nullptr;
  }
}

void add_wrong_type(const Column& column, const std::string& wanted, Problems& problems) {
  const Question& question = problems.question();
  problems.add({"data.wrong_type",
                "column '" + column.name() + "' of question '" + question.name + "' holds " + describe(column) +
                    ", but must hold " + wanted +
                    ": convert it, or correct `type`, `storage` or `column` in the codebook",
                {{"question", question.name}, {"column", column.name()}, {"type", column.form().format}}});
}

}  // namespace enkat
