#include "enkat/estimate/linearization.hpp"

namespace enkat {
namespace {

std::string listed(const std::vector<std::string>& labels) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(labels.size(), 5); ++i)
    text += (i == 0 ? "'" : ", '") + labels[i] + "'";
  return labels.size() > 5 ? text + " and " + std::to_string(labels.size() - 5) + " more" : text;
}

}  // namespace

Linearization::Linearization(Survey survey, Plan plan, DesignTotals totals, std::vector<LinearForm> forms)
    : survey_(std::move(survey)), plan_(std::move(plan)), totals_(std::move(totals)), forms_(std::move(forms)) {
  plan_.survey = nullptr;  // only the layout is needed from here on
  plan_.grouping = nullptr;
  for (PlannedVariable& v : plan_.variables) v.estimator = nullptr;
  const std::vector<std::string> single = survey_.sample().single_psu_strata();
  if (single.empty() || survey_.sample().single_psu() != SinglePsu::fail) return;
  const bool whole = survey_.sample().strata().size() == 1;
  throw DesignError("design.single_psu",
                    (whole ? "the sample has one PSU"
                           : (single.size() == 1 ? "stratum " : "strata ") + listed(single) +
                                 (single.size() == 1 ? " has one PSU" : " have one PSU each")) +
                        std::string(", so the variance cannot be estimated; merge strata, or choose a rule: "
                                    "single_psu='remove', 'certainty', 'adjust' or 'average'"),
                    {{"strata", single}, {"n_psu", 1}});
}

std::vector<Linearization::StratumRule> Linearization::rules(bool with_fpc) const {
  std::vector<StratumRule> rules;
  for (const Stratum& stratum : survey_.sample().strata()) {
    const double n = static_cast<double>(stratum.psus), fraction = with_fpc ? stratum.fraction : 0;
    if (stratum.psus > 1) {
      rules.push_back({(1 - fraction) * n / (n - 1), false});
    } else if (stratum.fraction >= 1 || survey_.sample().single_psu() != SinglePsu::adjust) {
      rules.push_back({0, false});
    } else {
      rules.push_back({1 - fraction, true});
    }
  }
  return rules;
}

double Linearization::average_factor() const {
  if (survey_.sample().single_psu() != SinglePsu::average) return 1;
  const double all = static_cast<double>(survey_.sample().strata().size());
  return all / (all - static_cast<double>(survey_.sample().single_psu_strata().size()));
}

Eigen::VectorXd Linearization::stratum_scores(std::size_t unit) const {
  Eigen::VectorXd z(static_cast<Eigen::Index>(forms_.size()));
  for (std::size_t e = 0; e < forms_.size(); ++e) {
    const LinearForm& form = forms_[e];
    double score = 0;
    for (Eigen::Index k = 0; k < form.gradient.size(); ++k)
      if (form.gradient[k] != 0)
        score += form.gradient[k] *
                 totals_.total(unit * plan_.shape.cells + form.cell, form.first_term + static_cast<std::size_t>(k));
    z[static_cast<Eigen::Index>(e)] = score;
  }
  return z;
}

/// Scores of every PSU (columns), centred within strata and scaled, so that V = Z Zᵀ.
Eigen::MatrixXd Linearization::psu_scores(bool with_fpc) const {
  const auto& stratum_of = survey_.sample().psu_stratum();
  const auto psus = static_cast<Eigen::Index>(stratum_of.size());
  Eigen::MatrixXd z(static_cast<Eigen::Index>(forms_.size()), psus);
  Eigen::MatrixXd mean = Eigen::MatrixXd::Zero(z.rows(), static_cast<Eigen::Index>(survey_.sample().strata().size()));
  for (Eigen::Index i = 0; i < psus; ++i) {
    z.col(i) = stratum_scores(static_cast<std::size_t>(i));
    mean.col(stratum_of[static_cast<std::size_t>(i)]) += z.col(i);
  }
  const Eigen::VectorXd grand_mean = z.rowwise().sum() / static_cast<double>(psus);
  const std::vector<StratumRule> rule = rules(with_fpc);
  for (Eigen::Index i = 0; i < psus; ++i) {
    const auto h = static_cast<std::size_t>(stratum_of[static_cast<std::size_t>(i)]);
    const Eigen::VectorXd centre = rule[h].grand_centre
                                       ? grand_mean
                                       : Eigen::VectorXd(mean.col(static_cast<Eigen::Index>(h)) /
                                                         static_cast<double>(survey_.sample().strata()[h].psus));
    z.col(i) = std::sqrt(rule[h].factor * average_factor()) * (z.col(i) - centre);
  }
  return z;
}

