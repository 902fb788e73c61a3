#include "enkat/indicator/publish.hpp"

#include <algorithm>

#include "enkat/basics/json.hpp"
#include "enkat/basics/whole_percent.hpp"
#include "enkat/statistic/registry.hpp"

namespace enkat {
namespace {

bool has_shares(const Indicator& indicator) {
  return indicator.estimator == "ranking" || statistic_called(indicator.estimator).role == Role::share;
}

std::optional<std::int64_t> percent(const std::optional<double>& share) {
  if (!share) return std::nullopt;
  return whole_percent(*share);
}

PublishedRow published_row(const Survey& survey, const Indicator& indicator, bool sensitive, const Estimate& row) {
  PublishedRow shown;
  shown.by = row.by;
  shown.answer = row.answer;
  shown.withheld = withheld(row.count.value_or(0), row.n, sensitive && row.count.has_value());
  if (shown.withheld != Withheld::base) shown.base = row.n;
  if (shown.withheld != Withheld::no) return shown;
  if (has_shares(indicator)) {
    shown.percent = survey.equal_weights() && row.n > 0 ? whole_percent(*row.count, row.n) : percent(row.estimate);
    shown.low = percent(row.ci_low);
    shown.high = percent(row.ci_high);
    shown.rank = row.rank;
    shown.rank_low = row.rank_low;
    shown.rank_high = row.rank_high;
  } else {
    shown.value = row.estimate;
  }
  return shown;
}

/// Whether the indicator names the answer of a row; without any, it shows all.
bool shows(const Indicator& indicator, const Question& question, const Estimate& row) {
  return indicator.answers.empty() || !row.answer ||
         std::ranges::any_of(indicator.answers, [&](const std::string& answer) {
           return question.options[question.option_index(answer)].name == *row.answer;
         });
}

}  // namespace

std::vector<ComputedIndicator> compute_all(const Survey& survey, const std::vector<Indicator>& indicators,
                                           Monitor& monitor) {
  const bool small_study = survey.domain_counts().rows < DisclosurePolicy().small_study;
  std::vector<ComputedIndicator> all;
  for (const Indicator& indicator : indicators) {
    ComputedIndicator& computed = all.emplace_back(indicator, compute(survey, indicator, monitor));
    const Question& question = survey.answers(indicator.question)->question();
    const bool sensitive = question.sensitive || small_study;
    for (const Estimate& row : computed.estimates.rows)
      if (shows(indicator, question, row))
        computed.published.push_back(published_row(survey, indicator, sensitive, row));
  }
  return all;
}

}  // namespace enkat
