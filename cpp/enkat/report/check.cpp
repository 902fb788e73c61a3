#include "enkat/report/check.hpp"

#include <algorithm>

#include "enkat/basics/json.hpp"
#include "enkat/codebook/text.hpp"
#include "enkat/estimate/estimators.hpp"
#include "enkat/estimate/rank.hpp"
#include "enkat/indicator/disclosure.hpp"
#include "enkat/indicator/indicator.hpp"

namespace enkat {
namespace {

const std::vector<std::string> known_keys{"id",   "kind", "question", "answers", "where", "scope",
                                          "base", "top",  "policy",   "text",    "why",   "weighted"};
const std::vector<std::string> known_kinds{"share",         "threshold", "rank",  "respondents",
                                           "response_rate", "invited",   "vague", "causal"};

std::string in_language(const Json& text, Language language) {
  if (text.is_string()) return text.get<std::string>();
  if (!text.is_object() || text.empty()) return "";
  const std::string key = language == Language::sv ? "sv" : "en";
  return text.contains(key) ? text[key].get<std::string>() : text.begin()->get<std::string>();
}

const std::string& label(const Option& option, Language language) {
  const std::string& text = option.label.in(language == Language::sv ? "sv" : "en");
  return text.empty() ? option.name : text;
}

/// A label within a sentence: without its capital, unless it is an abbreviation.
std::string within_sentence(std::string text) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && is_lower(text[1]))
    text[0] = static_cast<char>(text[0] + 32);
  return text;
}

/// Whom the base is, in the words of the codebook: "dem som svarat (socialsekreterare; barn eller unga)".
std::string among(const Survey& survey, const std::vector<Condition>& where, Language language) {
  std::string words;
  for (const Condition& condition : where) {
    if (condition.expression) {
      words += (words.empty() ? "" : "; ") + condition.expression->text();
      continue;
    }
    const Question& question = survey.answers(condition.column)->question();
    std::string values;
    for (const std::string& value : condition.values)
      values += (values.empty()             ? ""
                 : language == Language::sv ? " eller "
                                            : " or ") +
                within_sentence(label(question.options[question.option_index(value)], language));
    words += (words.empty() ? "" : "; ") + values;
  }
  if (words.empty()) return "";
  return (language == Language::sv ? "dem som svarat (" : "those who answered (") + words + ")";
}

/// `small_study`: so few answered the survey that every question is as a sensitive one.
Evidence share(const Survey& survey, const ClaimSpec& claim, bool small_study, Monitor& monitor) {
  EstimateRequest request;
  request.estimator = Proportion::name;
  request.variables = {claim.question};
  request.answers = claim.answers;
  request.any_of = true;
  request.everyone = claim.all_respondents;
  const Estimates estimates = estimate(survey, request, monitor);
  const Estimate& row = estimates.rows.front();
  if (!row.se) {
    Evidence evidence{.count = row.count.value_or(0), .n = row.n, .estimate = row.estimate.value_or(0)};
    evidence.base_too_small = evidence.withheld = true;
    return evidence;
  }
  std::optional<double> without_fpc;
  if (survey.sample().with_fractions()) without_fpc = estimates.joint->variances_without_fpc()[0];
  Evidence evidence = share_evidence(*row.count, row.n, *row.estimate, *row.se * *row.se, *row.df, without_fpc);
  evidence.plain = claim.plain;
  evidence.withheld =
      withheld(*row.count, row.n, small_study || survey.answers(claim.question)->question().sensitive) != Withheld::no;
  request.everyone = !claim.all_respondents;
  const std::int64_t other_n = estimate(survey, request, monitor).rows.front().n;
  if (other_n != row.n) evidence.other_n = other_n;
  return evidence;
}

/// Places by the weighted shares, as a chart of them shows them.
void rank_by_shares(const Survey& survey, const std::string& question, const std::vector<std::size_t>& options,
                    std::vector<RankRow>& ranks, Monitor& monitor) {
  EstimateRequest request;
  request.estimator = Proportion::name;
  request.variables = {question};
  const Estimates shares = estimate(survey, request, monitor);
  const auto share = [&](std::size_t j) { return shares.rows[options[j]].estimate.value_or(0); };
  for (std::size_t j = 0; j < ranks.size(); ++j) {
    ranks[j].rank = 1;
    for (std::size_t other = 0; other < ranks.size(); ++other) ranks[j].rank += share(other) > share(j) + 1e-12 ? 1 : 0;
  }
}

