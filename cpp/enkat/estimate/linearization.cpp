#include "enkat/estimate/linearization.hpp"

#include <array>
#include <cmath>

#include "enkat/estimate/block.hpp"
#include "enkat/estimate/plan_pass.hpp"

namespace enkat {
namespace {

Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

std::size_t pair(std::size_t a, std::size_t b, std::size_t forms) { return a * (2 * forms - a - 1) / 2 + b; }

}  // namespace

Linearization::Linearization(std::shared_ptr<const Plan> plan, CentredTotals totals, std::vector<LinearForm> forms,
                             Monitor& monitor)
    : plan_(std::move(plan)), totals_(std::move(totals)), forms_(std::move(forms)) {
  const Survey& survey = plan_->survey;
  need_variance(survey.sample());
  if (!survey.calibration()) return;
  regress(monitor);
  survey.calibrated_unit_sums(monitor);
  if (survey.sample().rows_are_units()) own_scatter_ = residual_scatter(false, monitor);
}

/// Slopes of the forms on x: B = (Σ w₀ x xᵀ)⁻ Σ w₀ x u, with u the form's linear combination of the terms of its cell.
void Linearization::regress(Monitor& monitor) {
  const Plan& plan = *plan_;
  const Calibration& calibration = *plan.survey.calibration();
  const Auxiliaries& x = calibration.x();
  const std::size_t columns = x.columns(), terms = plan.terms();
  const double heaviest = plan.survey.largest_weight_before();
  std::vector<double> bounds;
  for (std::size_t cell = 0; cell < plan.shape.cells; ++cell)
    for (std::size_t k = 0; k < terms; ++k)
      for (std::size_t j = 0; j < columns; ++j)
        bounds.push_back(heaviest * plan.bound(index(cell), index(k)) * x.bounds()[j]);
  const auto see = [columns](const std::shared_ptr<const Plan>& of, Rows rows, ExactSums& moments) {
    const std::size_t terms = of->terms();
    Block block(*of);
    block.observe(rows);
    AuxiliaryRows aux;
    of->survey.calibration()->x().observe(rows, aux);
    std::array<double, block_rows> before;
    of->survey.weights_before(rows, std::span(before).first(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (block.cell(i) < 0) continue;
      const double w = before[i];
      const std::size_t first = static_cast<std::size_t>(block.cell(i)) * terms;
      for (const auto& [k, value] : block.active(i))
        for (std::size_t t = i * aux.entries; t < (i + 1) * aux.entries; ++t)
          if (aux.column[t] >= 0)
            moments.add((first + k) * columns + static_cast<std::size_t>(aux.column[t]), w * value * aux.value[t]);
    }
  };
  const ExactSums moments = pass(plan_, ExactSums(bounds), see, monitor);

  Eigen::MatrixXd cross = Eigen::MatrixXd::Zero(index(columns), index(forms_.size()));
  for (std::size_t f = 0; f < forms_.size(); ++f) {
    const LinearForm& form = forms_[f];
    for (Eigen::Index k = 0; k < form.gradient.size(); ++k) {
      if (form.gradient[k] == 0) continue;
      const std::size_t first = (form.cell * terms + form.first_term + static_cast<std::size_t>(k)) * columns;
      for (std::size_t j = 0; j < columns; ++j) cross(index(j), index(f)) += form.gradient[k] * moments[first + j];
    }
  }
  slope_ = calibration.inverse * cross;
}

ExactSums Linearization::residual_scatter(bool all, Monitor& monitor) const {
  const Plan& plan = *plan_;
  const Auxiliaries& x = plan.survey.calibration()->x();
  const std::size_t forms = forms_.size(), pairs = all ? forms * (forms + 1) / 2 : forms;
  const double heaviest = plan.survey.largest_weight();
  std::vector<double> bound(forms, 0);
  for (std::size_t f = 0; f < forms; ++f) {
    for (Eigen::Index k = 0; k < forms_[f].gradient.size(); ++k)
      bound[f] += std::abs(forms_[f].gradient[k]) * plan.bound(index(forms_[f].cell), index(forms_[f].first_term) + k);
    for (std::size_t j = 0; j < x.columns(); ++j) bound[f] += std::abs(slope_(index(j), index(f))) * x.bounds()[j];
    bound[f] *= heaviest;
  }
  const std::size_t bytes = plan.survey.sample().units() * pairs * ExactSums::limbs * sizeof(std::int64_t);
  if (bytes > memory_budget)
    throw EstimateError("estimate.too_many_cells",
                        "the covariance of these " + std::to_string(forms) + " calibrated estimates needs " +
                            std::to_string(bytes >> 20) + " MiB: use fewer variables or `by` columns at a time",
                        {{"bytes", bytes}, {"units", plan.survey.sample().units()}, {"estimates", forms}});
  std::vector<double> bounds(plan.survey.sample().units() * pairs);
  for (std::size_t unit = 0; unit < plan.survey.sample().units(); ++unit)
    for (std::size_t a = 0; a < forms; ++a)
      for (std::size_t b = a; b < (all ? forms : a + 1); ++b)
        bounds[unit * pairs + (all ? pair(a, b, forms) : a)] = bound[a] * bound[b];

  std::vector<std::vector<std::size_t>> forms_of_cell(plan.shape.cells);
  for (std::size_t f = 0; f < forms; ++f) forms_of_cell[forms_[f].cell].push_back(f);
  const auto see = [&](const std::shared_ptr<const Plan>& of, Rows rows, ExactSums& scatter) {
    Block block(*of);
    block.observe(rows);
    AuxiliaryRows aux;
    of->survey.calibration()->x().observe(rows, aux);
    Eigen::VectorXd term(index(of->terms())), e(index(forms));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (block.weight(i) == 0) continue;
      e.setZero();
      for (std::size_t t = i * aux.entries; t < (i + 1) * aux.entries; ++t)
        if (aux.column[t] >= 0) e -= aux.value[t] * slope_.row(aux.column[t]).transpose();
      if (block.cell(i) >= 0) {
        term.setZero();
        for (const auto& [k, value] : block.active(i)) term[index(k)] = value;
        for (const std::size_t f : forms_of_cell[static_cast<std::size_t>(block.cell(i))])
          e[index(f)] += forms_[f].gradient.dot(term.segment(index(forms_[f].first_term), forms_[f].gradient.size()));
      }
      e *= block.weight(i);
      const std::size_t first = block.unit(i) * pairs;
      for (std::size_t a = 0; a < forms; ++a)
        for (std::size_t b = a; b < (all ? forms : a + 1); ++b)
          scatter.add(first + (all ? pair(a, b, forms) : a), e[index(a)] * e[index(b)]);
    }
  };
  return pass(plan_, ExactSums(bounds), see, monitor);
}

double Linearization::row_scatter(std::size_t unit, const LinearForm& a, const LinearForm& b) const {
  if (a.cell != b.cell) return 0;  // a row is in one cell only
  const std::size_t slot = unit * plan_->shape.cells + a.cell;
  double sum = 0;
  for (Eigen::Index j = 0; j < a.gradient.size(); ++j) {
    if (a.gradient[j] == 0) continue;
    for (Eigen::Index k = 0; k < b.gradient.size(); ++k) {
      if (b.gradient[k] == 0) continue;
      const std::size_t s = a.first_term + static_cast<std::size_t>(j), t = b.first_term + static_cast<std::size_t>(k);
      sum += a.gradient[j] * b.gradient[k] * totals_.scatter(slot, s, t);
    }
  }
  return sum;
}

UnitScores Linearization::scores() const {
  const std::size_t units = plan_->shape.units;
  UnitScores scores{Eigen::MatrixXd::Zero(index(forms_.size()), index(units)), {}};
  for (std::size_t f = 0; f < forms_.size(); ++f) {
    const LinearForm& form = forms_[f];
    for (std::size_t unit = 0; unit < units; ++unit) {
      const std::size_t slot = unit * plan_->shape.cells + form.cell;
      if (totals_.rows(slot) == 0) continue;
      double score = 0;
      for (Eigen::Index k = 0; k < form.gradient.size(); ++k)
        if (form.gradient[k] != 0)
          score += form.gradient[k] * totals_.total(slot, form.first_term + static_cast<std::size_t>(k));
      scores.sum(index(f), index(unit)) = score;
    }
  }
  if (const auto& calibration = plan_->survey.calibration()) {
    const std::size_t columns = calibration->x().columns();
    NoMonitor monitor;  // they were made by the constructor
    const ExactSums& unit_x = plan_->survey.calibrated_unit_sums(monitor);
    Eigen::MatrixXd x(index(columns), index(units));
    for (std::size_t unit = 0; unit < units; ++unit)
      for (std::size_t j = 0; j < columns; ++j) x(index(j), index(unit)) = unit_x[unit * columns + j];
    scores.sum -= slope_.transpose() * x;
  } else {
    scores.scatter = [this](std::size_t unit, Eigen::Index a, Eigen::Index b) {
      return row_scatter(unit, forms_[static_cast<std::size_t>(a)], forms_[static_cast<std::size_t>(b)]);
    };
  }
  return scores;
}

UnitScores Linearization::with_scatter_of(const ExactSums& scatter, bool all) const {
  UnitScores result = scores();
  const std::size_t forms = forms_.size(), pairs = all ? forms * (forms + 1) / 2 : forms;
  if (scatter.size() > 0)
    result.scatter = [&scatter, forms, pairs, all](std::size_t unit, Eigen::Index a, Eigen::Index b) {
      const auto low = static_cast<std::size_t>(std::min(a, b)), high = static_cast<std::size_t>(std::max(a, b));
      return scatter[unit * pairs + (all ? pair(low, high, forms) : low)];
    };
  return result;
}

Eigen::VectorXd Linearization::variances() const {
  Eigen::VectorXd variance = design_variances(plan_->survey.sample(), with_scatter_of(own_scatter_, false), true);
  if (const auto& calibration = plan_->survey.calibration(); calibration && calibration->totals_covariance.size() > 0)
    variance += (slope_.transpose() * calibration->totals_covariance).cwiseProduct(slope_.transpose()).rowwise().sum();
  return variance;
}

Eigen::VectorXd Linearization::variances_without_fpc() const {
  return design_variances(plan_->survey.sample(), with_scatter_of(own_scatter_, false), false);
}

Eigen::MatrixXd Linearization::covariance() const {
  NoMonitor monitor;
  const auto& calibration = plan_->survey.calibration();
  const bool residuals = calibration && plan_->survey.sample().rows_are_units();
  const ExactSums scatter = residuals ? residual_scatter(true, monitor) : ExactSums();
  Eigen::MatrixXd covariance = design_covariance(plan_->survey.sample(), with_scatter_of(scatter, true));
  if (calibration && calibration->totals_covariance.size() > 0)
    covariance += slope_.transpose() * calibration->totals_covariance * slope_;
  return covariance;
}

}  // namespace enkat
