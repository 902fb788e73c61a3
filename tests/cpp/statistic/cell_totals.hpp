#pragma once

#include <gtest/gtest.h>

#include <cmath>

#include "enkat/design/survey.hpp"
#include "enkat/statistic/estimator.hpp"

/// Totals of an estimator over all rows of a small survey, added up row by row: what its `solve` is tested with.
namespace enkat::testing {

/// Centred terms and products of every row (rows × totals), its weights, and their totals.
struct RowTerms {
  Eigen::MatrixXd terms;
  Eigen::VectorXd weight;
  CellTotals totals;
};

/// Terms about `centre`, one number for all terms but the base: where they are centred must not matter.
template <Estimator E>
RowTerms row_terms(const Survey& survey, const E& estimator, double centre) {
  const std::size_t rows = survey.rows(), terms = estimator.terms();
  std::vector<double> columns(rows * terms), weight(rows);
  const TermColumns u(columns.data(), rows, rows);
  estimator.observe({0, rows}, u);
  survey.weights({0, rows}, weight);
  const std::vector<TermProduct> products = products_of(estimator);

  RowTerms result;
  const auto size = static_cast<Eigen::Index>(terms + products.size());
  result.terms.resize(static_cast<Eigen::Index>(rows), size);
  result.weight = Eigen::Map<const Eigen::VectorXd>(weight.data(), static_cast<Eigen::Index>(rows));
  result.totals.centre = Eigen::VectorXd::Constant(static_cast<Eigen::Index>(terms), centre);
  result.totals.centre[0] = 0;
  for (Eigen::Index i = 0; i < result.terms.rows(); ++i) {
    const auto row = static_cast<std::size_t>(i);
    const auto term = [&](std::size_t k) {
      return u[k][row] - result.totals.centre[static_cast<Eigen::Index>(k)] * u[0][row];
    };
    for (std::size_t k = 0; k < terms; ++k) result.terms(i, static_cast<Eigen::Index>(k)) = term(k);
    for (std::size_t p = 0; p < products.size(); ++p)
      result.terms(i, static_cast<Eigen::Index>(terms + p)) = term(products[p].first) * term(products[p].second);
  }
  result.totals.total = result.terms.transpose() * result.weight;
  result.totals.rows = (result.terms.col(0).array() != 0).cast<double>().sum();
  return result;
}

/// The derivatives of a value by all totals.
inline Eigen::RowVectorXd dense(const Gradient& gradient, Eigen::Index value, Eigen::Index totals) {
  Eigen::RowVectorXd all = Eigen::RowVectorXd::Zero(totals);
  for (const auto& [term, by] : gradient.of(value)) all[term] = by;
  return all;
}

/// Standard error of the first value with rows drawn independently with replacement.
inline double linearised_se(const RowTerms& rows, const Solution& solution) {
  const Eigen::VectorXd score =
      (rows.terms * dense(solution.gradient, 0, rows.terms.cols()).transpose()).cwiseProduct(rows.weight);
  const double n = static_cast<double>(score.size());
  return std::sqrt(n / (n - 1) * (score.array() - score.mean()).square().sum());
}

/// The gradient is the slope of the value along every total.
template <Estimator E>
void expect_gradient_is_slope(const E& estimator, const CellTotals& t) {
  const Solution solution = estimator.solve(t);
  for (Eigen::Index value = 0; value < solution.value.size(); ++value) {
    const Eigen::RowVectorXd gradient = dense(solution.gradient, value, t.total.size());
    for (Eigen::Index k = 0; k < t.total.size(); ++k) {
      const double step = 1e-6 * std::max(std::abs(t.total[k]), 1e-3 * t.total[0]);
      CellTotals up = t, down = t;
      up.total[k] += step;
      down.total[k] -= step;
      const double slope = (estimator.solve(up).value[value] - estimator.solve(down).value[value]) / (2 * step);
      EXPECT_NEAR(gradient[k], slope, 1e-6 * gradient.cwiseAbs().maxCoeff()) << "value " << value << ", total " << k;
    }
  }
}

}  // namespace enkat::testing
