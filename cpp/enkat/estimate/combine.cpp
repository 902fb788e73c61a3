#include "enkat/estimate/combine.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <tuple>

#include "enkat/statistic/named_statistics.hpp"

namespace enkat {
namespace {

using Key = std::tuple<std::vector<std::string>, std::size_t, std::optional<std::string>>;

/// What a row is of: its group, the place of its variable among those of the table, its answer.
Key key_of(const Estimate& row, const std::vector<std::string>& variables) {
  const auto place = std::ranges::find(variables, row.variable) - variables.begin();
  return {row.by, static_cast<std::size_t>(place), row.answer};
}

std::vector<std::string> variables_of(const Estimates& estimates) {
  std::vector<std::string> names;
  for (const Estimate& row : estimates.rows)
    if (std::ranges::find(names, row.variable) == names.end()) names.push_back(row.variable);
  return names;
}

std::string shown(const Estimate& row) {
  std::string name;
  for (const std::string& part : row.by) name += part + ":";
  return name + row.variable + (row.answer ? ":" + *row.answer : "");
}

void refuse_unlike(const std::vector<Estimates>& all) {
  if (all.size() < 2)
    throw UsageError("combine.too_few", "combining takes the estimates of at least 2 imputations",
                     {{"imputations", all.size()}});
  for (const Estimates& one : all) {
    if (one.ranked || all[0].ranked)
      throw UsageError("combine.ranking", "places of a ranking cannot be combined: combine the shares");
    if (one.level != all[0].level)
      throw UsageError("combine.level", "the estimates are of different confidence levels: give all the same");
    if (one.by != all[0].by || one.shares != all[0].shares)
      throw UsageError("combine.rows",
                       "the estimates are of different statistics or groups: each imputation has the "
                       "same call");
  }
}

/// For every row of the first table the same row of each: the imputations of one estimate.
std::vector<std::vector<const Estimate*>> matched(const std::vector<Estimates>& all) {
  const std::vector<std::string> first = variables_of(all[0]);
  std::vector<std::vector<const Estimate*>> rows(all[0].rows.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::vector<std::string> variables = variables_of(all[i]);
    std::map<Key, const Estimate*> of;
    for (const Estimate& row : all[i].rows) of.emplace(key_of(row, variables), &row);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const auto found = of.find(key_of(all[0].rows[r], first));
      if (found == of.end())
        throw UsageError("combine.rows",
                         "imputation " + std::to_string(i + 1) + " has no row '" + shown(all[0].rows[r]) +
                             "': every imputation has the same rows",
                         {{"imputation", i + 1}, {"row", shown(all[0].rows[r])}});
      rows[r].push_back(found->second);
    }
    if (all[i].rows.size() != rows.size() || of.size() != all[i].rows.size())
      throw UsageError("combine.rows",
                       "imputation " + std::to_string(i + 1) + " has " + std::to_string(all[i].rows.size()) +
                           " rows and the first " + std::to_string(rows.size()) +
                           ": every imputation has the same rows",
                       {{"imputation", i + 1}, {"rows", all[i].rows.size()}});
  }
  return rows;
}

/// What the variables are called together.
std::vector<std::string> combined_names(const Imputations& imputations) {
  const std::vector<std::string> first = variables_of(imputations.estimates.front()),
                                 last = variables_of(imputations.estimates.back());
  if (imputations.variables.empty()) {
    std::vector<std::string> names;
    for (std::size_t v = 0; v < first.size(); ++v)
      names.push_back(first[v] == last[v] ? first[v] : first[v] + "…" + last[v]);
    return names;
  }
  if (imputations.variables.size() != first.size())
    throw UsageError("combine.variables", "give a name for each of the " + std::to_string(first.size()) + " variables",
                     {{"variables", first}});
  return imputations.variables;
}

/// The combined row without its figures: the smallest base, the notes that all share and those that say why one lacks
/// figures.
Estimate row_of(const std::vector<const Estimate*>& of, std::string variable) {
  Estimate row;
  row.by = of[0]->by;
  row.variable = std::move(variable);
  row.answer = of[0]->answer;
  row.n = of[0]->n;
  row.count = of[0]->count;
  for (const Estimate* one : of) {
    row.n = std::min(row.n, one->n);
    if (row.count != one->count) row.count.reset();
    for (const Note& reason : one->notes.reasons()) row.notes.add(reason);
    for (const Note& note : one->notes.all()) {
      const bool in_all = std::ranges::all_of(
          of, [&](const Estimate* other) { return std::ranges::count(other->notes.all(), note) > 0; });
      const bool of_figures = note.code.starts_with("deff.") || note.code.starts_with("interval.");  // made anew
      if (in_all && !of_figures) row.notes.add(note);
    }
  }
  return row;
}

/// What the imputations say of one estimate.
struct Pooled {
  double fraction = 0;  ///< of the information that is missing
  double df = 0;
};

/// Barnard & Rubin (1999), and the fraction of missing information of Rubin (1987), (3.1.10).
Pooled pooled(double within, double between, double imputations, double complete_df) {
  const double added = (1 + 1 / imputations) * between, total = within + added;
  const double lambda = total > 0 ? added / total : 0;
  const double observed = (complete_df + 1) / (complete_df + 3) * complete_df * (1 - lambda);
  Pooled result;
  result.df = observed;
  if (lambda > 0) result.df = 1 / (1 / observed + lambda * lambda / (imputations - 1));
  if (!(within > 0)) {
    result.fraction = lambda;
    result.df = lambda > 0 ? imputations - 1 : observed;
    return result;
  }
  if (lambda == 0) return result;  // all imputations agree: nothing is missing
  const double increase = added / within;
  result.fraction = (increase + 2 / (result.df + 3)) / (increase + 1);
  return result;
}

std::string two_digits(double number) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", number);
  return text;
}