double Linearization::row_scatter(std::size_t stratum, const LinearForm& a, const LinearForm& b) const {
  if (a.cell != b.cell) return 0;  // a row is in one cell only
  const std::size_t slot = stratum * plan_.shape.cells + a.cell;
  double sum = 0;
  for (Eigen::Index j = 0; j < a.gradient.size(); ++j) {
    if (a.gradient[j] == 0) continue;
    for (Eigen::Index k = 0; k < b.gradient.size(); ++k) {
      if (b.gradient[k] == 0) continue;
      const std::size_t s = a.first_term + static_cast<std::size_t>(j), t = b.first_term + static_cast<std::size_t>(k);
      sum += a.gradient[j] * b.gradient[k] * totals_.product(slot, plan_.pair(std::min(s, t), std::max(s, t)));
    }
  }
  return sum;
}

Eigen::VectorXd Linearization::variances() const { return variances(true); }

Eigen::VectorXd Linearization::variances_without_fpc() const { return variances(false); }

Eigen::VectorXd Linearization::variances(bool with_fpc) const {
  const auto size = static_cast<Eigen::Index>(forms_.size());
  if (!survey_.sample().rows_are_psus()) return psu_scores(with_fpc).rowwise().squaredNorm();
  Eigen::VectorXd variance = Eigen::VectorXd::Zero(size);
  const std::vector<StratumRule> rule = rules(with_fpc);
  Eigen::VectorXd sum = Eigen::VectorXd::Zero(size);
  std::int64_t psus = 0;
  std::vector<Eigen::VectorXd> scores;
  for (std::size_t h = 0; h < rule.size(); ++h) {
    scores.push_back(stratum_scores(h));
    sum += scores.back();
    psus += survey_.sample().strata()[h].psus;
  }
  const Eigen::VectorXd grand_mean = sum / static_cast<double>(psus);
  for (std::size_t h = 0; h < rule.size(); ++h) {
    if (rule[h].factor == 0) continue;
    const double n = static_cast<double>(survey_.sample().strata()[h].psus);
    if (rule[h].grand_centre) {
      variance += rule[h].factor * (scores[h] - grand_mean).cwiseAbs2();
      continue;
    }
    for (Eigen::Index e = 0; e < size; ++e) {
      const LinearForm& form = forms_[static_cast<std::size_t>(e)];
      variance[e] += rule[h].factor * std::max(0.0, row_scatter(h, form, form) - scores[h][e] * scores[h][e] / n);
    }
  }
  return average_factor() * variance;
}

Eigen::MatrixXd Linearization::covariance() const {
  if (!survey_.sample().rows_are_psus()) {
    const Eigen::MatrixXd z = psu_scores();
    return z * z.transpose();
  }
  const auto size = static_cast<Eigen::Index>(forms_.size());
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(size, size);
  const std::vector<StratumRule> rule = rules();
  Eigen::VectorXd grand_mean = Eigen::VectorXd::Zero(size);
  double psus = 0;
  for (std::size_t h = 0; h < rule.size(); ++h) {
    grand_mean += stratum_scores(h);
    psus += static_cast<double>(survey_.sample().strata()[h].psus);
  }
  grand_mean /= psus;
  for (std::size_t h = 0; h < rule.size(); ++h) {
    if (rule[h].factor == 0) continue;
    const Eigen::VectorXd score = stratum_scores(h);
    if (rule[h].grand_centre) {
      covariance += rule[h].factor * (score - grand_mean) * (score - grand_mean).transpose();
      continue;
    }
    const double n = static_cast<double>(survey_.sample().strata()[h].psus);
    Eigen::MatrixXd scatter = -score * score.transpose() / n;
    for (Eigen::Index a = 0; a < size; ++a)
      for (Eigen::Index b = 0; b < size; ++b)
        scatter(a, b) += row_scatter(h, forms_[static_cast<std::size_t>(a)], forms_[static_cast<std::size_t>(b)]);
    covariance += rule[h].factor * scatter;
  }
  return average_factor() * covariance;
}

}  // namespace enkat
