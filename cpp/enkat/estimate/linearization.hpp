#pragma once

#include <memory>

#include "enkat/estimate/plan.hpp"

namespace enkat {

/// One value as a linear form of the totals of its cell: gradient · totals(first_term …).
struct LinearForm {
  std::size_t cell = 0;
  std::size_t first_term = 0;
  Eigen::VectorXd gradient;
};

/// Values of one call as linear forms of the totals of one pass: what variances and covariances are computed from.
///
/// Ultimate clusters within strata, V = Σ_h (1−f_h) n_h/(n_h−1) Σ_i (z_hi − z̄_h)²; PSUs without members of a domain
/// stay as zeros. Särndal, Swensson & Wretman (1992), §4.3 and §5.5; Wolter (2007), ch. 6.
class Linearization {
 public:
  Linearization(Survey survey, Plan plan, DesignTotals totals, std::vector<LinearForm> forms);

  Eigen::VectorXd variances() const;
  /// Variances had the sample been drawn with replacement: no finite population correction.
  Eigen::VectorXd variances_without_fpc() const;
  Eigen::MatrixXd covariance() const;

 private:
  /// How a stratum enters: weight of its scatter, and whether it is centred at the grand mean.
  struct StratumRule {
    double factor = 0;
    bool grand_centre = false;
  };
  std::vector<StratumRule> rules(bool with_fpc = true) const;
  /// Factor for the strata left out by single_psu="average".
  double average_factor() const;
  Eigen::VectorXd variances(bool with_fpc) const;
  Eigen::MatrixXd psu_scores(bool with_fpc = true) const;
  Eigen::VectorXd stratum_scores(std::size_t stratum) const;
  double row_scatter(std::size_t stratum, const LinearForm& a, const LinearForm& b) const;

  Survey survey_;
  Plan plan_;
  DesignTotals totals_;
  std::vector<LinearForm> forms_;
};

}  // namespace enkat
