#include "enkat/estimate/quantile.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "enkat/estimate/named_estimators.hpp"
#include "enkat/estimate/plan.hpp"
#include "enkat/estimate/score_interval.hpp"

namespace enkat {
namespace {

/// The survey and its groups, kept together for as long as an estimator looks rows up in them.
struct Groups {
  Groups(const Survey& given_survey, const std::vector<std::string>& by) : survey(given_survey), grouping(survey, by) {}
  const Survey survey;
  const Grouping grouping;
};

/// Distributions of one variable in every cell of every overlapping group: overlap · cells + cell.
using Distributions = std::vector<WeightedDistribution>;

Distributions distributions(const Groups& groups, const Answers& answers, Monitor& monitor) {
  const Grouping& grouping = groups.grouping;
  const std::size_t cells = grouping.cells();
  const auto see = [&](Rows rows, WeightedValues& seen) {
    std::array<double, block_rows> values, weights;
    std::array<std::int32_t, block_rows> cell;
    std::array<std::uint8_t, block_rows> member;
    answers.numbers(rows.first, std::span(values).first(rows.size()));
    groups.survey.weights(rows, std::span(weights).first(rows.size()));
    grouping.cells_of(rows, std::span(cell).first(rows.size()));
    for (std::size_t overlap = 0; overlap < grouping.overlaps(); ++overlap) {
      grouping.overlap(overlap, rows, std::span(member).first(rows.size()));
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (cell[i] >= 0 && member[i] != 0 && !std::isnan(values[i]))
          seen.add(overlap * cells + static_cast<std::size_t>(cell[i]), values[i], weights[i],
                   static_cast<std::int64_t>(rows.first + i));
    }
  };
  const WeightedValues seen =
      reduce(groups.survey.rows(), WeightedValues(groups.survey.largest_weight()), see, monitor);
  Distributions result;
  for (std::size_t slot = 0; slot < grouping.overlaps() * cells; ++slot) {
    result.push_back(seen.distribution(slot));
    if (!result.back().exact) refuse_range();
  }
  return result;
}

std::string shortest_text(double number) {
  std::array<char, 32> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

/// Thresholds of every overlap and cell: a share at or below each is estimated.
using Points = std::vector<std::vector<std::vector<double>>>;  // [overlap][cell][probability]

/// Shares at or below the points, with all that a share has.
Estimates shares_below(const std::shared_ptr<const Groups>& groups, const QuantileRequest& request,
                       const std::string& variable, const Points& points, Monitor& monitor) {
  EstimateRequest shares;
  shares.estimator = CumulativeShare::name;
  shares.variables = {variable};
  shares.by = request.by;
  shares.missing = request.missing;
  shares.level = request.level;
  const std::shared_ptr<const Grouping> grouping(groups, &groups->grouping);
  std::vector<std::vector<NamedEstimator>> named;
  for (const auto& points_of_cell : points)
    named.push_back({{variable, CumulativeShare(groups->survey.numbers(variable), points_of_cell, grouping)}});
  return estimate_with(groups->survey, shares, std::move(named), monitor);
}

/// Where a row of the shares came from.
struct Origin {
  std::size_t overlap = 0, cell = 0, probability = 0;
};

/// The rows of one call in the order that `estimate_with` gives them: groups, then probabilities.
std::vector<Origin> origins(const Grouping& grouping, const Estimates& shares, std::size_t probabilities) {
  std::vector<Origin> list;
  for (const auto& [cell, combination] : grouping.groups()) {
    const bool there =
        list.size() < shares.rows.size() && shares.rows[list.size()].by == grouping.names(cell, combination);
    for (std::size_t k = 0; there && k < probabilities; ++k) list.push_back({combination, cell, k});
  }
  return list;
}

/// Takes back what was noted of the share below the quantile but does not hold for the quantile.
void drop_notes_of_the_share(std::string& note) {
  for (const std::string code :
       {"; deff.with_replacement", "deff.with_replacement", "; interval.beta_at_bound", "interval.beta_at_bound"})
    if (const auto at = note.find(code); at != std::string::npos) note.erase(at, code.size());
}

/// The quantile's interval by inverting the interval of the share below it.
void invert(Estimate& row, const WeightedDistribution& answers, const QuantileRequest& request, double share,
            double share_se) {
  const ShareEnds shares =
      woodruff_probabilities(share, share_se, static_cast<double>(row.n), *row.df, request.level, request.interval);
  if (!shares.note.empty()) add_note(row.note, shares.note);
  if (shares.low) row.ci_low = quantile(answers, *shares.low, request.rule);
  if (shares.high) row.ci_high = quantile(answers, *shares.high, request.rule);
  if (!row.ci_low || !row.ci_high) return;
  row.se = woodruff_se({*row.ci_low, *row.ci_high}, *row.df, request.level);
}

/// Points of all overlaps and cells, made by `point(slot, k)`; slot is overlap · cells + cell.
template <class Point>
Points points_of(const Grouping& grouping, std::size_t count, const Point& point) {
  Points points(grouping.overlaps(), std::vector<std::vector<double>>(grouping.cells()));
  for (std::size_t slot = 0; slot < grouping.overlaps() * grouping.cells(); ++slot)
    for (std::size_t k = 0; k < count; ++k)
      points[slot / grouping.cells()][slot % grouping.cells()].push_back(point(slot, k));
  return points;
}

/// Intervals of the score type: the searches of all rows go on together, one pass a round.
void invert_scores(const std::shared_ptr<const Groups>& groups, const QuantileRequest& request,
                   const std::string& variable, const Distributions& answers, const std::vector<Origin>& origin,
                   std::vector<Estimate>& rows, Monitor& monitor) {
  const std::size_t cells = groups->grouping.cells(), asked = request.probabilities.size();
  std::vector<std::optional<ScoreInterval>> search(rows.size());
  std::vector<std::size_t> row_of(answers.size() * asked, rows.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const std::size_t slot = origin[r].overlap * cells + origin[r].cell;
    row_of[slot * asked + origin[r].probability] = r;
    if (rows[r].estimate && *rows[r].df > 0)
      search[r].emplace(answers[slot].value, request.probabilities[origin[r].probability], *rows[r].df, request.level);
  }
  const auto searching = [&](std::size_t r) { return r < rows.size() && search[r] && !search[r]->done(); };
  const auto any = [&] {
    for (std::size_t r = 0; r < rows.size(); ++r)
      if (searching(r)) return true;
    return false;
  };
  while (any()) {
    const Points points = points_of(groups->grouping, 2 * asked, [&](std::size_t slot, std::size_t k) {
      const std::size_t r = row_of[slot * asked + k / 2];
      return searching(r) ? search[r]->thetas()[k % 2] : 0;
    });
    const Estimates shares = shares_below(groups, request, variable, points, monitor);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (!searching(r)) continue;
      const auto below = [&](std::size_t i) {
        const Estimate& share = shares.rows[2 * r + i];
        return ShareBelow{share.estimate.value_or(0), share.se.value_or(0)};
      };
      search[r]->observe({below(0), below(1)});
    }
  }
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (!search[r]) continue;
    const Interval ends = search[r]->interval();
    rows[r].ci_low = ends.low;
    rows[r].ci_high = ends.high;
    rows[r].se = woodruff_se(ends, *rows[r].df, request.level);
  }
}

Estimates quantiles_of(const Survey& survey, const QuantileRequest& request, const std::string& variable,
                       Monitor& monitor) {
  const auto groups = std::make_shared<const Groups>(survey, request.by);
  const Distributions answers = distributions(*groups, *survey.numbers(variable), monitor);
  const std::size_t cells = groups->grouping.cells(), asked = request.probabilities.size();
  const Points points = points_of(groups->grouping, asked, [&](std::size_t slot, std::size_t k) {
    return answers[slot].size() == 0 ? 0 : quantile(answers[slot], request.probabilities[k], request.rule);
  });
  Estimates result = shares_below(groups, request, variable, points, monitor);
  result.shares = false;
  const Eigen::MatrixXd covariance_of_shares = result.covariance();
  const std::vector<Origin> origin = origins(groups->grouping, result, asked);
  std::vector<double> share_se(result.rows.size(), 0);
  for (std::size_t r = 0; r < result.rows.size(); ++r) {
    Estimate& row = result.rows[r];
    const auto& [overlap, cell, k] = origin[r];
    row.answer = shortest_text(request.probabilities[k]);
    row.count.reset();
    row.deff.reset();
    row.ci_low.reset();
    row.ci_high.reset();
    if (!row.estimate) continue;
    drop_notes_of_the_share(row.note);
    const std::optional<double> share = std::exchange(row.estimate, points[overlap][cell][k]);
    share_se[r] = std::exchange(row.se, std::nullopt).value_or(0);
    if (*row.df > 0 && request.interval != QuantileInterval::score)
      invert(row, answers[overlap * cells + cell], request, *share, share_se[r]);
  }
  if (request.interval == QuantileInterval::score)
    invert_scores(groups, request, variable, answers, origin, result.rows, monitor);

  // As steep as the quantiles are where they were read.
  Eigen::VectorXd scale(static_cast<Eigen::Index>(result.rows.size()));
  for (std::size_t r = 0; r < result.rows.size(); ++r) {
    const bool known = result.rows[r].se && share_se[r] > 0;
    scale[static_cast<Eigen::Index>(r)] = known ? *result.rows[r].se / share_se[r] : std::nan("");
    result.form_of_row[r] = result.rows[r].estimate ? static_cast<std::ptrdiff_t>(r) : -1;
  }
  result.joint =
      std::make_shared<const FixedCovariance>(scale.asDiagonal() * covariance_of_shares * scale.asDiagonal());
  return result;
}

std::vector<double> survey_weights(const Survey& survey) {
  std::vector<double> weights(survey.rows());
  survey.weights({0, survey.rows()}, weights);
  return weights;
}

/// Variables in one table; quantiles of different variables have no joint covariance.
void append(Estimates& all, Estimates more) {
  const auto before = static_cast<Eigen::Index>(all.rows.size()), added = static_cast<Eigen::Index>(more.rows.size());
  Eigen::MatrixXd joint =
      Eigen::MatrixXd::Constant(before + added, before + added, std::numeric_limits<double>::quiet_NaN());
  joint.topLeftCorner(before, before) = all.joint->covariance();
  joint.bottomRightCorner(added, added) = more.joint->covariance();
  for (std::size_t r = 0; r < more.rows.size(); ++r)
    all.form_of_row.push_back(more.form_of_row[r] < 0 ? -1 : more.form_of_row[r] + before);
  all.rows.insert(all.rows.end(), more.rows.begin(), more.rows.end());
  all.joint = std::make_shared<const FixedCovariance>(std::move(joint));
}

}  // namespace

Estimates quantiles(const Survey& survey, const QuantileRequest& request, Monitor& monitor) {
  if (request.variables.empty())
    throw UsageError("usage.no_variable", "give at least one question or column to estimate");
  if (request.probabilities.empty())
    throw UsageError("usage.probabilities", "give at least one share below the quantile, such as 0.5 for the median");
  for (const double p : request.probabilities)
    if (!(p >= 0 && p <= 1))
      throw UsageError("usage.probabilities", "quantiles are asked for by shares from 0 to 1, such as 0.25",
                       {{"p", p}});
  if (survey.calibration() && std::ranges::any_of(survey_weights(survey), [](double w) { return w < 0; }))
    throw EstimateError("estimate.negative_weights",
                        "some calibrated weights are negative, so shares below a value do not grow with it and there "
                        "are no quantiles: calibrate with bounds or with method='raking'");
  EstimateRequest checked;
  checked.missing = request.missing;
  checked.level = request.level;
  check_request(survey, checked);
  Estimates all = quantiles_of(survey, request, request.variables[0], monitor);
  for (std::size_t v = 1; v < request.variables.size(); ++v)
    append(all, quantiles_of(survey, request, request.variables[v], monitor));
  return all;
}

}  // namespace enkat
