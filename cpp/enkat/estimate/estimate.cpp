#include "enkat/estimate/estimate.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace enkat {
namespace {

struct NamedEstimator {
  std::string variable;
  AnyEstimator estimator;
};

/// What the counters of one cell and variable say.
struct Base {
  std::int64_t rows = 0, answered = 0, missing = 0;
  std::vector<std::int64_t> answers;
  std::int64_t df = 0;
};

std::vector<NamedEstimator> named_estimators(const Survey& survey, const EstimateRequest& request) {
  if (request.variables.empty())
    throw UsageError("usage.no_variable", "give at least one question or column to estimate");
  std::vector<NamedEstimator> estimators;
  for (std::size_t i = 0; i < request.variables.size(); ++i) {
    const std::string& name = request.variables[i];
    if (request.estimator == Mean::name) {
      estimators.push_back({name, Mean{survey.numbers(name)}});
    } else if (request.estimator == Total::name) {
      estimators.push_back({name, Total{survey.numbers(name)}});
    } else if (request.estimator == Ratio::name) {
      const std::string& x = request.denominators.at(i);
      estimators.push_back({name + "/" + x, Ratio{survey.numbers(name), survey.numbers(x)}});
    } else if (request.estimator == Proportion::name) {
      const auto answers = survey.answers(name);
      const Question& question = answers->question();
      if (question.options.empty())
        throw EstimateError("estimate.no_answers",
                            "'" + name + "' is a " + std::string(name_of(question.type)) +
                                " question without answer options: there are no shares to estimate",
                            {{"question", name}});
      Proportion proportion{answers, request.missing == MissingPolicy::level};
      proportion.everyone = request.everyone;
      if (request.any_of) {
        for (const std::string& answer : request.answers) proportion.any_of.push_back(question.option_index(answer));
      }
      estimators.push_back({name, std::move(proportion)});
    } else {
      throw UsageError(
          "usage.unknown_estimator",
          "there is no estimator '" + request.estimator + "'" + suggestion(request.estimator, Estimators::names()),
          {{"estimator", request.estimator}});
    }
  }
  return estimators;
}

/// Degrees of freedom of a row's own base: PSUs minus strata among its rows (R: degf(subset(design, …))).
Base base_of(const Plan& plan, const Sample& sample, const DesignTotals& totals, std::size_t cell,
             const PlannedVariable& v) {
  Base base;
  base.answers.resize(v.terms - 1);
  std::set<std::int32_t> strata;
  std::int64_t psus = 0;
  for (std::size_t unit = 0; unit < plan.shape.units; ++unit) {
    const std::size_t slot = unit * plan.shape.cells + cell;
    base.rows += totals.counter(slot, 0);
    const std::int64_t answered = totals.counter(slot, v.first_counter);
    base.answered += answered;
    base.missing += totals.counter(slot, v.first_counter + 1);
    for (std::size_t k = 0; k < base.answers.size(); ++k)
      base.answers[k] += totals.counter(slot, v.first_counter + 2 + k);
    if (answered == 0) continue;
    psus += sample.rows_are_psus() ? answered : 1;
    strata.insert(sample.rows_are_psus() ? static_cast<std::int32_t>(unit) : sample.psu_stratum()[unit]);
  }
  base.df = psus - static_cast<std::int64_t>(strata.size());
  return base;
}

CellTotals cell_totals(const Plan& plan, const DesignTotals& totals, std::size_t cell, const PlannedVariable& v) {
  CellTotals result{Eigen::VectorXd(v.terms), Eigen::VectorXd(v.terms)};
  for (std::size_t k = 0; k < v.terms; ++k) {
    const auto i = static_cast<Eigen::Index>(k);
    result.total[i] = totals.cell_total(cell, v.first_term + k);
    result.centre[i] = plan.centre(static_cast<Eigen::Index>(cell), static_cast<Eigen::Index>(v.first_term + k));
  }
  return result;
}

/// Weighted variance of a linear form over the rows of the base, Σw(l − l̄)²/Σw.
double spread(const DesignTotals& totals, std::size_t cell, const PlannedVariable& v, const CellTotals& t,
              const Eigen::VectorXd& g) {
  double square = 0, mean = 0;
  for (Eigen::Index j = 1; j < g.size(); ++j) mean += g[j] * t.total[j] / t.weight();
  if (v.numeric) {
    std::size_t p = v.first_spread;
    for (Eigen::Index j = 1; j < g.size(); ++j)
      for (Eigen::Index k = j; k < g.size(); ++k, ++p)
        square += (j == k ? 1 : 2) * g[j] * g[k] * totals.cell_product(cell, p);
  } else {
    for (Eigen::Index j = 1; j < g.size(); ++j) square += g[j] * g[j] * t.total[j];  // a value has one 0/1 term
  }
  return square / t.weight() - mean * mean;
}

void add_note(std::string& note, const std::string& code) { note += (note.empty() ? "" : "; ") + code; }

/// Design effect against a simple random sample of the base's size, without replacement where the weights say how
/// large the population is. R: svymean(deff = TRUE).
void set_design_effect(Estimate& row, double variance, double spread, const CellTotals& t, bool with_fractions) {
  const double n = static_cast<double>(row.n), size = t.weight();
  if (row.n < 2) return;
  const bool with_replacement = !with_fractions && size <= 1.05 * n;
  const double fraction = with_replacement ? 0 : n / size;
  const double simple = size * size * spread * n / (n - 1) * (1 - fraction) / n;
  if (!(simple > 0)) return;
  row.deff = variance / simple;
  if (with_replacement) add_note(row.note, "deff.with_replacement");
}

void set_interval(Estimate& row, const EstimateRequest& request) {
  const double df = *row.df;
  if (request.estimator == Proportion::name) {
    const ProportionInterval interval = proportion_interval(
        *row.estimate, *row.se * *row.se, static_cast<double>(row.n), df, request.level, request.interval);
    if (interval.interval) {
      row.ci_low = interval.interval->low;
      row.ci_high = interval.interval->high;
    }
    if (!interval.note.empty()) add_note(row.note, interval.note);
  } else {
    const Interval interval = mean_interval(*row.estimate, *row.se, df, request.level);
    row.ci_low = interval.low;
    row.ci_high = interval.high;
  }
}

std::vector<Issue> call_notes(const Survey& survey, const Grouping& grouping, const EstimateRequest& request) {
  std::vector<Issue> notes = survey.notes();
  if (survey.filter_missing() > 0)
    notes.push_back({"estimate.filter_missing",
                     std::to_string(survey.filter_missing()) + " rows are outside the domain because the value of the "
                                                               "filter is missing",
                     {{"rows", survey.filter_missing()}}});
  if (grouping.missing_rows() > 0)
    notes.push_back(
        {"estimate.by_missing",
         std::to_string(grouping.missing_rows()) + " rows are in no group because a value of `by` is missing",
         {{"rows", grouping.missing_rows()}, {"by", request.by}}});
  return notes;
}

void check(const EstimateRequest& request) {
  if (!(request.level > 0 && request.level < 1))
    throw UsageError("usage.level", "level is a share between 0 and 1, such as 0.95 (not 95 and not alpha)",
                     {{"level", request.level}});
  if (request.missing == MissingPolicy::level && request.estimator != Proportion::name)
    throw UsageError("usage.missing_level", "missing='level' makes an answer row: it is for proportions only");
}

std::vector<std::size_t> answers_shown(const EstimateRequest& request, const NamedEstimator& named) {
  const std::vector<std::string> names = std::visit([](const auto& e) { return e.answers(); }, named.estimator);
  std::vector<std::size_t> shown;
  const auto* proportion = std::get_if<Proportion>(&named.estimator);
  if (proportion == nullptr || request.answers.empty() || request.any_of) {
    for (std::size_t i = 0; i < names.size(); ++i) shown.push_back(i);
    return shown;
  }
  for (const std::string& answer : request.answers)
    shown.push_back(proportion->answered->question().option_index(answer));
  std::ranges::sort(shown);
  return shown;
}

}  // namespace

