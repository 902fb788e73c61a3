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

/// Follows what each question depends on; one met again on its own path is part of a cycle, told once.
class Cycles {
 public:
  Cycles(const std::vector<Question>& questions, const Positions& positions, std::vector<Issue>& issues)
      : questions_(questions), positions_(positions), issues_(issues), state_(questions.size(), State::unseen) {}

  void follow(std::size_t i) {
    if (state_[i] == State::done) return;
    if (state_[i] == State::open) return report(i);
    state_[i] = State::open;
    path_.push_back(i);
    for (const std::string& name : questions_[i].depends_on()) {
      const auto next = positions_.find(name);
      // A question that is asked depending on itself alone is reported with its routing.
      if (next != positions_.end() && (next->second != i || !routed_by_one(questions_[i]))) follow(next->second);
    }
    path_.pop_back();
    state_[i] = State::done;
  }

 private:
  enum class State { unseen, open, done };

  static bool routed_by_one(const Question& q) { return q.asked_if && !q.asked_if->where; }

  void report(std::size_t i) {
    std::vector<std::string> cycle;
    std::string names;
    for (auto step = std::ranges::find(path_, i); step != path_.end(); ++step) {
      cycle.push_back(questions_[*step].name);
      names += "'" + cycle.back() + "' → ";
    }
    const bool derived = questions_[path_.back()].derived.has_value();
    const std::string what =
        derived ? "what is derived is made of itself: " : "the routing goes in a circle, so nobody would be asked: ";
    issues_.push_back(
        {derived ? "codebook.cyclic_derivation" : "codebook.cyclic_routing",
         what + names + "'" + cycle.front() + "'",
         {{"at", "/questions/" + std::to_string(i) + (derived ? "/derived" : "/asked_if")}, {"questions", cycle}}});
  }

  const std::vector<Question>& questions_;
  const Positions& positions_;
  std::vector<Issue>& issues_;
  std::vector<State> state_;
  std::vector<std::size_t> path_;
};

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
    if (questions[i].asked_if && !questions[i].asked_if->where) check_routing(questions, i, positions, issues);
  Cycles cycles(questions, positions, issues);
  for (std::size_t i = 0; i < questions.size(); ++i) cycles.follow(i);
}

}  // namespace enkat
