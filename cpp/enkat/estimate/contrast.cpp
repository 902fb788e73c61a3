#include "enkat/estimate/contrast.hpp"

#include <algorithm>
#include <cmath>

namespace enkat {
namespace {

/// A contrast's row with all but its figures.
Estimate row_of(const Expression& expression, const Estimates& estimates) {
  Estimate result;
  result.variable = expression.name();
  result.n = std::numeric_limits<std::int64_t>::max();
  bool bound = false, estimated = true;
  for (const std::size_t used : expression.rows()) {
    if (used >= estimates.rows.size())
      throw EstimateError("estimate.contrast_row",
                          "'" + expression.name() + "' uses row " + std::to_string(used) + " of " +
                              std::to_string(estimates.rows.size()) + " (the first is 0)",
                          {{"expression", expression.name()}, {"row", used}});
    const Estimate& row = estimates.rows[used];
    result.n = std::min(result.n, row.n);
    if (row.df) result.df = std::min(result.df.value_or(*row.df), *row.df);
    bound = bound || row.notes.has(beta_at_bound);
    estimated = estimated && row.estimate;
    if (row.estimate && row.se) continue;
    const std::vector<Note> reasons = row.notes.reasons();
    for (const Note& reason : reasons) result.notes.add(reason);
    if (reasons.empty()) result.notes.add({"estimate.contrast_row"});
  }
  // A share of 0 or 1 has an estimated variance of 0: the interval takes that share for certain.
  if (bound) result.notes.add({"contrast.share_at_bound"});
  if (!estimated) result.df.reset();
  return result;
}

/// Whether all rows that an expression uses have this figure.
bool all_have(const Estimates& estimates, const Expression& expression, std::optional<double> Estimate::* figure) {
  return std::ranges::all_of(expression.rows(),
                             [&](std::size_t row) { return (estimates.rows[row].*figure).has_value(); });
}

constexpr double rounding = 1e-12;

/// A sum of shares without what rounding left of 0 and 1.
double share_of(double sum) { return sum < rounding ? 0 : sum > 1 - rounding ? 1 : sum; }

/// Whether a contrast is a sum of shares of different respondents in one base, which is a share as well: a net.
bool is_net(const Estimates& estimates, const Expression& expression, const Eigen::VectorXd& values,
            const Derivative& derivative) {
  if (!estimates.of_sums || std::abs(derivative.value - values.sum()) > rounding) return false;
  const Estimate& first = estimates.rows[expression.rows().front()];
  return (derivative.gradient.array() == 1).all() && std::ranges::all_of(expression.rows(), [&](std::size_t used) {
           return estimates.rows[used].by == first.by && estimates.rows[used].variable == first.variable;
         });
}

void set_interval(Estimate& row, const std::optional<IntervalMethod>& of_net, double level) {
  if (!of_net) {
    const Interval interval = mean_interval(*row.estimate, *row.se, *row.df, level);
    row.ci_low = interval.low;
    row.ci_high = interval.high;
    return;
  }
  const ProportionInterval made = proportion_interval(*row.estimate, *row.se * *row.se,
                                                      ShareBase{static_cast<double>(row.n), *row.df}, level, *of_net);
  if (made.interval) {
    row.ci_low = made.interval->low;
    row.ci_high = made.interval->high;
  }
  if (!made.note.empty()) row.notes.add({made.note});
}

}  // namespace

Estimates contrast(const Estimates& estimates, const std::vector<NamedExpression>& expressions, Monitor& monitor) {
  if (expressions.empty()) throw UsageError("usage.no_contrast", "give at least one expression of the estimates");
  Estimates result;
  result.level = estimates.level;
  result.notes = estimates.notes;
  std::vector<Eigen::Triplet<double>> gradients;
  std::ptrdiff_t forms = 0;
  std::vector<bool> net(expressions.size());
  for (const NamedExpression& named : expressions) {
    const Expression expression(named.name, named.expression);
    Estimate row = row_of(expression, estimates);
    std::ptrdiff_t form = -1;  // the estimate stays where a variance does not exist
    if (all_have(estimates, expression, &Estimate::estimate)) {
      Eigen::VectorXd values(static_cast<Eigen::Index>(expression.rows().size()));
      for (std::size_t i = 0; i < expression.rows().size(); ++i)
        values[static_cast<Eigen::Index>(i)] = *estimates.rows[expression.rows()[i]].estimate;
      const Derivative derivative = expression.at(values);
      row.estimate = derivative.value;
      net[result.rows.size()] = is_net(estimates, expression, values, derivative);
      if (net[result.rows.size()]) row.estimate = share_of(derivative.value);
      if (all_have(estimates, expression, &Estimate::se)) form = forms++;
      for (std::size_t i = 0; form >= 0 && i < expression.rows().size(); ++i)
        gradients.emplace_back(form, estimates.form_of_row[expression.rows()[i]],
                               derivative.gradient[static_cast<Eigen::Index>(i)]);
    }
    result.form_of_row.push_back(form);
    result.rows.push_back(std::move(row));
  }

  if (forms == 0) return result;
  ValueSums jacobian(forms, estimates.joint->size());
  jacobian.setFromTriplets(gradients.begin(), gradients.end());
  const Eigen::VectorXd variance = estimates.joint->variances_of(jacobian, monitor);
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    const std::ptrdiff_t form = result.form_of_row[i];
    if (form < 0) continue;
    Estimate& row = result.rows[i];
    if (!std::isfinite(variance[form])) {  // such as quantiles of two variables, which have no joint covariance
      row.notes.add({"estimate.no_covariance"});
      result.form_of_row[i] = -1;
      continue;
    }
    row.se = std::sqrt(std::max(0.0, variance[form]));
    set_interval(row, net[i] ? estimates.of_sums : std::nullopt, result.level);
  }
  result.joint = std::make_shared<const SummedVariance>(estimates.joint, std::move(jacobian));
  return result;
}

}  // namespace enkat
