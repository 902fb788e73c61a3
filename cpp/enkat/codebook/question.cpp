#include "enkat/codebook/question.hpp"

#include <algorithm>

#include "enkat/basics/joined.hpp"

namespace enkat {
namespace {

bool reads(const Option& option, const std::string& answer) {
  return option.name == answer || option.code.text() == answer ||
         std::ranges::any_of(option.label.by_language, [&](const auto& label) { return label.second == answer; });
}

constexpr std::size_t most_listed = 12;  // a longer list helps nobody: the suggestion does

}  // namespace

std::vector<std::string> Question::answer_columns() const {
  if (!takes_several() || storage == Storage::delimited || storage == Storage::list) return {column};
  if (storage == Storage::codes) return columns;
  std::vector<std::string> names;
  for (const Option& option : options)
    if (!option.absent) names.push_back(option.column);
  return names;
}

std::vector<std::string> Question::depends_on() const {
  if (derived) return derived->names;
  return asked_if ? asked_if->names() : std::vector<std::string>();
}

std::vector<Code> Question::ticks_of(const Option& option) const {
  if (!option.ticked.empty()) return option.ticked;
  return ticked.empty() ? std::vector{Code(1)} : ticked;
}

std::vector<Code> Question::not_ticks() const {
  const bool by_default =
      ticked.empty() && std::ranges::all_of(options, [](const Option& option) { return option.ticked.empty(); });
  return not_ticked.empty() && by_default ? std::vector{Code(0)} : not_ticked;
}

std::optional<std::size_t> Question::residual() const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (!options[i].other) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

std::size_t Question::option_index(const Code& answer) const {
  const std::string wanted = answer.text();
  std::vector<std::size_t> matches;
  for (std::size_t i = 0; i < options.size(); ++i)
    if (reads(options[i], wanted)) matches.push_back(i);
  if (matches.size() == 1) return matches[0];

  std::vector<std::string> names;
  for (const Option& option : options) names.push_back(option.name);
  const Context context{{"question", name}, {"answer", answer.fact()}, {"options", names}};
  if (matches.empty()) {
    if (options.empty())
      throw UsageError("codebook.unknown_answer",
                       "question '" + name + "' (" + to_string(type) + ") has no list of answers", context);
    throw UsageError("codebook.unknown_answer",
                     "question '" + name + "' has no answer '" + wanted + "'" + suggestion(wanted, names) +
                         "; its answers are " + quoted(names, ", ", most_listed),
                     context);
  }
  throw UsageError("codebook.ambiguous_answer",
                   "'" + wanted + "' means both '" + names[matches[0]] + "' and '" + names[matches[1]] +
                       "' in question '" + name + "': the name, code or label of an answer must say which",
                   context);
}

}  // namespace enkat
