#include "enkat/design/fit_calibration.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "enkat/basics/symmetric_eigen.hpp"
#include "enkat/codebook/code.hpp"

namespace enkat {
namespace {

constexpr std::size_t most_iterations = 200, most_rounds = 1000, most_halvings = 12;
constexpr std::size_t patience = 15;  // iterations in which the misfit has to be halved at least
constexpr double newton_tolerance = 1e-12, margin_tolerance = 1e-13;

/// Misses of totals, relative to the totals and to what they are sums of: a total of a number may be near 0.
Eigen::VectorXd misses(const Eigen::VectorXd& totals, const Eigen::VectorXd& sums, const Eigen::VectorXd& sizes) {
  Eigen::VectorXd miss = Eigen::VectorXd::Zero(totals.size());
  for (Eigen::Index j = 0; j < totals.size(); ++j)
    if (totals[j] != sums[j]) miss[j] = std::abs(totals[j] - sums[j]) / (std::abs(totals[j]) + sizes[j]);
  return miss;
}

/// What a message about a replicate begins with.
std::string where(const CalibrationEquations& equations) {
  return equations.replicate ? "in replicate " + std::to_string(*equations.replicate + 1) + ", " : "";
}

[[noreturn]] void refuse_fit(const CalibrationEquations& equations, const Eigen::VectorXd& sums,
                             const Eigen::VectorXd& miss, std::size_t iterations) {
  Eigen::Index worst = 0;
  miss.maxCoeff(&worst);
  const std::string& column = equations.x().names()[static_cast<std::size_t>(worst)];
  const double wanted = equations.totals[worst], reached = sums[worst];
  const std::string advice = equations.distance.bounded()
                                 ? "widen the bounds, merge small categories or check the totals"
                                 : "merge small categories, leave a term out or check the totals";
  throw DesignError("calibrate.not_converged",
                    where(equations) + "no weights meet all totals: '" + column + "' is furthest off, wanted " +
                        number_text(wanted) + ", reached " + number_text(reached) + "; " + advice,
                    {{"column", column}, {"wanted", wanted}, {"reached", reached}, {"iterations", iterations}});
}

/// A level that has a total but no weight, as can happen in a replicate.
void refuse_empty(const CalibrationEquations& equations, const Eigen::VectorXd& sizes) {
  for (Eigen::Index j = 0; j < sizes.size(); ++j) {
    if (sizes[j] != 0 || equations.totals[j] == 0) continue;
    const std::string& column = equations.x().names()[static_cast<std::size_t>(j)];
    throw DesignError("calibrate.empty_cell",
                      where(equations) + "nobody with weight is left in '" + column +
                          "', which has a total: merge the level with another",
                      {{"column", column}, {"total", equations.totals[j]}});
  }
}

/// Of what is never negative, bounds on factors are bounds on totals: refuses those out of reach before any iteration.
void refuse_out_of_reach(const CalibrationEquations& equations, const Evaluation& before) {
  if (!equations.distance.bounded()) return;
  Eigen::VectorXd reached = equations.totals;
  for (Eigen::Index j = 0; j < reached.size(); ++j) {
    const double sum = before.sums[j] / equations.distance.centre;
    if (sum > 0 && before.sums[j] == before.sizes[j])
      reached[j] = std::clamp(reached[j], equations.distance.low * sum, equations.distance.high * sum);
  }
  const Eigen::VectorXd miss = misses(equations.totals, reached, before.sizes);
  if (miss.maxCoeff() > newton_tolerance) refuse_fit(equations, reached, miss, 0);
}

}  // namespace

// Scaled to a unit diagonal first, so that what counts as dependent does not depend on units of measurement.
Eigen::MatrixXd generalised_inverse(const Eigen::MatrixXd& matrix) {
  const Eigen::VectorXd scale = matrix.diagonal().unaryExpr([](double d) { return d > 0 ? 1 / std::sqrt(d) : 0.0; });
  if (matrix.isDiagonal(0)) return scale.cwiseAbs2().asDiagonal();
  const SymmetricEigen eigen(scale.asDiagonal() * matrix * scale.asDiagonal());
  const double least = 1e-12 * std::max(eigen.values.maxCoeff(), 0.0);
  const Eigen::VectorXd inverse = eigen.values.unaryExpr([&](double value) { return value > least ? 1 / value : 0.0; });
  return scale.asDiagonal() * eigen.vectors * inverse.asDiagonal() * eigen.vectors.transpose() * scale.asDiagonal();
}

double common_factor(const Eigen::VectorXd& totals, const CrossProducts& before, const Eigen::MatrixXd& inverse) {
  constexpr double rounding = 1e-10;
  const Eigen::VectorXd constant = inverse * before.sums;  // the combination of x nearest to 1
  const double factor = totals.dot(constant) / before.weight;
  return factor > 0 && before.weight - before.sums.dot(constant) < rounding * before.weight ? factor : 1;
}

// Each step corrects what rounding left of the one before: the second is the last unless totals nearly contradict.
CalibrationFit fit_linear(const CalibrationEquations& equations, const CrossProducts& before,
                          const Eigen::MatrixXd& inverse) {
  constexpr std::size_t most_steps = 4;
  CalibrationFit fit{Eigen::VectorXd::Zero(equations.totals.size()), {}};
  const Eigen::VectorXd& totals = equations.totals;
  // Σ|d·x| is at most √(Σd·Σd·x²).
  const Eigen::VectorXd before_sizes = (before.weight * before.products.diagonal()).cwiseSqrt();
  refuse_empty(equations, before_sizes);
  const Eigen::VectorXd sizes = std::abs(equations.distance.centre) * before_sizes;
  for (;; ++fit.convergence.iterations) {
    const Eigen::VectorXd sums = equations.distance.centre * before.sums + before.products * fit.lambda;
    const Eigen::VectorXd miss = misses(totals, sums, sizes);
    fit.convergence.misfit.push_back(miss.maxCoeff());
    if (miss.maxCoeff() < newton_tolerance) return fit;
    if (fit.convergence.iterations == most_steps) refuse_fit(equations, sums, miss, most_steps);
    fit.lambda += inverse * (totals - sums);
  }
}

CalibrationFit fit_calibration(const CalibrationEquations& equations, const Evaluate& evaluate,
                               const Eigen::VectorXd& start) {
  const auto evaluate_at = [&](const Eigen::VectorXd& lambda) { return evaluate(equations.distance, lambda); };
  const auto objective = [&](const Evaluation& there, const Eigen::VectorXd& lambda) {
    return there.integral - equations.totals.dot(lambda);
  };
  CalibrationFit fit{start, {}};
  Evaluation at = evaluate_at(fit.lambda);
  if (!at.finite) {  // a replicate far from the sample: start from its own weights
    fit.lambda.setZero();
    at = evaluate_at(fit.lambda);
  }
  refuse_empty(equations, at.sizes);
  if (fit.lambda.isZero(0)) refuse_out_of_reach(equations, at);
  Eigen::MatrixXd flat;  // the slope at λ = 0, which steers where truncation leaves no slope
  for (;; ++fit.convergence.iterations) {
    const Eigen::VectorXd miss = misses(equations.totals, at.sums, at.sizes);
    const double worst = miss.maxCoeff();
    fit.convergence.misfit.push_back(worst);
    if (worst < newton_tolerance) return fit;
    const std::vector<double>& misfit = fit.convergence.misfit;
    const bool stuck = misfit.size() > patience && worst > 0.5 * misfit[misfit.size() - 1 - patience];
    if (stuck || fit.convergence.iterations == most_iterations)
      refuse_fit(equations, at.sums, miss, fit.convergence.iterations);

    const Eigen::VectorXd gap = equations.totals - at.sums;
    bool moved = false;
    for (const double damping : {0.0, 1e-4, 1e-3, 1e-2, 1e-1, 1.0}) {
      if (moved) break;
      if (damping > 0 && equations.distance.kind == Distance::Kind::linear && !equations.distance.bounded()) break;
      if (damping > 0 && flat.size() == 0) flat = evaluate(Distance(), Eigen::VectorXd::Zero(gap.size())).slope;
      const Eigen::MatrixXd slope = damping == 0 ? at.slope : Eigen::MatrixXd(at.slope + damping * flat);
      const Eigen::VectorXd step = generalised_inverse(slope) * gap;
      const double descent = gap.dot(step);
      double length = 1;
      for (std::size_t halving = 0; halving < most_halvings; ++halving, length /= 2) {
        const Eigen::VectorXd candidate = fit.lambda + length * step;
        Evaluation there = evaluate_at(candidate);
        if (!there.finite) continue;
        const bool lower = objective(there, candidate) < objective(at, fit.lambda) - 1e-4 * length * descent;
        const bool nearer = misses(equations.totals, there.sums, there.sizes).maxCoeff() < 0.5 * worst;
        if (!lower && !nearer) continue;
        fit.lambda = candidate;
        at = std::move(there);
        moved = true;
        break;
      }
    }
    if (!moved) refuse_fit(equations, at.sums, miss, fit.convergence.iterations);
  }
}

CalibrationFit fit_strata(const CalibrationEquations& equations, std::span<const double> weight) {
  const CellTable& table = equations.rows.table();
  Eigen::VectorXd sizes = Eigen::VectorXd::Zero(equations.totals.size());
  for (std::size_t c = 0; c < table.size(); ++c)
    if (table.x.column[c] >= 0) sizes[table.x.column[c]] += weight[c];
  refuse_empty(equations, sizes);
  CalibrationFit fit{Eigen::VectorXd::Zero(sizes.size()), {1, {0.0}}};
  for (Eigen::Index j = 0; j < sizes.size(); ++j)
    if (sizes[j] != 0) fit.lambda[j] = equations.totals[j] / sizes[j] - equations.distance.centre;
  return fit;
}

MarginFits fit_margins(const CalibrationEquations& equations, const ByReplicate& weight, const Eigen::VectorXd& start) {
  const Eigen::VectorXd& totals = equations.totals;
  const ModelRows& x = equations.rows.table().x;
  const Eigen::Index cells = weight.rows(), count = weight.cols(), columns = totals.size();
  const auto column = [&](Eigen::Index c, std::size_t t) {
    return static_cast<Eigen::Index>(x.column[static_cast<std::size_t>(c) * x.entries + t]);
  };
  std::vector<std::vector<Eigen::Index>> columns_of(x.entries);  // of each margin
  for (std::size_t t = 0; t < x.entries; ++t) {
    for (Eigen::Index c = 0; c < cells; ++c)
      if (column(c, t) >= 0) columns_of[t].push_back(column(c, t));
    std::ranges::sort(columns_of[t]);
    columns_of[t].erase(std::ranges::unique(columns_of[t]).begin(), columns_of[t].end());
  }
  ByReplicate factor = start.array().exp().matrix().replicate(1, count), fitted = weight;
  for (Eigen::Index c = 0; c < cells; ++c) fitted.row(c) *= std::exp(x.dot(static_cast<std::size_t>(c), start));
  // Weights of each column of x, for the sets side by side; then what they are short by.
  ByReplicate sums = ByReplicate::Zero(columns, count);
  const auto sum_margin = [&](std::size_t t) {
    for (const Eigen::Index j : columns_of[t]) sums.row(j).setZero();
    for (Eigen::Index c = 0; c < cells; ++c)
      if (column(c, t) >= 0) sums.row(column(c, t)) += fitted.row(c);
  };
  MarginFits fits;
  for (;; ++fits.convergence.iterations) {
    for (std::size_t t = 0; t < x.entries; ++t) sum_margin(t);
    double worst = 0;
    for (Eigen::Index r = 0; r < count; ++r) {
      CalibrationEquations one = equations;
      if (one.replicate) *one.replicate += static_cast<std::size_t>(r);
      if (fits.convergence.iterations == 0) refuse_empty(one, sums.col(r));
      const Eigen::VectorXd miss = misses(totals, sums.col(r), Eigen::VectorXd::Zero(columns));
      if (fits.convergence.iterations == most_rounds && miss.maxCoeff() >= margin_tolerance)
        refuse_fit(one, sums.col(r), miss, most_rounds);
      worst = std::max(worst, miss.maxCoeff());
    }
    fits.convergence.misfit.push_back(worst);
    if (worst < margin_tolerance) break;
    for (std::size_t t = 0; t < x.entries; ++t) {
      if (t > 0) sum_margin(t);  // the first margin's have not moved
      for (const Eigen::Index j : columns_of[t]) {
        sums.row(j) = sums.row(j).unaryExpr([&](double sum) { return sum > 0 ? totals[j] / sum : 1.0; });
        factor.row(j).array() *= sums.row(j).array();
      }
      for (Eigen::Index c = 0; c < cells; ++c)
        if (column(c, t) >= 0) fitted.row(c).array() *= sums.row(column(c, t)).array();
    }
  }
  fits.lambda = factor.array().log().matrix();
  return fits;
}

}  // namespace enkat
