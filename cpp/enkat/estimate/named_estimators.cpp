#include "enkat/estimate/named_estimators.hpp"

#include <algorithm>

#include "enkat/data/infer.hpp"
#include "enkat/data/recode.hpp"

namespace enkat {
namespace {

bool has_all(const Question& question, const std::vector<std::string>& answers) {
  return std::ranges::all_of(answers, [&](const std::string& answer) {
    return std::ranges::any_of(question.options,
                               [&](const Option& o) { return o.name == answer || o.code.text() == answer; });
  });
}

/// Whether everything answered to `item` occurs in `other` as well.
bool within(const Question& item, const Question& other) {
  return std::ranges::all_of(item.options, [&](const Option& option) { return has_all(other, {option.name}); });
}

/// The answers to one of several questions. A column without a codebook knows only the answers that somebody gave: as
/// an item of a battery it has those of an item beside it which has all of its own and what is asked for.
std::shared_ptr<const Answers> answers_of_item(const Survey& survey, const EstimateRequest& request,
                                               const std::string& name) {
  auto answers = survey.answers(name);
  const Question& item = answers->question();
  if (item.declared || has_all(item, request.answers)) return answers;
  for (const std::string& other : request.variables) {
    const Question& battery = survey.answers(other)->question();
    if (battery.declared || !has_all(battery, request.answers) || !within(item, battery)) continue;
    const auto labels = survey.labels(name);
    Question question = infer_levels(*labels, name);
    for (const Option& option : battery.options)
      if (!has_all(item, {option.name})) question.options.push_back(option);
    return std::make_shared<const Answers>(answers_of(*labels, question));
  }
  return answers;
}

Proportion proportion(const Survey& survey, const EstimateRequest& request, const std::string& name) {
  const auto answers = answers_of_item(survey, request, name);
  const Question& question = answers->question();
  if (question.options.empty())
    throw EstimateError("estimate.no_answers",
                        "'" + name + "' is a " + std::string(name_of(question.type)) +
                            " question without answer options: there are no shares to estimate",
                        {{"question", name}});
  Proportion estimator{answers, request.missing == MissingPolicy::level};
  estimator.everyone = request.everyone;
  std::vector<std::size_t>& asked = request.any_of ? estimator.any_of : estimator.only;
  for (const std::string& answer : request.answers) asked.push_back(question.option_index(answer));
  std::ranges::sort(asked);
  asked.erase(std::ranges::unique(asked).begin(), asked.end());
  return estimator;
}

NamedEstimator named(const Survey& survey, const EstimateRequest& request, std::size_t i) {
  const std::string& name = request.variables[i];
  const auto other = [&]() -> const std::string& {
    if (i >= request.others.size())
      throw UsageError("usage.pair", "'" + request.estimator + "' needs a second variable for '" + name + "'",
                       {{"variable", name}});
    return request.others[i];
  };
  const auto pair = [&] { return Numbers{survey.numbers(name), survey.numbers(other())}; };
  if (request.estimator == Mean::name) return {name, Mean{survey.numbers(name)}};
  if (request.estimator == Total::name) return {name, Total{survey.numbers(name)}};
  if (request.estimator == Variance::name) return {name, Variance{survey.numbers(name)}};
  if (request.estimator == CumulativeShare::name) return {name, CumulativeShare(survey.numbers(name), request.points)};
  if (request.estimator == Ratio::name)
    return {name + "/" + other(), Ratio{survey.numbers(name), survey.numbers(other())}};
  if (request.estimator == Covariance::name) return {name + "," + other(), Covariance{pair()}};
  if (request.estimator == Correlation::name) return {name + "," + other(), Correlation{pair()}};
  if (request.estimator == Kappa::name)
    return {name + "," + other(), Kappa(survey.answers(name), survey.answers(other()))};
  if (request.estimator == Proportion::name) return {name, proportion(survey, request, name)};
  throw UsageError(
      "usage.unknown_estimator",
      "there is no estimator '" + request.estimator + "'" + suggestion(request.estimator, Estimators::names()),
      {{"estimator", request.estimator}});
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ",") + name;
  return text;
}

}  // namespace

Reads reads_of(const EstimateRequest& request) {
  std::vector<std::string> names = request.variables;
  names.insert(names.end(), request.others.begin(), request.others.end());
  const bool of_answers = request.estimator == Proportion::name || request.estimator == Kappa::name;
  return of_answers ? Reads{{}, names, request.by} : Reads{names, {}, request.by};
}

std::vector<NamedEstimator> named_estimators(const Survey& survey, const EstimateRequest& request) {
  if (request.variables.empty())
    throw UsageError("usage.no_variable", "give at least one question or column to estimate");
  if (request.estimator == CronbachAlpha::name) {
    Numbers items;
    for (const std::string& name : request.variables) items.push_back(survey.numbers(name));
    return {{joined(request.variables), CronbachAlpha(std::move(items))}};
  }
  std::vector<NamedEstimator> estimators;
  for (std::size_t i = 0; i < request.variables.size(); ++i) estimators.push_back(named(survey, request, i));
  return estimators;
}

}  // namespace enkat
