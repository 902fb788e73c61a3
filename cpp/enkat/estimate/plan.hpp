#pragma once

#include <limits>
#include <memory>
#include <vector>

#include "enkat/design/survey.hpp"
#include "enkat/design/totals.hpp"
#include "enkat/estimate/estimators.hpp"
#include "enkat/estimate/grouping.hpp"

namespace enkat {

/// What the totals of one call may take.
inline constexpr std::size_t memory_budget = std::size_t{256} << 20;

/// One estimator among one overlapping group: where its terms, counters and products lie in a slot of DesignTotals.
struct PlannedVariable {
  const AnyEstimator* estimator = nullptr;
  std::size_t overlap = 0;   ///< which set of ticked options (Grouping::overlaps) its rows must have
  std::size_t observed = 0;  ///< terms the estimator fills; its products follow
  std::vector<TermProduct> products;
  std::size_t first_term = 0;
  std::size_t first_counter = 0;  ///< answered, missing, then one count per indicator term
  std::size_t first_spread = 0;   ///< products Σw·u_j·u_k for the design effect; numeric estimators only
  bool numeric = false;

  std::size_t terms() const { return observed + products.size(); }
  std::size_t counters() const { return 1 + observed; }
};

/// Bounds of a term over answered rows: what its grid is chosen from. Mergeable.
struct TermRange {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();

  void add(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
  TermRange& operator+=(const TermRange& other) {
    low = std::min(low, other.low);
    high = std::max(high, other.high);
    return *this;
  }
  double middle() const { return low > high ? 0 : low + (high - low) / 2; }
  double width() const { return low > high ? 0 : high - low; }
};

/// What is fixed before any row is added: cells, totals, grids and memory of one call.
///
/// Terms are centred per cell; the first pass over numbers is about the middle of their range there and gives the
/// cells' means. Owns what later passes over the same rows need: the survey, its groups and the estimators.
struct Plan {
  Plan(const Survey& given_survey, const std::vector<std::string>& by) : survey(given_survey), grouping(survey, by) {}
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  const Survey survey;
  const Grouping grouping;
  std::vector<AnyEstimator> estimators;
  std::vector<PlannedVariable> variables;
  Eigen::MatrixXd bound;   ///< cells × terms: of the magnitude of a centred term
  Eigen::MatrixXd centre;  ///< cells × terms
  TotalsShape shape;
  bool with_scatter = false;  ///< rows were drawn within units: Σw²·u_j·u_k of all pairs of terms
  bool with_spread = false;   ///< Σw·u_j·u_k within numeric variables
  bool by_unit = true;        ///< totals are kept by sampling unit

  std::size_t terms() const { return static_cast<std::size_t>(bound.cols()); }
  /// Whether a numeric term takes different values in a cell.
  bool varies(std::size_t cell, std::size_t term) const {
    return bound(static_cast<Eigen::Index>(cell), static_cast<Eigen::Index>(term)) > 0;
  }
  /// Index of the pair j ≤ k among the scatter products.
  std::size_t pair(std::size_t j, std::size_t k) const { return j * (2 * terms() - j - 1) / 2 + k; }
  std::size_t pairs() const { return with_scatter ? terms() * (terms() + 1) / 2 : 0; }
  /// Unit of each row, or null when there is one.
  const std::int32_t* units() const {
    return by_unit && !survey.sample().unit().empty() ? survey.sample().unit().data() : nullptr;
  }
};

/// Plans the estimators of a call, as many for every overlapping group as there are variables (overlap-major);
/// numbers need their ranges first, which takes a pass over the rows.
std::shared_ptr<Plan> make_plan(const Survey& survey, const std::vector<std::string>& by,
                                std::vector<AnyEstimator> estimators, Monitor& monitor);

/// Throws: no grid holds the figures of all cells.
[[noreturn]] void refuse_range();

/// One pass: totals (and products, where the plan says so) of every unit and cell. Repeated with one limb more when
/// rounding to the grid could cost more than 1e-12 of a figure.
DesignTotals add_up(Plan& plan, Monitor& monitor);

}  // namespace enkat
