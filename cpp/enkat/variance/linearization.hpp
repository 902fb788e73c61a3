#pragma once

#include <memory>
#include <vector>

#include "enkat/totals/centred_totals.hpp"
#include "enkat/variance/design_variance.hpp"
#include "enkat/variance/joint_variance.hpp"
#include "enkat/variance/score_scatter.hpp"

namespace enkat {

/// Values of one call as linear forms of the totals of one pass: variances by Taylor linearisation.
///
/// Where the weights are calibrated, scores are those of the residuals e = u − xᵀB, not zero outside the domain:
/// Deville & Särndal (1992), §3. Rows drawn within units then need another pass, for the scatter of e; and so they do
/// where scores are so small beside their terms that sums of squares of terms would leave few digits of theirs.
class Linearization final : public JointVariance {
 public:
  Linearization(std::shared_ptr<const Plan> plan, CentredTotals totals, std::vector<LinearForm> forms,
                Monitor& monitor);

  Eigen::VectorXd variances() const override;
  Eigen::VectorXd variances_without_fpc() const override;
  Eigen::Index size() const override { return unit_sum_.rows(); }
  Eigen::VectorXd variances_of(const ValueSums& sums, Monitor& monitor) const override;
  Eigen::MatrixXd covariance_of(const ValueSums& sums, Monitor& monitor) const override;

 private:
  std::size_t first_term(const LinearForm& form) const { return plan_->variables[form.variable].first_term; }
  /// Σ of the weighted scores of each unit: forms × units.
  Eigen::MatrixXd unit_sums() const;
  UnitScores scores(const ScoreScatter& scatter) const;
  UnitScores scores_of(const ValueSums& sums, const ScoreScatter& scatter) const;
  /// The scatter of the pairs of forms that sums are made of.
  ScoreScatter scatter_of(const ValueSums& sums, Monitor& monitor) const;
  double row_scatter(std::size_t unit, const LinearForm& a, const LinearForm& b) const;
  /// B of every form (columns of x × forms), from the weights before calibration.
  void regress(Monitor& monitor);
  /// Forms of the cells in which the scores of one are small beside its terms.
  std::vector<bool> coarse() const;
  bool coarse(std::size_t form) const;
  ScoreScatter scatter(const std::vector<bool>& wanted, ScoreScatter::Products products, Monitor& monitor) const;

  std::shared_ptr<const Plan> plan_;
  CentredTotals totals_;
  std::vector<LinearForm> forms_;
  Eigen::MatrixXd slope_;      // B; empty without calibration
  Eigen::MatrixXd unit_sum_;   // Σ of scores: forms × units
  std::vector<bool> by_rows_;  // forms whose scatter is a pass of its own
  ScoreScatter own_scatter_;   // of these
};

}  // namespace enkat
