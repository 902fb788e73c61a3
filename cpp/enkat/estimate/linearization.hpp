#pragma once

#include <memory>
#include <vector>

#include "enkat/estimate/centred_totals.hpp"
#include "enkat/estimate/design_variance.hpp"
#include "enkat/estimate/joint_variance.hpp"

namespace enkat {

/// One value as a linear form of the totals of its cell: gradient · totals(first_term …).
struct LinearForm {
  std::size_t cell = 0;
  std::size_t first_term = 0;
  Eigen::VectorXd gradient;
};

/// Values of one call as linear forms of the totals of one pass: variances by Taylor linearisation.
///
/// Where the weights are calibrated, scores are those of the residuals e = u − xᵀB, not zero outside the domain:
/// Deville & Särndal (1992), §3. Rows drawn within units then need another pass, for the scatter of e.
class Linearization final : public JointVariance {
 public:
  Linearization(std::shared_ptr<const Plan> plan, CentredTotals totals, std::vector<LinearForm> forms,
                Monitor& monitor);

  Eigen::VectorXd variances() const override;
  Eigen::VectorXd variances_without_fpc() const override;
  Eigen::MatrixXd covariance() const override;

 private:
  UnitScores scores() const;
  double row_scatter(std::size_t unit, const LinearForm& a, const LinearForm& b) const;
  /// B of every form (columns of x × forms), from the weights before calibration.
  void regress(Monitor& monitor);
  /// Products of the residual scores of rows, summed by unit: of each form with itself, or of all pairs.
  ExactSums residual_scatter(bool all, Monitor& monitor) const;
  UnitScores with_scatter_of(const ExactSums& scatter, bool all) const;

  std::shared_ptr<const Plan> plan_;
  CentredTotals totals_;
  std::vector<LinearForm> forms_;
  Eigen::MatrixXd slope_;  // B; empty without calibration
  ExactSums own_scatter_;  // of calibrated rows
};

}  // namespace enkat
