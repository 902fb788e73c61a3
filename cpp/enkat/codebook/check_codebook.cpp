#include "enkat/codebook/check_codebook.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>

namespace enkat {
namespace {

/// Reports a value that was already seen under the same key.
class Unique {
 public:
  Unique(std::string code, std::string what, std::vector<Issue>& issues)
      : code_(std::move(code)), what_(std::move(what)), issues_(issues) {}

  void add(const std::string& value, const std::string& at) {
    const auto [first, added] = seen_.try_emplace(value, at);
    if (!added)
      issues_.push_back({code_,
                         what_ + " '" + value + "' occurs twice: give each its own",
                         {{"at", at}, {"first", first->second}, {"value", value}}});
  }

 private:
  std::string code_, what_;
  std::vector<Issue>& issues_;
  std::unordered_map<std::string, std::string> seen_;
};

void check_options(const Question& q, const std::string& at, std::vector<Issue>& issues) {
  if (q.options.size() > most_options) {
    issues.push_back({"codebook.too_many_options",
                      "question '" + q.name + "' has " + std::to_string(q.options.size()) +
                          " options; at most 32,000 are allowed: make it a text or number question",
                      {{"at", at + "/options"}, {"options", q.options.size()}}});
    return;
  }
  const std::string of = " of question '" + q.name + "':";
  Unique names("codebook.duplicate_name", "option name" + of, issues);
  Unique codes("codebook.duplicate_code", "option code" + of, issues);
  Unique columns("codebook.duplicate_column", "option column" + of, issues);
  Unique labels("codebook.duplicate_label", "option label" + of, issues);
  std::map<std::string, Unique> labels_by_language;
  for (std::size_t i = 0; i < q.options.size(); ++i) {
    const Option& option = q.options[i];
    const std::string here = at + "/options/" + std::to_string(i);
    if (option.name.empty()) continue;  // reported already
    names.add(option.name, here + "/name");
    codes.add(option.code.text(), here + "/code");
    if (q.takes_several() && q.storage == Storage::columns) columns.add(option.column, here + "/column");
    for (const auto& [language, words] : option.label.by_language)
      labels_by_language.try_emplace(language, labels).first->second.add(words, here + "/label");
  }
}

bool is_tick(const Question& q, const Code& code) {
  const auto holds = [&](const std::vector<Code>& codes) { return std::ranges::find(codes, code) != codes.end(); };
  return holds(q.not_ticks()) ||
         std::ranges::any_of(q.options, [&](const Option& option) { return holds(q.ticks_of(option)); });
}

/// A value of a column cannot both tick and not tick.
void check_ticks(const Question& q, const std::string& at, std::vector<Issue>& issues) {
  if (!q.takes_several() || q.storage != Storage::columns) return;
  for (const Code& code : q.not_ticked)
    if (std::ranges::any_of(q.options, [&](const Option& option) {
          const auto ticks = q.ticks_of(option);
          return std::ranges::find(ticks, code) != ticks.end();
        }))
      issues.push_back(
          {"codebook.ticked_and_not",
           "question '" + q.name + "' has '" + code.text() + "' both in `ticked` and in `not_ticked`: remove one",
           {{"at", at + "/not_ticked"}, {"value", code.text()}}});
}

void check_missing(const Question& q, const std::string& at, std::vector<Issue>& issues) {
  Unique codes("codebook.duplicate_code", "missing code of question '" + q.name + "':", issues);
  const bool in_columns = q.takes_several() && q.storage == Storage::columns;
  for (std::size_t i = 0; i < q.missing.size(); ++i) {
    const std::string code = q.missing[i].code.text();
    const std::string here = at + "/missing/" + std::to_string(i) + "/code";
    codes.add(code, here);
    const bool is_answer =
        std::ranges::any_of(q.options, [&](const Option& o) { return o.code.text() == code || o.name == code; });
    if (is_answer || (in_columns && is_tick(q, q.missing[i].code)))
      issues.push_back(
          {"codebook.missing_is_answer",
           "question '" + q.name + "' has '" + code + "' both as an answer and as a missing code: remove one",
           {{"at", here}, {"value", code}}});
  }
}

void check_choices(const Question& q, const std::string& at, std::vector<Issue>& issues) {
  const auto options = q.options.size();
  if (q.type == QuestionType::top_k && q.k > 0 && static_cast<std::size_t>(q.k) > options && options > 0)
    issues.push_back(
        {"codebook.k_out_of_bounds",
         "`k` of question '" + q.name + "' must lie between 1 and its number of options, " + std::to_string(options),
         {{"at", at + "/k"}, {"k", q.k}, {"options", options}}});
  if (!q.takes_several()) return;
  if (q.storage == Storage::delimited && q.delimiter.empty())
    issues.push_back({"codebook.empty_delimiter",
                      "`delimiter` of question '" + q.name + "' must be a sign such as ';', or a blank",
                      {{"at", at + "/delimiter"}}});
  if (q.storage != Storage::codes || q.columns.empty()) return;
  Unique columns("codebook.duplicate_column", "column of question '" + q.name + "':", issues);
  for (std::size_t i = 0; i < q.columns.size(); ++i) columns.add(q.columns[i], at + "/columns/" + std::to_string(i));
  const std::size_t least = q.type == QuestionType::top_k ? static_cast<std::size_t>(std::max(q.k, 1)) : 1;
  if (q.columns.size() < least || q.columns.size() > options)
    issues.push_back({"codebook.columns_count",
                      "question '" + q.name + "' has " + std::to_string(q.columns.size()) +
                          " columns of codes; it needs at least " + std::to_string(least) +
                          " (its `k`) and at most one per option (" + std::to_string(options) + ")",
                      {{"at", at + "/columns"}, {"columns", q.columns.size()}, {"least", least}, {"most", options}}});
}

using Positions = std::unordered_map<std::string, std::size_t>;

void check_routing(std::vector<Question>& questions, std::size_t i, const Positions& positions,
                   std::vector<Issue>& issues) {
  Question& q = questions[i];
  const std::string at = "/questions/" + std::to_string(i) + "/asked_if";
  if (q.asked_if->question.empty()) return;  // reported already
  if (q.asked_if->question == q.name) {
    issues.push_back({"codebook.cyclic_routing",
                      "question '" + q.name + "' is asked depending on its own answer: name an earlier question",
                      {{"at", at + "/question"}, {"questions", std::vector{q.name}}}});
    return;
  }
  const auto found = positions.find(q.asked_if->question);
  if (found == positions.end()) {
    std::vector<std::string> known;
    for (const Question& other : questions) known.push_back(other.name);
    issues.push_back({"codebook.unknown_question",
                      "`asked_if` of question '" + q.name + "' names a question that is not in the codebook: '" +
                          q.asked_if->question + "'" + suggestion(q.asked_if->question, known),
                      {{"at", at + "/question"}, {"value", q.asked_if->question}}});
    return;
  }
  const Question& target = questions[found->second];
  for (std::size_t j = 0; j < q.asked_if->answers.size(); ++j) {
    std::string& answer = q.asked_if->answers[j];
    try {
      answer = target.options[target.option_index(answer)].name;
    } catch (const UsageError& error) {
      issues.push_back({error.code,
                        "`asked_if` of question '" + q.name + "': " + error.what(),
                        {{"at", at + "/in/" + std::to_string(j)}, {"value", answer}}});
    }
  }
}

/// The words of a residual option need a question that has one.
void check_other_of(const std::vector<Question>& questions, std::size_t i, const Positions& positions,
                    std::vector<Issue>& issues) {
  const Question& q = questions[i];
  if (q.other_of.empty() || q.type != QuestionType::text) return;
  const auto found = positions.find(q.other_of);
  if (found != positions.end() && questions[found->second].residual()) return;
  issues.push_back({"codebook.no_residual_option",
                    "`other_of` of question '" + q.name +
                        "' must name a question of the codebook with one option that is "
                        "`other`; '" +
                        q.other_of + "' is none",
                    {{"at", "/questions/" + std::to_string(i) + "/other_of"}, {"value", q.other_of}}});
}

/// Follows the routing of each question once; a question met again on its own path is part of a cycle.
void check_cycles(const std::vector<Question>& questions, const Positions& positions, std::vector<Issue>& issues) {
  constexpr std::size_t done = static_cast<std::size_t>(-1);
  std::vector<std::size_t> path_of(questions.size(), 0);  // 0: not visited; else the path it is on
  for (std::size_t start = 0; start < questions.size(); ++start) {
    std::vector<std::size_t> path;
    std::size_t i = start;
    while (path_of[i] == 0) {
      path_of[i] = start + 1;
      path.push_back(i);
      if (!questions[i].asked_if || questions[i].asked_if->question == questions[i].name) break;
      const auto next = positions.find(questions[i].asked_if->question);
      if (next == positions.end()) break;
      i = next->second;
      if (path_of[i] != start + 1) continue;
      std::vector<std::string> cycle;
      for (auto step = std::ranges::find(path, i); step != path.end(); ++step) cycle.push_back(questions[*step].name);
      std::string names;
      for (const std::string& name : cycle) names += "'" + name + "' → ";
      issues.push_back({"codebook.cyclic_routing",
                        "the routing goes in a circle, so nobody would be asked: " + names + "'" + cycle.front() + "'",
                        {{"at", "/questions/" + std::to_string(i) + "/asked_if"}, {"questions", cycle}}});
    }
    for (const std::size_t step : path) path_of[step] = done;
  }
}

}  // namespace

void check_codebook(std::vector<Question>& questions, std::vector<Issue>& issues) {
  Positions positions;
  Unique names("codebook.duplicate_name", "question name", issues);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const Question& q = questions[i];
    const std::string at = "/questions/" + std::to_string(i);
    if (!q.name.empty()) {
      names.add(q.name, at + "/name");
      positions.try_emplace(q.name, i);
    }
    check_options(q, at, issues);
    check_missing(q, at, issues);
    check_choices(q, at, issues);
    check_ticks(q, at, issues);
  }
  for (std::size_t i = 0; i < questions.size(); ++i) check_other_of(questions, i, positions, issues);
  for (std::size_t i = 0; i < questions.size(); ++i)
    if (questions[i].asked_if) check_routing(questions, i, positions, issues);
  check_cycles(questions, positions, issues);
}

}  // namespace enkat
