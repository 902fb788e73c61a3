#include "enkat/statistic/proportion.hpp"

#include <algorithm>
#include <array>

#include "enkat/data/infer.hpp"
#include "enkat/data/recode.hpp"
#include "enkat/statistic/mean.hpp"
#include "enkat/statistic/registry.hpp"

namespace enkat {

std::vector<std::string> Proportion::answers() const {
  if (!any_of.empty()) return {"any"};
  std::vector<std::string> names;
  for (std::size_t k = 0; k < options(); ++k) names.push_back(answered->question().options[option(k)].name);
  if (missing_level && only.empty()) names.emplace_back("missing");
  return names;
}

std::vector<std::int32_t> Proportion::place_of_level() const {
  std::vector<std::int32_t> place(answered->question().options.size(), -1);
  for (std::size_t k = 0; k < options(); ++k) place[option(k)] = static_cast<std::int32_t>(k);
  return place;
}

void Proportion::missing(Rows rows, std::span<std::uint8_t> out) const {
  if (missing_level || everyone) {
    std::ranges::fill(out, std::uint8_t{0});
  } else {
    observe_missing(*answered, rows, out);
  }
}

void Proportion::observe(Rows rows, const TermColumns& u) const {
  const Question& question = answered->question();
  std::array<std::uint8_t, block_rows> flags;
  const auto flag = std::span(flags).first(rows.size());
  const auto copy = [&](std::span<double> column) {
    for (std::size_t i = 0; i < rows.size(); ++i) column[i] = flag[i];
  };

  answered->answered(rows.first, flag);
  if (everyone) std::ranges::fill(flag, std::uint8_t{1});
  copy(u[0]);
  if (!any_of.empty()) {
    std::ranges::fill(u[1], 0.0);
    for (const std::size_t option : any_of) {
      answered->ticked(option, rows.first, flag);
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (flag[i] != 0) u[1][i] = 1;
    }
    return;
  }
  if (question.takes_several()) {
    for (std::size_t k = 0; k < options(); ++k) {
      answered->ticked(option(k), rows.first, flag);
      copy(u[1 + k]);
    }
  } else {
    std::array<std::int32_t, block_rows> levels;
    const auto level = std::span(levels).first(rows.size());
    answered->levels(rows.first, level);
    const std::vector<std::int32_t> place = place_of_level();
    for (std::size_t k = 0; k < options(); ++k) std::ranges::fill(u[1 + k], 0.0);
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (const std::int32_t k = level[i] < 0 ? -1 : place[static_cast<std::size_t>(level[i])]; k >= 0)
        u[1 + static_cast<std::size_t>(k)][i] = 1;
  }
  if (missing_level) {
    observe_missing(*answered, rows, flag);
    if (only.empty()) copy(u[1 + options()]);
    for (std::size_t i = 0; i < rows.size(); ++i) u[0][i] += flag[i];
  }
}

Solution Proportion::solve(const CellTotals& t) const {
  Solution solution{t.total.tail(t.total.size() - 1) / t.weight(), {}};
  for (Eigen::Index k = 0; k < solution.value.size(); ++k) {
    solution.gradient.add(0, -solution.value[k] / t.weight());
    solution.gradient.add(k + 1, 1 / t.weight());
    solution.gradient.end_value();
  }
  return solution;
}

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

AnyStatistic share_of(const Survey& survey, const EstimateRequest& request, const std::vector<std::string>& of) {
  const std::string& name = of[0];
  const auto answers = answers_of_item(survey, request, name);
  const Question& question = answers->question();
  if (question.options.empty())
    throw EstimateError("estimate.no_answers",
                        "'" + name + "' is a " + std::string(name_of(question.type)) +
                            " question without answer options: there are no shares to estimate",
                        {{"question", name}});
  Proportion share{answers, request.missing == MissingPolicy::level};
  share.everyone = request.everyone;
  std::vector<std::size_t>& asked = request.any_of ? share.any_of : share.only;
  for (const std::string& answer : request.answers) asked.push_back(question.option_index(answer));
  std::ranges::sort(asked);
  asked.erase(std::ranges::unique(asked).begin(), asked.end());
  return statistic(std::move(share));
}

const Registered registered({.name = Proportion::name,
                             .role = Proportion::role,
                             .arity = Arity::each,
                             .reads = ReadAs::answers,
                             .make = share_of,
                             .missing_level = true,
                             .indicator = true});

}  // namespace

}  // namespace enkat
