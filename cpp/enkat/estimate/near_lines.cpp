#include "enkat/estimate/near_lines.hpp"

#include <algorithm>

namespace enkat {
namespace {

/// Estimators of two numbers that can be about a line: Ratio and Correlation.
template <class E>
concept OfAPair = requires(const E& e, const PairMoments& moments, std::shared_ptr<const LineSlopes> slopes) {
  { e.near_line(moments) } -> std::same_as<double>;
  { e.about(slopes) } -> std::same_as<E>;
};

/// The first number is y, the second x.
PairMoments moments(const CentredTotals& totals, const PlannedVariable& v, const Solved& solved) {
  const CellTotals& t = solved.totals;
  const double weight = t.weight();
  const auto moment = [&](Eigen::Index j, Eigen::Index k) {
    return totals.spread(solved.cell, v, static_cast<std::size_t>(j), static_cast<std::size_t>(k)) / weight -
           t.total[j] / weight * (t.total[k] / weight);
  };
  return {moment(1, 1), moment(1, 2), moment(2, 2), t.raw(1) / weight, t.raw(2) / weight};
}

}  // namespace

std::optional<EstimatorsOf> about_near_lines(const Plan& plan, const CentredTotals& totals,
                                             const std::vector<Solved>& solved) {
  std::vector<std::vector<double>> slopes(plan.variables.size());  // by cell; empty without a line
  for (const Solved& one : solved) {
    if (!one.exists) continue;
    const PlannedVariable& v = plan.variables[one.variable];
    const double slope = std::visit(
        [&]<class E>(const E& e) {
          if constexpr (OfAPair<E>) return e.near_line(moments(totals, v, one));
          return 0.0;
        },
        *v.estimator);
    if (slope == 0) continue;
    slopes[one.variable].resize(plan.shape.cells);
    slopes[one.variable][one.cell] = slope;
  }
  if (std::ranges::all_of(slopes, &std::vector<double>::empty)) return {};
  return [slopes, by = plan.by, estimators_of = plan.estimators_of](const Survey& survey) {
    const auto groups = std::make_shared<const Groups>(survey, by);
    std::vector<AnyEstimator> estimators = estimators_of(survey);
    for (std::size_t i = 0; i < slopes.size(); ++i)
      if (!slopes[i].empty())
        estimators[i] = std::visit(
            [&]<class E>(const E& e) -> AnyEstimator {
              if constexpr (OfAPair<E>) return e.about(std::make_shared<const LineSlopes>(groups, slopes[i]));
              return e;
            },
            estimators[i]);
    return estimators;
  };
}

}  // namespace enkat
