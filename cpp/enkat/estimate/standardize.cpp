#include "enkat/estimate/standardize.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "enkat/design/crossing.hpp"

namespace enkat {
namespace {

/// What stays of a row when the standard columns go.
struct Remaining {
  std::vector<std::string> by;
  std::string variable;
  std::optional<std::string> answer;

  friend bool operator==(const Remaining&, const Remaining&) = default;
};

/// A remaining group and the rows of its estimates, one a group of the standard; −1 where there is none.
struct Standardised {
  Remaining remaining;
  std::vector<std::ptrdiff_t> row_of_group;
};

std::string name_of(const Remaining& group) {
  std::vector<std::string> parts = group.by;
  parts.push_back(group.variable);
  if (group.answer) parts.push_back(*group.answer);
  return crossing_name(parts);
}

/// Places of the standard columns among the `by` columns.
std::vector<std::size_t> places(const Estimates& estimates, const StandardPopulation& standard) {
  if (standard.columns.empty())
    throw UsageError("usage.standard_columns", "say which `by` columns the standard population is about");
  std::vector<std::size_t> result;
  for (const std::string& column : standard.columns) {
    const auto found = std::ranges::find(estimates.by, column);
    if (found == estimates.by.end())
      throw EstimateError("standardize.column",
                          "the estimates are not by '" + column + "'" + suggestion(column, estimates.by) +
                              ": put every column of the standard among `by`",
                          {{"column", column}});
    result.push_back(static_cast<std::size_t>(found - estimates.by.begin()));
  }
  return result;
}

/// Index of each group of the standard by its levels; refuses sizes that are no population.
std::map<std::vector<std::string>, std::size_t> index_of_groups(const StandardPopulation& standard) {
  std::map<std::vector<std::string>, std::size_t> index;
  double total = 0;
  for (const StandardGroup& group : standard.groups) {
    if (!std::isfinite(group.size) || group.size < 0 || group.levels.size() != standard.columns.size() ||
        !index.emplace(group.levels, index.size()).second)
      throw EstimateError("standardize.population",
                          "the standard population gives every group, '" + crossing_name(group.levels) +
                              "' among them, once: a level of each column and a size that is not negative",
                          {{"group", group.levels}});
    total += group.size;
  }
  if (!(total > 0)) throw EstimateError("standardize.population", "the standard population is empty");
  return index;
}

std::vector<Standardised> groups_of(const Estimates& estimates, const StandardPopulation& standard) {
  const std::vector<std::size_t> at = places(estimates, standard);
  const auto index = index_of_groups(standard);
  std::vector<Standardised> groups;
  for (std::size_t r = 0; r < estimates.rows.size(); ++r) {
    const Estimate& row = estimates.rows[r];
    std::vector<std::string> levels;
    for (const std::size_t place : at) levels.push_back(row.by[place]);
    const auto known = index.find(levels);
    if (known == index.end())
      throw EstimateError("standardize.unknown_level",
                          "the standard population does not say how large '" + crossing_name(levels) +
                              "' is: add it (with size 0 to leave it out)",
                          {{"group", levels}});
    Remaining remaining{{}, row.variable, row.answer};
    for (std::size_t i = 0; i < row.by.size(); ++i)
      if (std::ranges::find(at, i) == at.end()) remaining.by.push_back(row.by[i]);
    auto group = std::ranges::find(groups, remaining, &Standardised::remaining);
    if (group == groups.end())
      group = groups.insert(group, {remaining, std::vector<std::ptrdiff_t>(standard.groups.size(), -1)});
    group->row_of_group[known->second] = row.estimate ? static_cast<std::ptrdiff_t>(r) : -1;
  }
  return groups;
}

/// A group of the standard population in which nobody of this group is; −1 when there is none.
std::ptrdiff_t empty_level(const Standardised& group, const StandardPopulation& standard) {
  for (std::size_t g = 0; g < standard.groups.size(); ++g)
    if (standard.groups[g].size > 0 && group.row_of_group[g] < 0) return static_cast<std::ptrdiff_t>(g);
  return -1;
}

/// Refuses when no group has somebody in every group of the standard; else those that have not get no figures.
void refuse_empty_levels(const std::vector<Standardised>& groups, const StandardPopulation& standard) {
  if (std::ranges::any_of(groups, [&](const Standardised& group) { return empty_level(group, standard) < 0; })) return;
  for (const Standardised& group : groups) {
    const std::vector<std::string>& levels =
        standard.groups[static_cast<std::size_t>(empty_level(group, standard))].levels;
    throw EstimateError("standardize.empty_level",
                        "there is no estimate of '" + name_of(group.remaining) + "' in '" + crossing_name(levels) +
                            "', a group of the standard population: use fewer or wider groups",
                        {{"estimate", name_of(group.remaining)}, {"group", levels}});
  }
}

NamedExpression expression_of(const Standardised& group, const StandardPopulation& standard) {
  const double total = std::accumulate(standard.groups.begin(), standard.groups.end(), 0.0,
                                       [](double sum, const StandardGroup& g) { return sum + g.size; });
  Json sum = Json::array();
  for (std::size_t g = 0; g < standard.groups.size(); ++g) {
    if (standard.groups[g].size == 0) continue;
    sum.push_back({{"op", "*"}, {"args", {standard.groups[g].size / total, {{"row", group.row_of_group[g]}}}}});
  }
  return {name_of(group.remaining), {{"op", "+"}, {"args", sum}}};
}

/// Rows of all groups that the standard takes in, and the degrees of freedom of the whole.
void set_base(Estimate& row, const Standardised& group, const StandardPopulation& standard, const Estimates& estimates,
              const Estimates& whole) {
  row.n = 0;
  for (std::size_t g = 0; g < standard.groups.size(); ++g)
    if (const std::ptrdiff_t r = group.row_of_group[g]; r >= 0 && standard.groups[g].size > 0)
      row.n += estimates.rows[static_cast<std::size_t>(r)].n;
  const auto same = std::ranges::find_if(whole.rows, [&](const Estimate& other) {
    return other.by == row.by && other.variable == row.variable && other.answer == row.answer;
  });
  if (same == whole.rows.end() || !row.se) return;
  row.df = same->df;
  row.ci_low.reset();
  row.ci_high.reset();
  if (!row.df || *row.df <= 0) {
    row.se.reset();
    row.notes = {};
    row.notes.add({"estimate.no_df"});
    return;
  }
  const Interval interval = mean_interval(*row.estimate, *row.se, *row.df, estimates.level);
  row.ci_low = interval.low;
  row.ci_high = interval.high;
}

}  // namespace

Estimates standardize(const Estimates& estimates, const Estimates& whole, const StandardPopulation& standard,
                      Monitor& monitor) {
  const std::vector<Standardised> groups = groups_of(estimates, standard);
  // A group of one PSU has no interval of its own; the sum over groups has one.
  Estimates parts = estimates;
  const Eigen::VectorXd variance = estimates.joint->variances();
  for (std::size_t r = 0; r < parts.rows.size(); ++r)
    if (const std::ptrdiff_t form = estimates.form_of_row[r]; form >= 0 && std::isfinite(variance[form]))
      parts.rows[r].se = std::sqrt(std::max(0.0, variance[form]));
  refuse_empty_levels(groups, standard);
  std::vector<NamedExpression> expressions;
  for (const Standardised& group : groups)
    if (empty_level(group, standard) < 0) expressions.push_back(expression_of(group, standard));
  Estimates result = contrast(parts, expressions, monitor);
  for (const std::string& column : estimates.by)
    if (std::ranges::find(standard.columns, column) == standard.columns.end()) result.by.push_back(column);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (empty_level(groups[i], standard) >= 0) {
      const auto place = static_cast<std::ptrdiff_t>(i);
      result.rows.insert(result.rows.begin() + place, Estimate())->notes.add({"standardize.empty_level"});
      result.form_of_row.insert(result.form_of_row.begin() + place, -1);
    }
    result.rows[i].by = groups[i].remaining.by;
    result.rows[i].variable = groups[i].remaining.variable;
    result.rows[i].answer = groups[i].remaining.answer;
    set_base(result.rows[i], groups[i], standard, estimates, whole);
  }
  return result;
}

}  // namespace enkat
