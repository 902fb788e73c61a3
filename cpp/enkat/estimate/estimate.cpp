#include "enkat/estimate/estimate.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/statistic/named_statistics.hpp"
#include "enkat/statistic/registry.hpp"
#include "enkat/totals/add_up.hpp"
#include "enkat/totals/near_lines.hpp"
#include "enkat/totals/solved.hpp"
#include "enkat/variance/kish_size.hpp"
#include "enkat/variance/linearization.hpp"
#include "enkat/variance/replicate_df.hpp"
#include "enkat/variance/replicate_totals.hpp"
#include "enkat/variance/replicate_variance.hpp"

namespace enkat {
namespace {

/// Weights that add up to hardly more than the sample say nothing about the size of the population.
constexpr double sums_to_sample = 1.05;

/// A sampling fraction from which on the comparison without replacement is another than that with.
constexpr double large_fraction = 0.05;

/// Covariances of so many rows take 2 GiB, and as much again while they are made.
constexpr std::size_t most_rows_of_covariance = std::size_t{1} << 14;

/// A value that a row of the table shows.
struct Shown {
  std::size_t solved = 0;
  Eigen::Index answer = 0;
};

/// Design effect against a simple random sample of the base's size, without replacement where the weights say how
/// large the population is. R: svymean(deff = TRUE).
void set_design_effect(Estimate& row, double variance, double spread, const CellTotals& t, bool with_fractions) {
  const double n = static_cast<double>(row.n), size = t.weight();
  if (row.n < 2) return;
  const bool with_replacement = !with_fractions && size <= sums_to_sample * n;
  row.fraction = with_replacement ? 0 : n / size;
  constexpr double rounding = 1e-12;
  if (row.fraction >= 1 - rounding) {  // a simple random sample of all has no variance to compare with
    row.notes.add({"deff.all_drawn"});
    return;
  }
  const double simple = size * size * spread * n / (n - 1) * (1 - row.fraction) / n;
  if (!(simple > 0)) return;
  row.deff = variance / simple;
  if (with_replacement) row.notes.add({"deff.with_replacement"});
  // Nothing but the weights says that so many were drawn: were it not so, deff would be too large by 1/(1 − fraction).
  if (!with_fractions && row.fraction > large_fraction) row.notes.add({"deff.fraction_by_weights"});
}

double logit(double p) { return std::log(p) - std::log1p(-p); }

double logarithm(double value) { return std::log(value); }

void set_share_interval(Estimate& row, const EstimateRequest& request, const JointVariance& joint, Eigen::Index form,
                        double kish_size) {
  const double p = *row.estimate;
  double variance = *row.se * *row.se;
  // The logits of replicates have a variance of their own, which the interval takes back to the scale of shares.
  if (const auto* repeated = dynamic_cast<const ReplicateVariance*>(&joint);
      repeated != nullptr && request.interval == IntervalMethod::logit)
    if (const auto of_logit = repeated->variance_of_function(form, logit))
      variance = *of_logit * p * p * (1 - p) * (1 - p);
  const ShareBase base{static_cast<double>(row.n), *row.df, kish_size};
  const ProportionInterval interval = proportion_interval(p, variance, base, request.level, request.interval);
  if (interval.interval) {
    row.ci_low = interval.interval->low;
    row.ci_high = interval.interval->high;
  }
  if (!interval.note.empty()) row.notes.add({interval.note});
}

void set_interval(Estimate& row, Scale scale, double level, const JointVariance& joint, Eigen::Index form) {
  const double value = *row.estimate;
  if (scale == Scale::plain) {
    const Interval interval = mean_interval(value, *row.se, *row.df, level);
    row.ci_low = interval.low;
    row.ci_high = interval.high;
    return;
  }
  double se = *row.se / value;
  if (const auto* repeated = dynamic_cast<const ReplicateVariance*>(&joint))
    if (const auto of_log = repeated->variance_of_function(form, logarithm)) se = std::sqrt(*of_log);
  const Interval interval = mean_interval(std::log(value), se, *row.df, level);
  row.ci_low = std::exp(interval.low);
  row.ci_high = std::exp(interval.high);
}

std::vector<Issue> call_notes(const Survey& survey, const CallCounts& counts, const EstimateRequest& request) {
  std::vector<Issue> notes = survey.notes();
  if (const std::int64_t missing = counts.domain.filter_missing; missing > 0)
    notes.push_back(
        {"estimate.filter_missing",
         std::to_string(missing) + " rows are outside the domain because the value of the filter is missing",
         {{"rows", missing}}});
  if (const std::int64_t missing = counts.by_missing; missing > 0)
    notes.push_back({"estimate.by_missing",
                     std::to_string(missing) + " rows are in no group because a value of `by` is missing",
                     {{"rows", missing}, {"by", request.by}}});
  const std::map<std::string, std::int64_t>& outside = counts.outside;
  for (const auto* names : {&request.variables, &request.others, &request.by})
    for (const std::string& name : *names)
      if (const auto found = outside.find(name); found != outside.end() && found->second > 0)
        if (Issue note = outside_note(name, found->second); std::ranges::find(notes, note) == notes.end())
          notes.push_back(std::move(note));
  return notes;
}

/// The variance of the values shown: from replicate weights where there are any, else by linearisation.
std::shared_ptr<const JointVariance> joint_variance(const std::shared_ptr<const Plan>& plan, CentredTotals totals,
                                                    const std::vector<Solved>& solved, const std::vector<Shown>& shown,
                                                    Monitor& monitor) {
  if (const auto& replicates = plan->survey.replicates()) {
    const ReplicateTotals repeated(plan, totals, monitor);
    const auto count = static_cast<Eigen::Index>(replicates->count());
    Eigen::MatrixXd values(static_cast<Eigen::Index>(shown.size()), count);
    Eigen::VectorXd full(values.rows());
    for (std::size_t first = 0, last = 0; first < shown.size(); first = last) {
      const Solved& group = solved[shown[first].solved];
      while (last < shown.size() && shown[last].solved == shown[first].solved) ++last;
      const PlannedVariable& v = plan->variables[group.variable];
      const double rows = static_cast<double>(group.base.answered);
      for (std::size_t r = 0; r < replicates->count(); ++r) {
        const Solution solution = solve(v, repeated.of(*plan, v, group.cell, r, rows));
        for (std::size_t i = first; i < last; ++i)
          values(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(r)) = solution.value[shown[i].answer];
      }
      for (std::size_t i = first; i < last; ++i)
        full[static_cast<Eigen::Index>(i)] = group.solution.value[shown[i].answer];
    }
    return std::make_shared<const ReplicateVariance>(*replicates, std::move(values), full);
  }
  std::vector<LinearForm> forms;
  for (const auto& [group, answer] : shown) {
    const std::size_t variable = solved[group].variable;
    const std::span<const Slope> gradient = solved[group].solution.gradient.of(answer);
    forms.push_back({solved[group].cell,
                     variable,
                     {gradient.begin(), gradient.end()},
                     is_scale_free(plan->variables[variable].statistic->role())});
  }
  return std::make_shared<const Linearization>(plan, std::move(totals), std::move(forms), monitor);
}

void refuse_empty_domain(const DomainCounts& counts) {
  if (counts.rows == 0)
    throw EstimateError("estimate.empty_domain", "no row with a weight meets the conditions of where()");
}

void refuse_without_values(const EstimateRequest& request, const std::vector<Solved>& solved) {
  const StatisticEntry& entry = statistic_called(request.estimator);
  if (std::ranges::any_of(solved, &Solved::exists))
    throw EstimateError(std::string(entry.undefined), std::string(entry.undefined_says),
                        {{"variables", request.variables}});
  if (std::ranges::any_of(solved, [](const Solved& one) { return one.base.left_out > 0; }))
    throw EstimateError("estimate.all_left_out",
                        "all who answered are left out (" + std::string(entry.left_out) +
                            "): there is nothing that this statistic is of",
                        {{"variables", request.variables}, {"reason", std::string(entry.left_out)}});
  throw EstimateError("estimate.nothing_answered", "nobody in the domain has answered: there is nothing to estimate",
                      {{"variables", request.variables}});
}

/// Whether a respondent is in one of the shares of a variable at most. (Kish's interval needs the weights of a sum.)
bool sums_are_shares(const Survey& survey, const EstimateRequest& request) {
  const StatisticEntry& entry = statistic_called(request.estimator);
  return entry.role == Role::share && entry.reads == ReadAs::answers && !request.any_of &&
         request.interval != IntervalMethod::kish &&
         std::ranges::all_of(request.variables, [&](const std::string& variable) {
           return survey.answers(variable)->question().has_levels();
         });
}

}  // namespace

void check_request(const Survey& survey, const EstimateRequest& request) {
  if (!(request.level > 0 && request.level < 1))
    throw UsageError("usage.level", "level is a share between 0 and 1, such as 0.95 (not 95 and not alpha)",
                     {{"level", request.level}});
  if (request.missing == MissingPolicy::level && !statistic_called(request.estimator).missing_level)
    throw UsageError("usage.missing_level", "missing='level' makes an answer row: it is for proportions only");
  if (!survey.in_parts()) refuse_empty_domain(survey.domain_counts());
}

Eigen::MatrixXd Estimates::covariance(Monitor& monitor) const {
  if (rows.size() > most_rows_of_covariance)
    throw EstimateError("estimate.too_many_cells",
                        "the covariances of " + std::to_string(rows.size()) + " rows are more than the memory for " +
                            std::to_string(most_rows_of_covariance) +
                            ": ask for contrasts, which need those of their own rows only, or estimate fewer groups "
                            "at a time",
                        {{"rows", rows.size()}});
  const auto size = static_cast<Eigen::Index>(rows.size());
  Eigen::MatrixXd all = Eigen::MatrixXd::Constant(size, size, std::numeric_limits<double>::quiet_NaN());
  if (!joint) return all;
  const Eigen::MatrixXd forms = joint->covariance(monitor);
  for (Eigen::Index a = 0; a < size; ++a)
    for (Eigen::Index b = 0; b < size; ++b)
      if (const auto fa = form_of_row[static_cast<std::size_t>(a)], fb = form_of_row[static_cast<std::size_t>(b)];
          fa >= 0 && fb >= 0)
        all(a, b) = forms(fa, fb);
  return all;
}

Estimates estimate(const Survey& survey, const EstimateRequest& request, Monitor& monitor) {
  check_request(survey, request);
  return estimate_with(survey.reading(reads_of(request), monitor), request, {{request}}, monitor);
}

Estimates estimate_with(const Survey& survey, const EstimateRequest& request, const StatisticsWanted& wanted,
                        Monitor& monitor) {
  const StatisticEntry& entry = statistic_called(request.estimator);
  std::shared_ptr<Plan> plan = make_plan(survey, request.by, wanted);
  const std::size_t variables = plan->statistics.size() / plan->grouping.overlaps();
  CentredTotals totals = add_up(plan, monitor);
  refuse_empty_domain(plan->counts.domain);
  std::vector<Solved> solved = solve_all(*plan, totals);
  // Replicates repeat the values themselves, and a residual gives those no more digits.
  if (const auto about_lines = survey.replicates() ? std::nullopt : about_near_lines(*plan, totals, solved)) {
    plan = make_plan(survey, request.by, *about_lines);
    totals = add_up(plan, monitor);
    solved = solve_all(*plan, totals);
  }
  if (survey.replicates()) set_replicate_df(plan, totals, solved, monitor);
  const bool with_fractions = survey.sample().with_fractions();

  Estimates result;
  result.by = request.by;
  result.level = request.level;
  result.notes = call_notes(survey, plan->counts, request);
  result.shares = entry.role == Role::share;
  if (sums_are_shares(survey, request)) result.of_sums = request.interval;
  std::vector<Shown> shown;
  std::int64_t not_answered = 0;
  for (std::size_t s = 0; s < solved.size(); ++s) {
    const auto& [variable, cell, base, t, solution, exists] = solved[s];
    const NamedStatistic& of = plan->statistics[variable];
    const std::vector<std::string> names = of.statistic->answers();
    not_answered += base.missing;
    for (std::size_t answer = 0; answer < names.size(); ++answer) {
      Estimate row;
      row.by = plan->grouping.names(cell, plan->variables[variable].overlap);
      row.variable = of.variable;
      row.key = {variable % variables, variable / variables, cell, answer};
      row.n = base.answered;
      if (!names[answer].empty()) {
        row.answer = names[answer];
        row.count = base.answers[answer];
      }
      if (base.missing > 0) row.notes.add("missing", base.missing);
      if (base.left_out > 0) row.notes.add(std::string(entry.left_out), base.left_out);
      const auto k = static_cast<Eigen::Index>(answer);
      const bool defined = exists && std::isfinite(solution.value[k]);
      result.form_of_row.push_back(defined ? static_cast<std::ptrdiff_t>(shown.size()) : -1);
      if (!exists) {
        row.notes.add({"estimate.empty_domain"});
      } else if (!defined) {
        row.notes.add({std::string(entry.undefined)});
      } else {
        row.estimate = solution.value[k];
        row.df = base.df;
        if (entry.role == Role::total && !with_fractions && t.weight() <= sums_to_sample * static_cast<double>(row.n))
          row.notes.add({"weights.sum_to_sample"});
        shown.push_back({s, k});
      }
      result.rows.push_back(std::move(row));
    }
  }
  if (request.missing == MissingPolicy::error && not_answered > 0)
    throw EstimateError("estimate.missing_answers",
                        std::to_string(not_answered) + " rows have not answered: use missing='drop' to leave them out",
                        {{"rows", not_answered}});
  if (shown.empty()) refuse_without_values(request, solved);

  std::vector<double> spreads;  // before the totals are handed over
  for (const auto& [s, k] : shown) {
    const PlannedVariable& v = plan->variables[solved[s].variable];
    spreads.push_back(has_design_effect(entry.role) ? spread(totals, v, solved[s], solved[s].solution.gradient.of(k))
                                                    : 0);
  }
  const std::vector<double> kish_sizes =
      request.interval == IntervalMethod::kish ? effective_sizes_of_weights(plan, monitor) : std::vector<double>();
  result.joint = joint_variance(plan, std::move(totals), solved, shown, monitor);
  const Eigen::VectorXd variance = result.joint->variances();
  for (std::size_t r = 0; r < result.rows.size(); ++r) {
    const std::ptrdiff_t form = result.form_of_row[r];
    if (form < 0) continue;
    Estimate& row = result.rows[r];
    const Solved& group = solved[shown[static_cast<std::size_t>(form)].solved];
    if (*row.df <= 0) {
      row.notes.add({"estimate.no_df"});
      continue;
    }
    if (!std::isfinite(variance[form])) {
      const auto* repeated = dynamic_cast<const ReplicateVariance*>(result.joint.get());
      row.notes.add("estimate.replicates_undefined", repeated ? repeated->undefined(form) : 0);
      continue;
    }
    if (variance[form] < 0) {  // joint probabilities and two phases: unbiased, but not always positive
      row.notes.add({"estimate.negative_variance"});
      continue;
    }
    row.se = std::sqrt(variance[form]);
    if (result.shares) {
      const double kish_size = kish_sizes.empty() ? std::numeric_limits<double>::infinity()
                                                  : kish_sizes[group.cell * plan->variables.size() + group.variable];
      set_share_interval(row, request, *result.joint, form, kish_size);
    } else {
      set_interval(row, entry.interval, request.level, *result.joint, form);
    }
    set_design_effect(row, variance[form], spreads[static_cast<std::size_t>(form)], group.totals, with_fractions);
  }
  return result;
}

}  // namespace enkat
