#include "enkat/estimate/replicate_variance.hpp"

#include <algorithm>
#include <cmath>

#include "enkat/estimate/block.hpp"

namespace enkat {
namespace {

/// Rows whose replicate weights are made at a time: they should stay in the cache.
constexpr std::size_t rows_at_a_time = 256;

}  // namespace

ReplicateTotals::ReplicateTotals(const Plan& plan, Monitor& monitor) : replicates_(plan.survey.replicates()->count()) {
  const Survey& survey = plan.survey;
  const Replicates& replicates = *survey.replicates();
  const auto& calibration = survey.calibration();
  const double heaviest =
      replicates.largest_weight(calibration ? *std::ranges::max_element(calibration->before) : survey.largest_weight());
  const std::size_t terms = plan.terms(), slots = plan.shape.cells * terms;
  std::vector<double> bounds(slots * replicates_);
  for (std::size_t slot = 0; slot < slots; ++slot)
    for (std::size_t r = 0; r < replicates_; ++r)
      bounds[slot * replicates_ + r] =
          heaviest * static_cast<double>(block_rows) *
          plan.bound(static_cast<Eigen::Index>(slot / terms), static_cast<Eigen::Index>(slot % terms));
  const auto see = [&](Rows rows, ExactSums& sums) {
    Block block(plan);
    block.observe(rows);
    std::vector<double> before(rows.size()), weight(rows_at_a_time * replicates_), sum(bounds.size(), 0.0);
    std::vector<std::uint8_t> touched(slots, 0);
    if (calibration) {
      std::copy_n(calibration->before.begin() + static_cast<std::ptrdiff_t>(rows.first), rows.size(), before.begin());
    } else {
      survey.weights(rows, before);
    }
    for (std::size_t first = 0; first < rows.size(); first += rows_at_a_time) {
      const Rows some{rows.first + first, std::min(rows.last, rows.first + first + rows_at_a_time)};
      replicates.weights(some, std::span(before).subspan(first, some.size()),
                         std::span(weight).first(some.size() * replicates_));
      for (std::size_t i = 0; i < some.size(); ++i) {
        if (block.cell(first + i) < 0) continue;
        const double* w = weight.data() + i * replicates_;
        for (const auto& [k, value] : block.active(first + i)) {
          const std::size_t slot = static_cast<std::size_t>(block.cell(first + i)) * terms + k;
          double* total = sum.data() + slot * replicates_;
          touched[slot] = 1;
          for (std::size_t r = 0; r < replicates_; ++r) total[r] += w[r] * value;
        }
      }
    }
    for (std::size_t slot = 0; slot < slots; ++slot)
      if (touched[slot] != 0)
        for (std::size_t r = 0; r < replicates_; ++r) sums.add(slot * replicates_ + r, sum[slot * replicates_ + r]);
  };
  sums_ = reduce(survey.rows(), ExactSums(bounds), see, monitor);
}

CellTotals ReplicateTotals::of(const Plan& plan, const PlannedVariable& v, std::size_t cell, std::size_t replicate,
                               double rows) const {
  const auto terms = static_cast<Eigen::Index>(v.terms());
  CellTotals totals{Eigen::VectorXd(terms), Eigen::VectorXd(terms), rows};
  for (Eigen::Index k = 0; k < terms; ++k) {
    const std::size_t term = v.first_term + static_cast<std::size_t>(k);
    totals.total[k] = sums_[(cell * plan.terms() + term) * replicates_ + replicate];
    totals.centre[k] = plan.centre(static_cast<Eigen::Index>(cell), static_cast<Eigen::Index>(term));
  }
  return totals;
}

ReplicateVariance::ReplicateVariance(const Replicates& replicates, Eigen::MatrixXd values, const Eigen::VectorXd& full)
    : mse_(replicates.mse), values_(std::move(values)), full_(full) {
  for (const double rscale : replicates.rscales) factor_.push_back(std::sqrt(replicates.scale * rscale));
  deviation_ = deviations(values_, full_);
}

/// Deviations from the centre (columns are replicates), each times its factor.
Eigen::MatrixXd ReplicateVariance::deviations(const Eigen::MatrixXd& values, const Eigen::VectorXd& full) const {
  Eigen::VectorXd centre = full;
  if (!mse_) {
    double counted = 0;
    centre.setZero();
    for (std::size_t r = 0; r < factor_.size(); ++r) {
      if (factor_[r] == 0) continue;
      centre += values.col(static_cast<Eigen::Index>(r));
      ++counted;
    }
    centre /= counted;
  }
  Eigen::MatrixXd deviation = values.colwise() - centre;
  for (std::size_t r = 0; r < factor_.size(); ++r) deviation.col(static_cast<Eigen::Index>(r)) *= factor_[r];
  return deviation;
}

std::optional<double> ReplicateVariance::logit_variance(Eigen::Index value) const {
  const auto logit = [](double p) { return std::log(p) - std::log1p(-p); };
  const Eigen::MatrixXd logits = values_.row(value).unaryExpr(logit);
  const Eigen::VectorXd full = full_.segment(value, 1).unaryExpr(logit);
  if (!logits.allFinite() || !full.allFinite()) return {};
  return deviations(logits, full).squaredNorm();
}

}  // namespace enkat
