#include "enkat/variance/linearization.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "enkat/totals/block.hpp"
#include "enkat/totals/plan_pass.hpp"

namespace enkat {
namespace {

Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

/// A variance less than this share of the sums it is the difference of loses more than six of their sixteen digits.
constexpr double few_digits = 1e-6;
/// What subtracting two sums that are correctly rounded can leave of nothing, relative to them.
constexpr double rounding = 1e-14;

/// Σ w₀ u x of every cell and term (u) and column of x, w₀ the weights before calibration.
struct MomentsOfTermsPass {
  using State = ExactSums;
  static constexpr std::string_view name = "terms by auxiliaries";
  std::shared_ptr<const Plan> plan;
  std::vector<double> bounds;

  State empty() const { return ExactSums(bounds); }
  void see(const std::shared_ptr<const Plan>& of, Rows rows, State& moments) const {
    const std::size_t terms = of->terms();
    const Auxiliaries& x = of->survey.calibration()->x();
    Block block(*of);
    block.observe(rows);
    ModelRows aux;
    x.observe(rows, aux);
    std::array<double, block_rows> before;
    of->survey.weights_before(rows, std::span(before).first(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (block.cell(i) < 0) continue;
      const double w = before[i];
      const std::size_t first = static_cast<std::size_t>(block.cell(i)) * terms;
      for (const auto& [k, value] : block.active(i))
        for (std::size_t t = i * aux.entries; t < (i + 1) * aux.entries; ++t)
          if (aux.column[t] >= 0)
            moments.add((first + k) * x.columns() + static_cast<std::size_t>(aux.column[t]), w * value * aux.value[t]);
    }
  }
  void write(ByteWriter& out) const { out.put(bounds); }
  static MomentsOfTermsPass read(ByteReader& in, std::shared_ptr<const Plan> plan) {
    return {std::move(plan), in.list<double>()};
  }
};
const KnownPlanPass<MomentsOfTermsPass> moments_of_terms_pass;

}  // namespace

Linearization::Linearization(std::shared_ptr<const Plan> plan, CentredTotals totals, std::vector<LinearForm> forms,
                             Monitor& monitor)
    : plan_(std::move(plan)), totals_(std::move(totals)), forms_(std::move(forms)) {
  const Survey& survey = plan_->survey;
  need_variance(survey.sample());
  for (LinearForm& form : forms_) {
    if (!form.scale_free) continue;
    // Scores of all rows add up to 0: what is left of that is the rounding of the derivative by the base.
    Twofold left;
    for (const auto& [k, by] : form.gradient)
      left += Twofold{by} * totals_.exact_cell_total(form.cell, first_term(form) + static_cast<std::size_t>(k));
    form.base_rest = -left.value() / totals_.cell_total(form.cell, first_term(form));
  }
  const bool calibrated = survey.calibration() != nullptr;
  if (calibrated) {
    regress(monitor);
    survey.calibrated_unit_sums(monitor);
  }
  unit_sum_ = unit_sums();
  if (!survey.sample().rows_are_units()) return;
  by_rows_ = calibrated ? std::vector<bool>(forms_.size(), true) : coarse();
  own_scatter_ = scatter(by_rows_, ScoreScatter::Products::own, monitor);
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
  const ExactSums moments = run_pass(MomentsOfTermsPass{plan_, std::move(bounds)}, monitor);

  Eigen::MatrixXd cross = Eigen::MatrixXd::Zero(index(columns), index(forms_.size()));
  for (std::size_t f = 0; f < forms_.size(); ++f) {
    const LinearForm& form = forms_[f];
    for (const auto& [k, by] : form.gradient) {
      const std::size_t first = (form.cell * terms + first_term(form) + static_cast<std::size_t>(k)) * columns;
      for (std::size_t j = 0; j < columns; ++j) cross(index(j), index(f)) += by * moments[first + j];
    }
  }
  slope_ = calibration.inverse * cross;
}

double Linearization::row_scatter(std::size_t unit, const LinearForm& a, const LinearForm& b) const {
  if (a.cell != b.cell) return 0;  // a row is in one cell only
  const std::size_t slot = unit * plan_->shape.cells + a.cell;
  double sum = 0;
  for (const auto& [j, by_j] : a.gradient) {
    for (const auto& [k, by_k] : b.gradient) {
      const std::size_t s = first_term(a) + static_cast<std::size_t>(j),
                        u = first_term(b) + static_cast<std::size_t>(k);
      sum += by_j * by_k * totals_.scatter(slot, s, u);
    }
  }
  return sum;
}

bool Linearization::coarse(std::size_t f) const {
  const LinearForm& form = forms_[f];
  const Sample& sample = plan_->survey.sample();
  const auto term = [&](Eigen::Index k) { return first_term(form) + static_cast<std::size_t>(k); };
  bool varies = !form.scale_free;
  const Twofold base = totals_.exact_cell_total(form.cell, first_term(form));
  for (const auto& [k, by] : form.gradient) {
    const Twofold total = totals_.exact_cell_total(form.cell, term(k));
    varies = varies || total.high != base.high || total.low != base.low;
  }
  if (!varies) return false;  // all rows gave this answer: their scores are 0
  double all = 0, kept = 0;
  for (std::size_t unit = 0; unit < plan_->shape.units; ++unit) {
    const std::size_t slot = unit * plan_->shape.cells + form.cell;
    if (totals_.rows(slot) == 0) continue;
    for (const auto& [j, by_j] : form.gradient)
      for (const auto& [k, by_k] : form.gradient)
        all += std::abs(by_j * by_k * totals_.scatter(slot, term(j), term(k)));
    const double sum = unit_sum_(index(f), index(unit));
    kept += std::abs(row_scatter(unit, form, form) - (sample.two_phases() ? 0 : sum * sum / sample.rows_of_unit(unit)));
  }
  return kept < few_digits * all;
}

std::vector<bool> Linearization::coarse() const {
  std::vector<bool> cells(plan_->shape.cells, false), forms(forms_.size());
  for (std::size_t f = 0; f < forms_.size(); ++f)
    if (!cells[forms_[f].cell] && coarse(f)) cells[forms_[f].cell] = true;
  for (std::size_t f = 0; f < forms_.size(); ++f) forms[f] = cells[forms_[f].cell];
  return forms;
}

ScoreScatter Linearization::scatter(const std::vector<bool>& wanted, ScoreScatter::Products products,
                                    Monitor& monitor) const {
  if (std::ranges::find(wanted, true) == wanted.end()) return {};
  const Sample& sample = plan_->survey.sample();
  Eigen::MatrixXd centre = Eigen::MatrixXd::Zero(unit_sum_.rows(), unit_sum_.cols());
  if (!sample.two_phases())
    for (std::size_t unit = 0; unit < sample.units(); ++unit)
      centre.col(index(unit)) = unit_sum_.col(index(unit)) / sample.rows_of_unit(unit);
  return {plan_, forms_, wanted, slope_, std::move(centre), products, monitor};
}

Eigen::MatrixXd Linearization::unit_sums() const {
  const std::size_t units = plan_->shape.units;
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(index(forms_.size()), index(units));
  for (std::size_t f = 0; f < forms_.size(); ++f) {
    const LinearForm& form = forms_[f];
    for (std::size_t unit = 0; unit < units; ++unit) {
      const std::size_t slot = unit * plan_->shape.cells + form.cell;
      if (totals_.rows(slot) == 0) continue;
      Twofold sum{form.base_rest * totals_.total(slot, first_term(form))};
      for (const auto& [k, by] : form.gradient)
        sum += Twofold{by} * totals_.exact_total(slot, first_term(form) + static_cast<std::size_t>(k));
      sums(index(f), index(unit)) = sum.value();
    }
  }
  if (const auto& calibration = plan_->survey.calibration()) {
    const std::size_t columns = calibration->x().columns();
    NoMonitor monitor;  // they were made by the constructor
    const ExactSums& unit_x = plan_->survey.calibrated_unit_sums(monitor);
    Eigen::MatrixXd x(index(columns), index(units));
    for (std::size_t unit = 0; unit < units; ++unit)
      for (std::size_t j = 0; j < columns; ++j) x(index(j), index(unit)) = unit_x[unit * columns + j];
    sums -= slope_.transpose() * x;
  }
  return sums;
}

UnitScores Linearization::scores(const ScoreScatter& scatter) const {
  const auto form = [](Eigen::Index i) { return static_cast<std::size_t>(i); };
  const auto of_terms = [this, form](std::size_t unit, Eigen::Index a, Eigen::Index b) {
    return row_scatter(unit, forms_[form(a)], forms_[form(b)]);
  };
  UnitScores scores{unit_sum_, {}, {}};
  scores.scatter = [=, &scatter](std::size_t unit, Eigen::Index a, Eigen::Index b) {
    const auto of_rows = scatter.about_zero(unit, form(a), form(b));
    return of_rows ? *of_rows : of_terms(unit, a, b);
  };
  scores.within = [=, this, &scatter](std::size_t unit, double n, Eigen::Index a, Eigen::Index b) {
    if (const auto of_rows = scatter.about_means(unit, n, form(a), form(b))) return *of_rows;
    const double all = of_terms(unit, a, b), left = all - unit_sum_(a, index(unit)) * unit_sum_(b, index(unit)) / n;
    return a == b && left < rounding * all ? 0 : left;  // such as the share of a stratum's own level
  };
  return scores;
}

Eigen::VectorXd Linearization::variances() const {
  Eigen::VectorXd variance = design_variances(plan_->survey.sample(), scores(own_scatter_), true);
  if (const auto& calibration = plan_->survey.calibration(); calibration && calibration->totals_covariance.size() > 0)
    variance += (slope_.transpose() * calibration->totals_covariance).cwiseProduct(slope_.transpose()).rowwise().sum();
  return variance;
}

Eigen::VectorXd Linearization::variances_without_fpc() const {
  return design_variances(plan_->survey.sample(), scores(own_scatter_), false);
}

ScoreScatter Linearization::scatter_of(const ValueSums& sums, Monitor& monitor) const {
  std::vector<bool> wanted(by_rows_.size(), false);
  for (Eigen::Index row = 0; !wanted.empty() && row < sums.outerSize(); ++row)
    for (ValueSums::InnerIterator entry(sums, row); entry; ++entry) {
      const auto form = static_cast<std::size_t>(entry.col());
      wanted[form] = by_rows_[form];
    }
  return scatter(wanted, ScoreScatter::Products::pairs, monitor);
}

/// Scores are linear, so those of sums are sums of those of forms, and their products sums of products.
UnitScores Linearization::scores_of(const ValueSums& sums, const ScoreScatter& scatter) const {
  const auto of_pairs = [&sums](const auto& product, Eigen::Index a, Eigen::Index b) {
    double sum = 0;
    for (ValueSums::InnerIterator i(sums, a); i; ++i)
      for (ValueSums::InnerIterator j(sums, b); j; ++j) sum += i.value() * j.value() * product(i.col(), j.col());
    return sum;
  };
  const UnitScores forms = scores(scatter);
  UnitScores of_sums{sums * unit_sum_, {}, {}};
  of_sums.scatter = [of_pairs, of_form = forms.scatter](std::size_t unit, Eigen::Index a, Eigen::Index b) {
    return of_pairs([&](Eigen::Index i, Eigen::Index j) { return of_form(unit, i, j); }, a, b);
  };
  of_sums.within = [of_pairs, of_form = forms.within](std::size_t unit, double n, Eigen::Index a, Eigen::Index b) {
    return of_pairs([&](Eigen::Index i, Eigen::Index j) { return of_form(unit, n, i, j); }, a, b);
  };
  return of_sums;
}

Eigen::VectorXd Linearization::variances_of(const ValueSums& sums, Monitor& monitor) const {
  const ScoreScatter pairs = scatter_of(sums, monitor);
  Eigen::VectorXd variance = design_variances(plan_->survey.sample(), scores_of(sums, pairs), true);
  if (const auto& calibration = plan_->survey.calibration(); calibration && calibration->totals_covariance.size() > 0) {
    const Eigen::MatrixXd slope = sums * slope_.transpose();
    variance += (slope * calibration->totals_covariance).cwiseProduct(slope).rowwise().sum();
  }
  return variance;
}

Eigen::MatrixXd Linearization::covariance_of(const ValueSums& sums, Monitor& monitor) const {
  const ScoreScatter pairs = scatter_of(sums, monitor);
  Eigen::MatrixXd covariance = design_covariance(plan_->survey.sample(), scores_of(sums, pairs));
  if (const auto& calibration = plan_->survey.calibration(); calibration && calibration->totals_covariance.size() > 0) {
    const Eigen::MatrixXd slope = sums * slope_.transpose();
    covariance += slope * calibration->totals_covariance * slope.transpose();
  }
  return covariance;
}

}  // namespace enkat
