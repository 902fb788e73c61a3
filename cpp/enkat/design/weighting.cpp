#include "enkat/design/weighting.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/basics/exact_sums.hpp"
#include "enkat/design/crossing.hpp"

namespace enkat {
namespace {

std::vector<double> final_weights(const Survey& survey) {
  std::vector<double> weight(survey.rows());
  survey.weights({0, survey.rows()}, weight);
  return weight;
}

std::vector<double> weights_before(const Survey& survey) {
  std::vector<double> weight(survey.rows());
  survey.weights_before({0, survey.rows()}, weight);
  return weight;
}

double largest_of(const std::vector<double>& weight) {
  double largest = 0;
  for (const double w : weight) largest = std::max(largest, std::abs(w));
  return largest;
}

WeightSummary summary_of(const std::vector<double>& weight, Monitor& monitor) {
  const double largest = largest_of(weight);
  const auto observe = [&](Rows rows, ExactSums& sums) {
    for (std::size_t i = rows.first; i < rows.last; ++i) {
      sums.add(0, weight[i]);
      sums.add(1, weight[i] * weight[i]);
    }
  };
  const ExactSums sums = reduce(weight.size(), ExactSums({largest, largest * largest}), observe, monitor);
  WeightSummary summary;
  for (const double w : weight) {
    if (w == 0) continue;
    summary.min = summary.rows == 0 ? w : std::min(summary.min, w);
    summary.max = summary.rows == 0 ? w : std::max(summary.max, w);
    ++summary.rows;
    summary.negative += w < 0 ? 1 : 0;
  }
  if (summary.rows == 0)
    throw EstimateError("estimate.no_rows", "nobody has a weight here: there is nothing to describe");
  const double n = static_cast<double>(summary.rows);
  summary.sum = sums[0];
  summary.mean = summary.sum / n;
  summary.kish_deff = std::max(1.0, n * sums[1] / (summary.sum * summary.sum));
  summary.cv = std::sqrt(summary.kish_deff - 1);
  summary.effective_n = n / summary.kish_deff;
  return summary;
}

/// Weighted means of every column of x, or of squared distances from `centre`.
std::vector<double> means_of(const Auxiliaries& x, const std::vector<double>& weight, const std::vector<double>* centre,
                             Monitor& monitor) {
  const std::size_t p = x.columns();
  const double largest = largest_of(weight);
  std::vector<double> bounds{largest};
  for (const double bound : x.bounds()) bounds.push_back(largest * (centre ? 4 * bound * bound : bound));
  const auto observe = [&](Rows rows, ExactSums& sums) {
    ModelRows of;
    x.observe(rows, of);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double w = weight[rows.first + i];
      sums.add(0, w);
      for (std::size_t t = i * of.entries; t < (i + 1) * of.entries; ++t) {
        if (of.column[t] < 0) continue;
        const auto j = static_cast<std::size_t>(of.column[t]);
        const double away = centre ? of.value[t] - (*centre)[j] : 0;
        sums.add(j + 1, w * (centre ? away * away : of.value[t]));
      }
    }
  };
  const ExactSums sums = reduce(weight.size(), ExactSums(bounds), observe, monitor);
  std::vector<double> means(p);
  for (std::size_t j = 0; j < p; ++j) means[j] = sums[j + 1] / sums[0];
  return means;
}

/// The term of these variables that weights were calibrated on, or null.
const ModelMatrix::Term* calibrated_term(const Survey& survey, const std::vector<std::string>& variables) {
  if (!survey.calibration()) return nullptr;
  const std::vector<ModelMatrix::Term>& terms = survey.calibration()->x().terms();
  const auto found = std::ranges::find_if(
      terms, [&](const ModelMatrix::Term& term) { return !term.is_intercept() && term.variables == variables; });
  return found == terms.end() ? nullptr : &*found;
}

/// What the calibration made of a column of a term, as a share or mean of its target population.
std::optional<double> target_of(const Survey& survey, const ModelMatrix::Term& term, std::size_t place,
                                double population) {
  const ModelMatrix::Term* found = calibrated_term(survey, term.variables);
  if (found == nullptr || found->is_category() != term.is_category()) return std::nullopt;
  return survey.calibration()->totals[static_cast<Eigen::Index>(found->first_column + place)] / population;
}

/// Size of the population calibrated to: every category and the intercept say it.
std::optional<double> target_population(const Survey& survey) {
  if (!survey.calibration()) return std::nullopt;
  for (const ModelMatrix::Term& term : survey.calibration()->x().terms())
    if (!term.is_number())
      return survey.calibration()
          ->totals.segment(static_cast<Eigen::Index>(term.first_column), static_cast<Eigen::Index>(term.columns()))
          .sum();
  return std::nullopt;
}

}  // namespace

Weighting weighting(const Survey& survey, Monitor& monitor) {
  std::vector<double> after = final_weights(survey), before = weights_before(survey);
  std::vector<std::uint8_t> inside(survey.rows());
  survey.inside({0, survey.rows()}, inside);
  for (std::size_t i = 0; i < inside.size(); ++i)
    if (inside[i] == 0) after[i] = before[i] = 0;
  Weighting result;
  result.after = summary_of(after, monitor);
  if (after != before) result.before = summary_of(before, monitor);
  if (survey.calibration()) {
    result.method = survey.calibration()->method;
    result.misfit = survey.calibration()->convergence.misfit;
  }
  return result;
}

std::vector<Balance> balance(const Survey& survey, const std::vector<std::vector<std::string>>& terms,
                             Monitor& monitor) {
  static_cast<void>(survey.rows());  // refuses those that are read in parts, before any column is looked at
  std::vector<ModelTerm> wanted;
  for (const std::vector<std::string>& variables : terms) {
    wanted.push_back({crossed_variables(survey, variables), false});
    if (const ModelMatrix::Term* term = calibrated_term(survey, wanted.back().variables))
      wanted.back().levels = term->is_category();  // read as it was calibrated
  }
  const Auxiliaries x(survey, false, wanted);
  const std::vector<double> weights = weights_before(survey);
  const std::vector<double> before = means_of(x, weights, nullptr, monitor);
  const std::vector<double> after = means_of(x, final_weights(survey), nullptr, monitor);
  std::vector<double> variance = means_of(x, weights, &before, monitor);
  const std::optional<double> population = target_population(survey);
  std::vector<Balance> list;
  for (const ModelMatrix::Term& term : x.terms()) {
    for (std::size_t j = term.first_column; j < term.first_column + term.columns(); ++j) {
      if (term.is_category()) variance[j] = before[j] * (1 - before[j]);
      Balance& row = list.emplace_back();
      row.column = x.names()[j];
      row.before = before[j];
      row.after = after[j];
      if (population) row.target = target_of(survey, term, j - term.first_column, *population);
      if (!(variance[j] > 0)) continue;
      const double reference = row.target.value_or(row.before), deviation = std::sqrt(variance[j]);
      row.smd_before = (row.before - reference) / deviation;
      row.smd_after = (row.after - reference) / deviation;
    }
  }
  return list;
}

}  // namespace enkat