Evidence places(const Survey& survey, const ClaimSpec& claim, Monitor& monitor) {
  const auto answers = survey.answers(claim.question);
  const std::vector<std::size_t> options = ranked_options(answers->question());
  const DiscordantCounts discordant = discordant_counts(survey, *answers, options, monitor);
  Evidence evidence;
  evidence.ranks = rank_sets(discordant);
  evidence.rank_sets = independent_with_equal_weights(survey);
  if (!survey.equal_weights() && !claim.plain) rank_by_shares(survey, claim.question, options, evidence.ranks, monitor);
  if (options.size() > 1) evidence.winner_p = winner(discordant).p_value;
  for (const std::string& answer : claim.answers) {
    const auto place = std::ranges::find(options, answers->question().option_index(answer));
    if (place == options.end())
      throw ReportError(
          "report.not_ranked",
          "'" + answer + "' of '" + claim.question + "' is a residual or exclusive answer: it has no place",
          {{"question", claim.question}, {"answer", answer}});
    evidence.claimed.push_back(static_cast<std::size_t>(place - options.begin()));
  }
  EstimateRequest request;
  request.estimator = Proportion::name;
  request.variables = {claim.question};
  request.answers = {claim.answers.front()};
  const Estimates shares = estimate(survey, request, monitor);
  evidence.n = shares.rows.front().n;
  evidence.count = shares.rows.front().count.value_or(0);
  evidence.estimate = shares.rows.front().estimate.value_or(0);
  evidence.withheld = evidence.n < DisclosurePolicy().min_base;
  return evidence;
}

std::int64_t invited_of(const CheckOptions& options) {
  if (options.invited) return *options.invited;
  throw ReportError("report.invited_unknown",
                    "the claim needs the number of invited persons: give dispositions.invited in study.json");
}

void need_question(const ClaimSpec& claim) {
  if (claim.question.empty() || claim.answers.empty())
    throw ReportError("report.claim_incomplete",
                      "claim '" + claim.id + "' needs a question and at least one answer that its words are about",
                      {{"claim", claim.id}});
}

}  // namespace

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
  if (json.contains("answers")) {
    const Json& answers = json["answers"];
    for (const Json& answer : answers.is_array() ? answers : Json::array({answers}))
      claim.answers.push_back(answer.is_string() ? answer.get<std::string>() : answer.dump());
  }
  if (json.contains("where")) claim.where = conditions_from_json(json["where"], "where", problems);
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

Verdict check(const Survey& survey, const ClaimSpec& spec, const std::string& text, const CheckOptions& options,
              Monitor& monitor) {
  Claim claim;
  claim.id = spec.id;
  claim.kind = spec.kind;
  claim.scope = spec.scope;
  claim.policy = spec.policy;
  claim.language = options.language;
  claim.top = spec.top;
  claim.synthetic = options.synthetic;
  if (spec.kind == "vague" || spec.kind == "causal") return unchecked(text, spec.why, claim);

  const Survey within = spec.where.empty() ? survey : survey.where(spec.where);
  claim.among = among(survey, spec.where, options.language);
  const Phrase phrase = read_phrase(text, spec.policy, options.language, options.percent_step);
  const std::int64_t respondents = within.domain_counts().rows;
  if (spec.kind == "respondents") return judge(phrase, Evidence{.count = respondents}, claim);
  if (spec.kind == "invited") return judge(phrase, Evidence{.count = invited_of(options)}, claim);
  if (spec.kind == "response_rate") {
    const std::int64_t invited = invited_of(options);
    claim.among = options.language == Language::sv ? "de tillfrågade" : "those who were asked";
    return judge(phrase,
                 Evidence{.count = respondents,
                          .n = invited,
                          .estimate = static_cast<double>(respondents) / static_cast<double>(invited)},
                 claim);
  }
  need_question(spec);
  const bool small_study = survey.domain_counts().rows < DisclosurePolicy().small_study;
  if (phrase.kind != PhraseKind::rank) return judge(phrase, share(within, spec, small_study, monitor), claim);
  const Question& question = survey.answers(spec.question)->question();
  for (const std::string& answer : spec.answers)
    claim.labels.push_back(label(question.options[question.option_index(answer)], options.language));
  return judge(phrase, places(within, spec, monitor), claim);
}

}  // namespace enkat