void set_interval(Estimate& row, double variance, bool share, IntervalMethod method, double level) {
  const bool between_0_and_1 = *row.estimate >= 0 && *row.estimate <= 1;
  if (!share || !between_0_and_1) {
    const Interval interval = mean_interval(*row.estimate, *row.se, *row.df, level);
    row.ci_low = interval.low;
    row.ci_high = interval.high;
    return;
  }
  const ProportionInterval made =
      proportion_interval(*row.estimate, variance, ShareBase{static_cast<double>(row.n), *row.df}, level, method);
  if (made.interval) {
    row.ci_low = made.interval->low;
    row.ci_high = made.interval->high;
  }
  if (!made.note.empty()) row.notes.add({made.note});
}

}  // namespace

Estimates combine(const Imputations& imputations, Monitor& monitor) {
  const std::vector<Estimates>& all = imputations.estimates;
  refuse_unlike(all);
  if (imputations.interval == IntervalMethod::kish)
    throw UsageError("combine.interval", "interval='kish' needs the weights of the rows: combine with another method");
  const std::vector<std::vector<const Estimate*>> rows = matched(all);
  const std::vector<std::string> own = variables_of(all[0]), names = combined_names(imputations);
  const auto m = static_cast<double>(all.size());
  const auto size = static_cast<Eigen::Index>(rows.size()), count = static_cast<Eigen::Index>(all.size());

  Estimates result;
  result.by = all[0].by;
  result.level = all[0].level;
  result.shares = all[0].shares;
  for (const Estimates& one : all)
    for (const Issue& note : one.notes)
      if (std::ranges::none_of(result.notes, [&](const Issue& known) { return known.message == note.message; }))
        result.notes.push_back(note);

  // Rows in the order of the first table; the covariances of the others are brought into it.
  Eigen::MatrixXd values(size, count), within = Eigen::MatrixXd::Zero(size, size);
  for (Eigen::Index i = 0; i < count; ++i) {
    const Estimates& one = all[static_cast<std::size_t>(i)];
    const Eigen::MatrixXd covariance = one.covariance(monitor);
    std::vector<Eigen::Index> place;
    for (Eigen::Index r = 0; r < size; ++r) {
      const Estimate* row = rows[static_cast<std::size_t>(r)][static_cast<std::size_t>(i)];
      values(r, i) = row->estimate.value_or(std::numeric_limits<double>::quiet_NaN());
      place.push_back(row - one.rows.data());
    }
    within += covariance(place, place) / m;
  }
  const Eigen::VectorXd centre = values.rowwise().mean();
  const Eigen::MatrixXd away = values.colwise() - centre;
  const Eigen::MatrixXd between = away * away.transpose() / (m - 1), total = within + (1 + 1 / m) * between;

  double most = 0;
  std::vector<Eigen::Index> forms;
  for (Eigen::Index r = 0; r < size; ++r) {
    const std::vector<const Estimate*>& of = rows[static_cast<std::size_t>(r)];
    const auto variable = std::get<1>(key_of(*of[0], own));
    Estimate row = row_of(of, names[variable]);
    result.form_of_row.push_back(-1);
    if (std::isfinite(centre[r])) {
      row.estimate = centre[r];
      row.df = std::ranges::min(of, {}, [](const Estimate* one) { return one->df.value_or(0); })->df;
      const bool with_errors = std::ranges::all_of(of, [](const Estimate* one) { return one->se.has_value(); });
      if (with_errors && std::isfinite(total(r, r))) {
        result.form_of_row.back() = static_cast<std::ptrdiff_t>(forms.size());
        forms.push_back(r);
        row.se = std::sqrt(std::max(0.0, total(r, r)));
        const Pooled figures = pooled(within(r, r), between(r, r), m, *row.df);
        row.df = figures.df;
        most = std::max(most, figures.fraction);
        row.notes.add({"imputed.missing_information", figures.fraction, 2});
        set_interval(row, total(r, r), result.shares, imputations.interval, result.level);
      }
    } else if (row.notes.empty()) {
      row.notes.add({"estimate.not_in_all_imputations"});
    }
    result.rows.push_back(std::move(row));
  }
  result.joint = std::make_shared<const FixedCovariance>(total(forms, forms));
  result.notes.push_back({"estimate.imputed",
                          std::to_string(all.size()) +
                              " imputations are combined by Rubin's rules; the fraction of missing information is " +
                              (forms.size() == 1 ? "" : "at most ") + two_digits(most),
                          {{"imputations", all.size()}, {"missing_information", most}}});
  return result;
}

