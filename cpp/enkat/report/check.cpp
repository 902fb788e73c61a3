#include "enkat/report/check.hpp"

#include <algorithm>

#include "enkat/basics/joined.hpp"
#include "enkat/basics/json.hpp"
#include "enkat/codebook/text.hpp"
#include "enkat/estimate/rank.hpp"
#include "enkat/indicator/disclosure.hpp"
#include "enkat/report/compare.hpp"
#include "enkat/report/refusal.hpp"
#include "enkat/report/share_of.hpp"
#include "enkat/report/sides_named.hpp"
#include "enkat/statistic/proportion.hpp"

namespace enkat {
namespace {

const std::string& label(const Option& option, Language language) {
  const std::string& text = option.label.in(name_of(language));
  return text.empty() ? option.name : text;
}

/// A label within a sentence: without its capital, unless it is an abbreviation.
std::string within_sentence(std::string text) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  if (text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && is_lower(text[1]))
    text[0] = static_cast<char>(text[0] + 32);
  return text;
}

std::vector<std::string> labels(const Survey& survey, const std::string& name, const std::vector<std::string>& answers,
                                Language language) {
  const Question& question = survey.answers(name)->question();
  std::vector<std::string> texts;
  for (const std::string& answer : answers)
    texts.push_back(label(question.options[question.option_index(answer)], language));
  return texts;
}

/// Whom a claim is about, in the words of the codebook: "socialsekreterare, barn eller unga".
std::string group_of(const Survey& survey, const std::vector<Condition>& where, Language language) {
  std::vector<std::string> groups;
  for (const Condition& condition : where) {
    if (condition.expression) {
      groups.push_back(condition.expression->text());
      continue;
    }
    std::vector<std::string> values = labels(survey, condition.column, condition.values, language);
    std::ranges::transform(values, values.begin(), within_sentence);
    groups.push_back(joined(values, language == Language::sv ? " eller " : " or "));
  }
  return joined(groups);
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
  const DiscordantCounts discordant = discordant_counts(survey, claim.question, options, monitor);
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

[[noreturn]] void refuse_one_sided(const ClaimSpec& claim, const std::string& text) {
  throw ReportError("report.claim_one_sided",
                    "'" + text + "' compares, but claim '" + claim.id +
                        R"(' names one side only: say what with in 'than', {"where": …} for another group or )"
                        R"({"answers": …} for another answer)",
                    {{"claim", claim.id}, {"text", text}});
}

bool same_sides(const ClaimSpec& claim) {
  const auto key = [](const ClaimSpec& side) {
    Json conditions = Json::array();
    for (const Condition& condition : side.where) conditions.push_back(condition.to_json());
    return Json{side.question, side.answers, conditions};
  };
  return key(claim) == key(claim.other_side());
}

[[noreturn]] void refuse_same_sides(const ClaimSpec& claim) {
  throw ReportError("report.claim_than", "claim '" + claim.id + "' compares with itself: 'than' says what differs",
                    {{"claim", claim.id}});
}

void refuse_points_of_numbers(const ClaimSpec& claim, const Phrase& phrase) {
  const std::optional<Quantity>& quantity = phrase.comparison->quantity;
  if (!quantity || quantity->amount != Amount::points) return;
  throw ReportError(
      "report.claim_of",
      "'" + phrase.text + "' is about shares, but claim '" + claim.id +
          R"(' compares numbers of people ("of": "count"): leave 'of' out, or say how many times as many)",
      {{"claim", claim.id}, {"text", phrase.text}});
}

[[noreturn]] void refuse_no_comparison(const ClaimSpec& claim, const std::string& text, Language language) {
  throw ReportError("report.claim_not_comparing",
                    "claim '" + claim.id + "' has two sides ('than'), but '" + text +
                        "' compares nothing; write for example " + comparison_examples(language) +
                        ", or leave 'than' out",
                    {{"claim", claim.id}, {"text", text}});
}

std::vector<std::string> labels(const Survey& survey, const ClaimSpec& side, Language language) {
  std::vector<std::string> texts;
  for (const Condition& condition : side.where)
    if (!condition.expression)
      std::ranges::move(labels(survey, condition.column, condition.values, language), std::back_inserter(texts));
  std::ranges::move(labels(survey, side.question, side.answers, language), std::back_inserter(texts));
  return texts;
}

[[noreturn]] void refuse_turned(const ClaimSpec& claim, const std::string& text) {
  throw ReportError("report.claim_turned",
                    "'" + text + "' names the sides the other way round than claim '" + claim.id +
                        "': what the words begin with belongs in the claim, what follows in 'than'",
                    {{"claim", claim.id}, {"text", text}});
}

// What tells the sides apart in a sentence: their groups where these differ, else their answers.
ComparedSides compared_sides(const Survey& survey, const ClaimSpec& spec, Language language) {
  const ClaimSpec other = spec.other_side();
  ComparedSides sides;
  sides.groups = spec.than->where.has_value();
  sides.of_stated = spec.of_numbers.has_value();
  const auto side = [&](const ClaimSpec& one) {
    ComparedSide made{.group = group_of(survey, one.where, language), .names = labels(survey, one, language)};
    if (spec.than->question.empty() && spec.than->answers.empty()) return made;
    made.answers = labels(survey, one.question, one.answers, language);
    if (!spec.than->question.empty())
      made.question = within_sentence(survey.answers(one.question)->question().label.in(name_of(language)));
    return made;
  };
  sides.first = side(spec);
  sides.second = side(other);
  return sides;
}

}  // namespace

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
  if (spec.kind == ClaimKind::vague || spec.kind == ClaimKind::causal) return unchecked(text, spec.why, claim);

  const Survey within = spec.where.empty() ? survey : survey.where(spec.where);
  claim.group = group_of(survey, spec.where, options.language);
  const Phrase phrase = read_phrase(text, spec.policy, options.language, options.percent_step);
  const std::int64_t respondents = within.domain_counts().rows;
  if (spec.kind == ClaimKind::respondents) return judge(phrase, Evidence{.count = respondents}, claim);
  if (spec.kind == ClaimKind::invited) return judge(phrase, Evidence{.count = invited_of(options)}, claim);
  if (spec.kind == ClaimKind::response_rate) {
    const std::int64_t invited = invited_of(options);
    claim.among = options.language == Language::sv ? "de tillfrågade" : "those who were asked";
    return judge(phrase,
                 Evidence{.count = respondents,
                          .n = invited,
                          .estimate = static_cast<double>(respondents) / static_cast<double>(invited)},
                 claim);
  }
  need_question(spec);
  if (spec.than && phrase.kind != PhraseKind::comparison) refuse_no_comparison(spec, text, options.language);
  const bool small_study = survey.domain_counts().rows < DisclosurePolicy().small_study;
  if (phrase.kind == PhraseKind::comparison) {
    if (!spec.than) refuse_one_sided(spec, text);
    if (same_sides(spec)) refuse_same_sides(spec);
    if (spec.of_numbers.value_or(false)) refuse_points_of_numbers(spec, phrase);
    claim.compared = compared_sides(survey, spec, options.language);
    if (names_sides_turned(phrase, claim.compared, options.language)) refuse_turned(spec, text);
    return judge(phrase, compare(survey, spec, small_study, monitor), claim);
  }
  if (phrase.kind != PhraseKind::rank) return judge(phrase, share_of(within, spec, small_study, monitor), claim);
  claim.labels = labels(survey, spec.question, spec.answers, options.language);
  return judge(phrase, places(within, spec, monitor), claim);
}

}  // namespace enkat
