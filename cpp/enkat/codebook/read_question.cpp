#include "enkat/codebook/read_question.hpp"

#include <algorithm>

#include "enkat/codebook/derivation.hpp"
#include "enkat/codebook/object_reader.hpp"

namespace enkat {
namespace {

Option read_option(const Json& json, const std::string& at, const Question& question, const std::string& language,
                   std::vector<Issue>& issues) {
  ObjectReader reader(json, at, "an option of question '" + question.name + "'", issues);
  Option option;
  reader.require("name", "the identifier of the answer", option.name);
  if (!option.name.empty()) reader.rename("option '" + option.name + "' of question '" + question.name + "'");
  if (reader.has("name") && option.name.empty()) reader.wrong_type("name", "a text that is not empty");
  option.code = Code(option.name);
  reader.read("code", option.code);
  if (question.type == QuestionType::scale && !option.code.is_number())
    reader.problem("codebook.wrong_type", reader.has("code") ? "code" : "",
                   "`code` of " + reader.what() + " must be a number, as in every scale question",
                   {{"expected", "a number"}});
  reader.read("label", option.label, language);
  option.column = question.name + "_" + option.name;
  reader.read("column", option.column);
  const bool in_columns = question.takes_several() && question.storage == Storage::columns;
  if (reader.has("column") && !in_columns)
    reader.problem("codebook.key_does_not_apply", "column",
                   "`column` of " + reader.what() + " is for questions stored in one column per option: remove it",
                   {{"key", "column"}});
  reader.read("ticked", option.ticked);
  reader.read("absent", option.absent);
  for (const char* key : {"ticked", "absent"})
    if (reader.has(key) && !in_columns)
      reader.problem("codebook.key_does_not_apply", key,
                     std::string("`").append(key) + "` of " + reader.what() +
                         " is for questions stored in one column per option: remove it",
                     {{"key", key}});
  reader.read("other", option.other);
  reader.read("exclusive", option.exclusive);
  reader.read("wording", option.wording);
  reader.finish();
  return option;
}

MissingCode read_missing(const Json& json, const std::string& at, const std::string& question,
                         const std::string& language, std::vector<Issue>& issues) {
  ObjectReader reader(json, at, "a missing code of question '" + question + "'", issues);
  MissingCode missing;
  reader.require("code", "the number or text that is not an answer", missing.code);
  reader.require("reason", "one of not_asked, skipped, refused, dont_know", missing.reason);
  if (missing.reason == MissingReason::answered || missing.reason > MissingReason::dont_know) {
    reader.problem("codebook.unknown_value", "reason",
                   "`reason` of " + reader.what() + " is one of 'not_asked', 'skipped', 'refused', 'dont_know'",
                   {{"allowed", {"not_asked", "skipped", "refused", "dont_know"}}});
    missing.reason = MissingReason::skipped;
  }
  reader.read("label", missing.label, language);
  reader.finish();
  return missing;
}

/// Keys that mean something only for some questions: a key that would be ignored is a mistake.
void refuse_keys_that_do_not_apply(const Question& q, ObjectReader& reader) {
  const bool several = q.takes_several();
  const auto stored = [&](Storage storage) { return several && q.storage == storage; };
  const auto applies = [&](const char* key, bool where, const char* to) {
    if (where || !reader.has(key)) return;
    reader.problem(
        "codebook.key_does_not_apply", key,
        std::string("`").append(key) + "` does not apply to " + reader.what() + ": it is for " + to + "; remove it",
        {{"key", key}});
  };
  applies("storage", several, "multiple and top_k questions");
  applies("column", !(stored(Storage::columns) || stored(Storage::codes)), "answers that lie in one column");
  applies("columns", stored(Storage::codes), "multiple and top_k questions with storage 'codes'");
  applies("delimiter", stored(Storage::delimited), "storage 'delimited'");
  applies("k", q.type == QuestionType::top_k, "top_k questions");
  applies("options", several || q.has_levels(), "single, multiple, top_k and scale questions");
  applies("all_zero", stored(Storage::columns), "multiple and top_k questions with storage 'columns'");
  applies("ticked", stored(Storage::columns), "multiple and top_k questions with storage 'columns'");
  applies("not_ticked", stored(Storage::columns), "multiple and top_k questions with storage 'columns'");
  applies("blank", stored(Storage::columns) || stored(Storage::delimited), "storage 'columns' and 'delimited'");
  applies("other_of", q.type == QuestionType::text, "text questions");
  applies("publish", q.type == QuestionType::text, "text questions");
  applies("over", several, "multiple and top_k questions");
  applies("range", q.type == QuestionType::number, "number questions");
  applies("unit", q.type == QuestionType::number, "number questions");
}

/// A derived question has its answers, and their missing reasons, from what it is made of.
void refuse_keys_of_asked_questions(const Question& q, ObjectReader& reader) {
  for (const char* key : {"column", "storage", "columns", "delimiter", "k", "missing", "asked_if", "ticked",
                          "not_ticked", "other_of", "all_zero", "blank", "over", "range"})
    if (reader.has(key))
      reader.problem("codebook.key_does_not_apply", key,
                     std::string("`").append(key) + "` does not apply to " + reader.what() +
                         ", which is derived: its answers come from other questions; remove it",
                     {{"key", key}, {"question", q.name}});
}

void read_range(Question& question, ObjectReader& reader) {
  const Json* range = reader.find("range");
  if (range == nullptr) return;
  if (!range->is_array() || range->size() != 2 || !(*range)[0].is_number() || !(*range)[1].is_number())
    return reader.wrong_type("range", "two numbers, [lowest, highest]");
  question.range = {(*range)[0].get<double>(), (*range)[1].get<double>()};
  if ((*question.range)[0] > (*question.range)[1])
    reader.problem("codebook.empty_range", "range",
                   "`range` of " + reader.what() + " must have its lowest value first: no number lies in it");
}

void read_routing(Question& question, ObjectReader& reader) {
  const Json* json = reader.find("asked_if");
  if (json == nullptr) return;
  if (json->is_object() && json->contains("text")) {
    std::optional<RowExpression> where;
    reader.read("asked_if", where);
    if (where) question.asked_if.emplace().where = std::move(where);
    return;
  }
  ObjectReader routing(*json, reader, "asked_if");
  question.asked_if.emplace();
  routing.require("question", "the name of an earlier question", question.asked_if->question);
  if (const Json* answers = routing.require("in", "a list of answers to that question")) {
    if (!answers->is_array() || answers->empty() ||
        !std::ranges::all_of(*answers, [](const Json& answer) { return answer.is_string() || answer.is_number(); })) {
      routing.wrong_type("in", "a list of at least one answer (names, codes or labels)");
    } else {
      question.asked_if->answers = *texts_of(*answers);
    }
  }
  routing.finish();
}

}  // namespace

Question read_question(const Json& json, const std::string& at, const std::string& language,
                       std::vector<Issue>& issues) {
  ObjectReader reader(json, at, "a question", issues);
  Question q;
  reader.require("name", "the identifier used in calls", q.name);
  if (!q.name.empty()) reader.rename("question '" + q.name + "'");
  if (reader.has("name") && q.name.empty()) reader.wrong_type("name", "a text that is not empty");
  const Json* derived = reader.find("derived");
  if (derived != nullptr) q.derived = read_derivation(*derived, reader);
  const bool typed = derived != nullptr
                         ? reader.find("type") != nullptr
                         : reader.require("type", "one of single, multiple, top_k, scale, number, text") != nullptr;
  const std::size_t before = issues.size();
  reader.read("type", q.type);
  const bool type_known = typed && issues.size() == before;
  reader.read("label", q.label, language);
  reader.read("text", q.text, language);
  reader.read("wording", q.wording);
  q.column = q.name;
  reader.read("column", q.column);
  reader.read("storage", q.storage);
  reader.read("columns", q.columns);
  reader.read("delimiter", q.delimiter);
  reader.read("k", q.k);
  if (const Json* k = reader.find("k"); k != nullptr && k->is_number() && *k < 1)
    reader.problem("codebook.k_out_of_bounds", "k", "`k` of " + reader.what() + " must be at least 1",
                   {{"k", k->get<double>()}});
  reader.each("options", [&](const Json& item, const std::string& where) {
    q.options.push_back(read_option(item, where, q, language, issues));
  });
  reader.each("missing", [&](const Json& item, const std::string& where) {
    q.missing.push_back(read_missing(item, where, q.name, language, issues));
  });
  read_routing(q, reader);
  reader.read("ticked", q.ticked);
  reader.read("not_ticked", q.not_ticked);
  reader.read("other_of", q.other_of);
  reader.read("publish", q.publish);
  reader.read("all_zero", q.all_zero);
  reader.read("blank", q.blank);
  reader.read("over", q.over);
  read_range(q, reader);
  reader.read("unit", q.unit, language);
  reader.read("sensitive", q.sensitive);
  if (derived != nullptr) {
    refuse_keys_of_asked_questions(q, reader);
  } else if (type_known) {
    refuse_keys_that_do_not_apply(q, reader);
    if (q.takes_several() || q.has_levels()) {
      const Json* options = reader.require("options", "the list of answers");
      if (options != nullptr && options->is_array() && options->empty())
        reader.problem("codebook.no_options", "options", "`options` of " + reader.what() + " must name its answers");
    }
    if (q.type == QuestionType::top_k) reader.require("k", "how many options could be chosen");
    if (q.takes_several() && q.storage == Storage::codes) reader.require("columns", "the columns that hold the codes");
  }
  reader.finish();
  return q;
}

}  // namespace enkat
