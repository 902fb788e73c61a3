#pragma once

#include <Eigen/Core>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "enkat/basics/reduce.hpp"
#include "enkat/data/answers.hpp"
#include "enkat/statistic/gradient.hpp"

namespace enkat {

/// The columns an estimator fills for a block of rows: one column a term, zero outside the base.
/// Term 0 is the base: 1 where the row has answered what the estimator needs.
class TermColumns {
 public:
  TermColumns(double* first, std::size_t stride, std::size_t rows) : first_(first), stride_(stride), rows_(rows) {}
  std::span<double> operator[](std::size_t term) const { return {first_ + term * stride_, rows_}; }

 private:
  double* first_;
  std::size_t stride_, rows_;
};

/// Weighted totals of an estimator's terms in one cell, about a centre: total(k) = Σ w (u_k − centre_k · base),
/// followed by those of its products, Σ w (u_j − centre_j)(u_k − centre_k). Centred totals let a mean of numbers around
/// 1e9 keep every digit of its standard error.
struct CellTotals {
  Eigen::VectorXd total;
  Eigen::VectorXd centre;
  double rows = 0;       ///< rows in the base, unweighted
  std::size_t cell = 0;  ///< for estimators that were told something of each

  double weight() const { return total[0]; }
  double raw(Eigen::Index k) const { return total[k] + centre[k] * total[0]; }
};

/// Values and their gradient with respect to the centred totals; NaN where there is no value.
struct Solution {
  Eigen::VectorXd value;
  Gradient gradient;
};

/// Two terms whose centred product is a total as well, such as the squares of a variance.
struct TermProduct {
  std::size_t first, second;
};

/// What the values of a statistic are: numbers or shares, which are means of their own terms, totals, or an index of
/// some other kind, such as a correlation.
enum class Role { number, share, total, index };

/// Whether a design effect has a meaning: the values are means or totals of their own terms.
constexpr bool has_design_effect(Role role) { return role != Role::index; }

/// Whether the values stay the same when all weights are doubled: gradient · totals is 0.
constexpr bool is_scale_free(Role role) { return role != Role::total; }

/// Of `missing`: a row that answered, but not what the statistic is of, such as a number below 0 whose logarithm it
/// takes. Of statistics of numbers only; counted apart, so that no row is lost without one.
inline constexpr std::uint8_t left_out_row = 2;

/// A statistic as a smooth function of weighted totals: `observe` says which totals, `solve` is value and gradient.
template <class E>
concept Estimator = requires(const E& e, Rows rows, const TermColumns& u, const CellTotals& t) {
  { E::name } -> std::convertible_to<std::string_view>;
  { E::numeric } -> std::convertible_to<bool>;  // terms are numbers to be centred, else 0/1 indicators
  { E::role } -> std::convertible_to<Role>;
  { e.terms() } -> std::same_as<std::size_t>;
  { e.observe(rows, u) };
  { e.solve(t) } -> std::same_as<Solution>;
  /// Names of the answers the values belong to, and their indicator terms; one empty name for a number.
  { e.answers() } -> std::same_as<std::vector<std::string>>;
  /// 1 where the row was asked but has not answered, `left_out_row` where its answer is none that the statistic has.
  { e.missing(rows, std::span<std::uint8_t>{}) };
};

/// The ranges of an estimator's terms after its base; indicators have none.
template <class E>
std::vector<NumberRange> ranges_of(const E& estimator) {
  if constexpr (E::numeric) {
    return estimator.ranges();
  } else {
    return {};
  }
}

/// The products an estimator wants; most want none.
template <class E>
std::vector<TermProduct> products_of(const E& estimator) {
  if constexpr (requires { estimator.products(); }) {
    return estimator.products();
  } else {
    return {};
  }
}

/// Whether a row has one indicator besides the base at the most.
template <class E>
bool is_disjoint(const E& estimator) {
  if constexpr (requires { estimator.disjoint(); }) {
    return estimator.disjoint();
  } else {
    return false;
  }
}

}  // namespace enkat