Estimates combine_columns(const Estimates& estimates, const std::vector<ImputedVariable>& variables,
                          IntervalMethod interval, Monitor& monitor) {
  Imputations imputations{.interval = interval};
  std::map<std::string, std::size_t> imputation_of;
  for (const ImputedVariable& variable : variables) {
    if (variable.columns.size() != variables[0].columns.size() || variable.columns.size() < 2)
      throw UsageError("combine.columns",
                       "every imputed variable has the same number of columns, at least 2, one for each imputation",
                       {{"variable", variable.name}, {"columns", variable.columns.size()}});
    for (std::size_t i = 0; i < variable.columns.size(); ++i)
      if (!imputation_of.emplace(variable.columns[i], i).second)
        throw UsageError("combine.columns", "'" + variable.columns[i] + "' is given twice: each imputation is a column",
                         {{"column", variable.columns[i]}});
    imputations.variables.push_back(variable.name.empty() ? variable.columns.front() + "…" + variable.columns.back()
                                                          : variable.name);
  }
  const Eigen::MatrixXd covariance = estimates.covariance(monitor);
  for (std::size_t i = 0; i < variables[0].columns.size(); ++i) {
    Estimates& one = imputations.estimates.emplace_back();
    one.by = estimates.by;
    one.level = estimates.level;
    one.shares = estimates.shares;
    one.notes = estimates.notes;
    std::vector<Eigen::Index> kept;
    for (std::size_t r = 0; r < estimates.rows.size(); ++r) {
      if (imputation_of.at(estimates.rows[r].variable) != i) continue;
      one.form_of_row.push_back(static_cast<std::ptrdiff_t>(kept.size()));
      one.rows.push_back(estimates.rows[r]);
      kept.push_back(static_cast<Eigen::Index>(r));
    }
    one.joint = std::make_shared<const FixedCovariance>(covariance(kept, kept));
  }
  return combine(imputations, monitor);
}

}  // namespace enkat