MissingPolicy missing_policy_from(const std::string& name) {
  if (name == "drop") return MissingPolicy::drop;
  if (name == "error") return MissingPolicy::error;
  if (name == "level") return MissingPolicy::level;
  throw UsageError("usage.missing", "missing is 'drop', 'error' or 'level', not '" + name + "'", {{"missing", name}});
}

Eigen::MatrixXd Estimates::covariance() const {
  const auto size = static_cast<Eigen::Index>(rows.size());
  Eigen::MatrixXd all = Eigen::MatrixXd::Constant(size, size, std::numeric_limits<double>::quiet_NaN());
  if (!linearization) return all;
  const Eigen::MatrixXd forms = linearization->covariance();
  for (Eigen::Index a = 0; a < size; ++a)
    for (Eigen::Index b = 0; b < size; ++b)
      if (const auto fa = form_of_row[static_cast<std::size_t>(a)], fb = form_of_row[static_cast<std::size_t>(b)];
          fa >= 0 && fb >= 0)
        all(a, b) = forms(fa, fb);
  return all;
}

Estimates estimate(const Survey& survey, const EstimateRequest& request, Monitor& monitor) {
  check(request);
  if (survey.domain_rows() == 0)
    throw EstimateError("estimate.empty_domain", "no row with positive weight meets the conditions of where()");
  const std::vector<NamedEstimator> named = named_estimators(survey, request);
  std::vector<AnyEstimator> estimators;
  for (const NamedEstimator& n : named) estimators.push_back(n.estimator);
  const Grouping grouping(survey, request.by);
  Plan plan = make_plan(survey, grouping, estimators, monitor);
  DesignTotals totals = add_up(plan, monitor);

  Estimates result;
  result.by = request.by;
  result.level = request.level;
  result.notes = call_notes(survey, grouping, request);
  std::vector<LinearForm> forms;
  std::vector<double> spreads;
  std::vector<CellTotals> totals_of_form;
  std::int64_t not_answered = 0;
  for (const auto& [cell, combination] : grouping.groups()) {
    for (std::size_t i = 0; i < named.size(); ++i) {
      const PlannedVariable& v = plan.variables[combination * named.size() + i];
      const Base base = base_of(plan, survey.sample(), totals, cell, v);
      if (base.rows == 0 && !grouping.keeps_empty()) continue;
      not_answered += base.missing;
      const CellTotals t = cell_totals(plan, totals, cell, v);
      const bool exists = base.answered > 0 && t.weight() > 0;
      const std::vector<std::string> names = std::visit([](const auto& e) { return e.answers(); }, named[i].estimator);
      Solution solution;
      if (exists) solution = std::visit([&](const auto& e) { return e.solve(t); }, named[i].estimator);
      for (const std::size_t answer : answers_shown(request, named[i])) {
        Estimate row;
        row.by = grouping.names(cell, combination);
        row.variable = named[i].variable;
        row.n = base.answered;
        if (!names[answer].empty()) {
          row.answer = names[answer];
          row.count = base.answers[answer];
        }
        if (base.missing > 0) add_note(row.note, "missing:" + std::to_string(base.missing));
        const auto k = static_cast<Eigen::Index>(answer);
        if (!exists) {
          add_note(row.note, "estimate.empty_domain");
          result.form_of_row.push_back(-1);
        } else if (!std::isfinite(solution.value[k])) {
          add_note(row.note, "estimate.zero_denominator");
          result.form_of_row.push_back(-1);
        } else {
          row.estimate = solution.value[k];
          row.df = static_cast<double>(base.df);
          // Weights that add up to the sample say nothing about the size of the population.
          if (request.estimator == Total::name && !survey.sample().with_fractions() &&
              t.weight() <= 1.05 * static_cast<double>(row.n))
            add_note(row.note, "weights.sum_to_sample");
          result.form_of_row.push_back(static_cast<std::ptrdiff_t>(forms.size()));
          forms.push_back({cell, v.first_term, solution.gradient.row(k)});
          spreads.push_back(spread(totals, cell, v, t, solution.gradient.row(k)));
          totals_of_form.push_back(t);
        }
        result.rows.push_back(std::move(row));
      }
    }
  }
  if (request.missing == MissingPolicy::error && not_answered > 0)
    throw EstimateError("estimate.missing_answers",
                        std::to_string(not_answered) + " rows have not answered: use missing='drop' to leave them out",
                        {{"rows", not_answered}});
  if (forms.empty())
    throw EstimateError("estimate.nothing_answered", "nobody in the domain has answered: there is nothing to estimate",
                        {{"variables", request.variables}});

  result.linearization =
      std::make_shared<const Linearization>(survey, std::move(plan), std::move(totals), std::move(forms));
  const Eigen::VectorXd variance = result.linearization->variances();
  for (std::size_t r = 0; r < result.rows.size(); ++r) {
    const std::ptrdiff_t form = result.form_of_row[r];
    if (form < 0) continue;
    Estimate& row = result.rows[r];
    const auto f = static_cast<std::size_t>(form);
    if (*row.df <= 0) {
      add_note(row.note, "estimate.no_df");
      continue;
    }
    row.se = std::sqrt(variance[form]);
    set_interval(row, request);
    set_design_effect(row, variance[form], spreads[f], totals_of_form[f], survey.sample().with_fractions());
  }
  return result;
}

}  // namespace enkat
