#include "enkat/report/claim_spec.hpp"

#include <algorithm>

#include "enkat/basics/json.hpp"
#include "enkat/indicator/indicator.hpp"

namespace enkat {
namespace {

const std::vector<std::string> known_keys{"id",  "kind",   "question", "answers", "where",    "scope", "base",
                                          "top", "policy", "text",     "why",     "weighted", "than",  "of"};
const std::vector<std::string> keys_of_than{"question", "answers", "where"};
const std::vector<std::string> known_kinds{"share",   "threshold", "rank",   "respondents", "response_rate",
                                           "invited", "vague",     "causal", "comparison"};

std::string in_language(const Json& text, Language language) {
  if (text.is_string()) return text.get<std::string>();
  if (!text.is_object() || text.empty()) return "";
  const std::string key = language == Language::sv ? "sv" : "en";
  return text.contains(key) ? text[key].get<std::string>() : text.begin()->get<std::string>();
}

std::vector<std::string> answers_of(const Json& json) {
  std::vector<std::string> named;
  if (!json.contains("answers")) return named;
  const Json& answers = json["answers"];
  for (const Json& answer : answers.is_array() ? answers : Json::array({answers}))
    named.push_back(answer.is_string() ? answer.get<std::string>() : answer.dump());
  return named;
}

// The group of the other side: columns that it does not name are as in the claim. An expression says all of a group.
std::vector<Condition> differing(const std::vector<Condition>& claim, const std::vector<Condition>& than) {
  const auto is_expression = [](const Condition& condition) { return condition.expression.has_value(); };
  if (std::ranges::any_of(claim, is_expression) || std::ranges::any_of(than, is_expression)) return than;
  std::vector<Condition> group = claim;
  for (const Condition& condition : than) {
    const auto same = std::ranges::find(group, condition.column, &Condition::column);
    if (same == group.end()) {
      group.push_back(condition);
    } else {
      *same = condition;
    }
  }
  return group;
}

}  // namespace

ClaimSpec ClaimSpec::other_side() const {
  ClaimSpec other = *this;
  if (!than->question.empty()) other.question = than->question;
  if (!than->answers.empty()) other.answers = than->answers;
  if (than->where) other.where = differing(where, *than->where);
  return other;
}

ClaimSpec claim_from_json(const Json& json, Language language) {
  std::vector<Issue> problems;
  ClaimSpec claim;
  const auto problem = [&](const std::string& code, const std::string& message) {
    problems.push_back({code, "claim '" + claim.id + "': " + message, {{"claim", claim.id}}});
  };
  if (!json.is_object()) throw ReportError("report.claim_wrong_type", "a claim is an object");
  const auto text = [&](const char* key) {
    if (!json.contains(key)) return std::string();
    if (json[key].is_string()) return json[key].get<std::string>();
    problem("report.claim_wrong_type", std::string("'") + key + "' is a text");
    return std::string();
  };
  claim.id = text("id");
  for (const auto& [key, value] : json.items())
    if (std::ranges::find(known_keys, key) == known_keys.end())
      problem("report.claim_unknown_key", "there is no key '" + key + "'" + suggestion(key, known_keys));
  claim.kind = text("kind");
  if (!claim.kind.empty() && std::ranges::find(known_kinds, claim.kind) == known_kinds.end())
    problem("report.claim_unknown_kind", "there is no kind '" + claim.kind + "'" + suggestion(claim.kind, known_kinds));
  claim.question = text("question");
  claim.answers = answers_of(json);
  if (json.contains("where")) claim.where = conditions_from_json(json["where"], "where", problems);
  if (json.contains("than")) {
    const Json& than = json["than"];
    if (!than.is_object() || than.empty()) {
      problem("report.claim_than",
              R"('than' says what with: {"where": …} for another group, {"answers": …} for another answer, )"
              R"({"question": …} for another question)");
    } else {
      for (const auto& [key, value] : than.items())
        if (std::ranges::find(keys_of_than, key) == keys_of_than.end())
          problem("report.claim_unknown_key", "'than' has no key '" + key + "'" + suggestion(key, keys_of_than));
      OtherSide other;
      if (than.contains("question") && than["question"].is_string()) other.question = than["question"];
      other.answers = answers_of(than);
      if (than.contains("where")) other.where = conditions_from_json(than["where"], "than/where", problems);
      claim.than = std::move(other);
    }
  }
  const std::string of = text("of");
  if (!of.empty() && of != "share" && of != "count") problem("report.claim_of", "'of' is 'share' or 'count'");
  if (!of.empty() && !json.contains("than"))
    problem("report.claim_of",
            "'of' says what is compared, but the claim compares with nothing: say with what in 'than'");
  if (!of.empty()) claim.of_numbers = of == "count";
  try {
    if (json.contains("scope")) claim.scope = scope_from(text("scope"));
    if (json.contains("policy")) claim.policy = policy_from(text("policy"));
  } catch (const UsageError& error) {
    problem(error.code, error.what());
  }
  const std::string base = text("base");
  if (!base.empty() && base != "answered" && base != "all")
    problem("report.claim_base", "'base' is 'answered' or 'all'");
  claim.all_respondents = base == "all";
  if (json.contains("weighted")) {
    if (json["weighted"].is_boolean()) {
      claim.plain = !json["weighted"].get<bool>();
    } else {
      problem("report.claim_wrong_type", "'weighted' is true or false");
    }
  }
  if (json.contains("top")) {
    if (json["top"].is_number_integer() && json["top"].get<std::int64_t>() > 0) {
      claim.top = json["top"].get<std::int64_t>();
    } else {
      problem("report.claim_top", "'top' is a whole number of places, 1 or more");
    }
  }
  if (json.contains("why")) claim.why = in_language(json["why"], language);
  refuse<ReportError>(problems);
  return claim;
}

}  // namespace enkat
