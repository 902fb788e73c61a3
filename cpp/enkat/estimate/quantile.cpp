#include "enkat/estimate/quantile.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "enkat/statistic/cumulative_share.hpp"
#include "enkat/statistic/named_statistics.hpp"
#include "enkat/totals/cell_distributions.hpp"
#include "enkat/totals/plan.hpp"
#include "enkat/variance/score_interval.hpp"

namespace enkat {
namespace {

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
  return estimate_with(groups->survey, shares, {{shares}, points}, monitor);
}

/// Takes back what was noted of the share below the quantile but does not hold for the quantile.
void drop_notes_of_the_share(Notes& notes) {
  for (const std::string_view code : {"deff.with_replacement", "deff.fraction_by_weights", beta_at_bound})
    notes.drop(code);
}

/// What is known of a row before its interval is.
struct Asked {
  std::size_t slot = 0;
  double share = 0;                ///< of answers at or below the quantile
  std::optional<double> share_se;  ///< none where the variance does not exist; the note says why
  ShareEnds ends;                  ///< shares whose quantiles are the ends of the interval
};

/// Ends of the quantiles' intervals, by inverting those of the shares below them.
void invert(std::vector<Estimate>& rows, const std::vector<Asked>& asked, CellDistributions& answers,
            const QuantileRequest& request, Monitor& monitor) {
  std::vector<CellDistributions::Wanted> wanted;
  for (const Asked& one : asked)
    for (const auto& end : {one.ends.low, one.ends.high})
      if (end) wanted.push_back({one.slot, share_sought(answers.distribution(one.slot), *end, request.rule), 0});
  answers.open(wanted, monitor);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    Estimate& row = rows[r];
    const ShareEnds& ends = asked[r].ends;
    if (!ends.note.empty()) row.notes.add({ends.note});
    if (!ends.low && !ends.high) continue;
    const WeightedDistribution of = answers.distribution(asked[r].slot);
    if (ends.low) row.ci_low = quantile(of, *ends.low, request.rule);
    if (ends.high) row.ci_high = quantile(of, *ends.high, request.rule);
    if (row.ci_low && row.ci_high) row.se = woodruff_se({*row.ci_low, *row.ci_high}, *row.df, request.level);
  }
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
                   const std::string& variable, const CellDistributions& distributions,
                   const std::vector<Asked>& of_row, std::vector<Estimate>& rows, Monitor& monitor) {
  const std::size_t asked = request.probabilities.size();
  std::vector<WeightedDistribution> answers;
  for (std::size_t slot = 0; slot < groups->slots(); ++slot) answers.push_back(distributions.distribution(slot));
  std::vector<std::optional<ScoreInterval>> search(rows.size());
  std::vector<std::size_t> row_of(answers.size() * asked, rows.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const std::size_t slot = of_row[r].slot, probability = rows[r].key.answer;
    row_of[slot * asked + probability] = r;
    if (rows[r].estimate && of_row[r].share_se)
      search[r].emplace(answers[slot].value, request.probabilities[probability], *rows[r].df, request.level);
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

/// The answers of every cell, exact where the quantiles are and as far around as their intervals mostly reach.
CellDistributions distributions(const std::shared_ptr<const Groups>& groups, const QuantileRequest& request,
                                const std::string& variable, Monitor& monitor) {
  // The search for a score interval may go anywhere.
  const bool all = request.interval == QuantileInterval::score;
  if (all && groups->survey.in_parts())
    throw EstimateError("estimate.in_memory_only",
                        "intervals of quantiles of the type 'score' need all answers in memory: use another interval, "
                        "or read the column with enkat.read");
  CellDistributions answers(groups, variable);
  std::vector<CellDistributions::Wanted> wanted;
  for (std::size_t slot = 0; slot < groups->slots(); ++slot) wanted.push_back({slot, 1, 0});
  if (request.rule >= QuantileRule::hf4) answers.open(wanted, monitor);  // what is sought depends on the largest answer
  constexpr double reach = 8;                                            // intervals of a design effect up to 16
  wanted.clear();
  for (std::size_t slot = 0; slot < groups->slots(); ++slot) {
    const WeightedDistribution of = answers.distribution(slot);
    for (const double p : request.probabilities)
      wanted.push_back({slot, of.size() == 0 ? p : share_sought(of, p, request.rule),
                        all ? std::numeric_limits<double>::infinity() : reach});
  }
  answers.open(wanted, monitor);
  for (std::size_t slot = 0; slot < groups->slots(); ++slot)
    if (!answers.distribution(slot).exact) refuse_range();
  return answers;
}

Estimates quantiles_of(const Survey& survey, const QuantileRequest& request, const std::string& variable,
                       Monitor& monitor) {
  const auto groups = std::make_shared<const Groups>(survey.reading({{variable}, {}, request.by}, monitor), request.by);
  CellDistributions answers = distributions(groups, request, variable, monitor);
  const std::size_t cells = groups->grouping.cells(), probabilities = request.probabilities.size();
  const Points points = points_of(groups->grouping, probabilities, [&](std::size_t slot, std::size_t k) {
    const WeightedDistribution of = answers.distribution(slot);
    return of.size() == 0 ? 0 : quantile(of, request.probabilities[k], request.rule);
  });
  Estimates result = shares_below(groups, request, variable, points, monitor);
  result.shares = false;
  std::vector<Asked> asked(result.rows.size());
  for (std::size_t r = 0; r < result.rows.size(); ++r) {
    Estimate& row = result.rows[r];
    const auto& [variable_place, overlap, cell, k] = row.key;
    asked[r].slot = overlap * cells + cell;
    row.answer = shortest_text(request.probabilities[k]);
    row.count.reset();
    row.deff.reset();
    row.ci_low.reset();
    row.ci_high.reset();
    if (!row.estimate) continue;
    drop_notes_of_the_share(row.notes);
    asked[r].share = *std::exchange(row.estimate, points[overlap][cell][k]);
    asked[r].share_se = std::exchange(row.se, std::nullopt);
    if (asked[r].share_se && request.interval != QuantileInterval::score)
      asked[r].ends = woodruff_probabilities(asked[r].share, *asked[r].share_se, static_cast<double>(row.n), *row.df,
                                             request.level, request.interval);
  }
  if (request.interval == QuantileInterval::score) {
    invert_scores(groups, request, variable, answers, asked, result.rows, monitor);
  } else {
    invert(result.rows, asked, answers, request, monitor);
  }

  // As steep as the quantiles are where they were read.
  const Eigen::Index forms = result.joint->size();
  ValueSums scale(forms, forms);
  for (std::size_t r = 0; r < result.rows.size(); ++r) {
    const std::ptrdiff_t form = result.form_of_row[r];
    const bool known = result.rows[r].se && asked[r].share_se.value_or(0) > 0;
    if (form >= 0) scale.insert(form, form) = known ? *result.rows[r].se / *asked[r].share_se : std::nan("");
  }
  result.joint = std::make_shared<const SummedVariance>(result.joint, std::move(scale));
  return result;
}

/// Variables in one table; quantiles of different variables have no joint covariance.
Estimates together(std::vector<Estimates> of_variables) {
  if (of_variables.size() == 1) return std::move(of_variables.front());
  Estimates all = of_variables.front();
  std::vector<std::shared_ptr<const JointVariance>> joints{all.joint};
  Eigen::Index before = all.joint->size();
  for (std::size_t v = 1; v < of_variables.size(); ++v) {
    const Estimates& more = of_variables[v];
    for (std::size_t r = 0; r < more.rows.size(); ++r) {
      all.form_of_row.push_back(more.form_of_row[r] < 0 ? -1 : more.form_of_row[r] + before);
      all.rows.push_back(more.rows[r]);
      all.rows.back().key.variable = v;
    }
    joints.push_back(more.joint);
    before += more.joint->size();
  }
  all.joint = std::make_shared<const SeparateVariances>(std::move(joints));
  return all;
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
  if (survey.calibration() && survey.calibration()->negative_weights > 0)
    throw EstimateError("estimate.negative_weights",
                        "some calibrated weights are negative, so shares below a value do not grow with it and there "
                        "are no quantiles: calibrate with bounds or with method='raking'");
  EstimateRequest checked;
  checked.missing = request.missing;
  checked.level = request.level;
  check_request(survey, checked);
  std::vector<Estimates> of_variables;
  for (const std::string& variable : request.variables)
    of_variables.push_back(quantiles_of(survey, request, variable, monitor));
  return together(std::move(of_variables));
}

}  // namespace enkat
