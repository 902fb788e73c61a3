#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "enkat/basics/exact_sums.hpp"
#include "enkat/totals/plan.hpp"

namespace enkat {

/// One value as a linear form of a variable's totals in a cell: gradient · totals.
struct LinearForm {
  std::size_t cell = 0;
  std::size_t variable = 0;  ///< of the plan
  std::vector<Slope> gradient;
  bool scale_free = false;  ///< gradient · totals of the cell is 0
  double base_rest = 0;     ///< what the derivative by the base has beyond a double
};

template <>
struct Fields<LinearForm> {
  static constexpr auto list = std::tuple{
      Field{"cell", &LinearForm::cell, "where it is"},
      Field{"variable", &LinearForm::variable, "of the plan"},
      Field{"gradient", &LinearForm::gradient, "by the totals"},
      Field{"scale_free", &LinearForm::scale_free, "whether its scores add up to 0"},
      Field{"base_rest", &LinearForm::base_rest, "of the derivative by the base"},
  };
};

/// Where the sums of pairs of forms lie among those of a unit.
class ScatterLayout {
 public:
  /// Whether the products of each form with itself are wanted, or those of all pairs that have rows in common.
  enum class Products { own, pairs };

  /// No form.
  ScatterLayout() = default;
  /// `wanted`, one a form; forms of `cells` score in the rows of their cell, or in all where weights are calibrated.
  ScatterLayout(const std::vector<LinearForm>& forms, const std::vector<bool>& wanted, std::size_t cells,
                bool calibrated, Products products);

  /// Forms that score in the same rows: those of a cell, or all where weights are calibrated.
  struct Group {
    std::vector<std::size_t> forms;
    std::size_t first_pair = 0;
  };
  std::size_t groups() const { return groups_.size(); }
  const Group& group(std::size_t g) const { return groups_[g]; }
  bool all_pairs() const { return products_ == Products::pairs; }
  /// How many there are in a unit: products of pairs, levels of forms, rows of groups.
  std::size_t stride() const { return pairs_ + group_of_.size() + groups_.size(); }
  /// The products of a and b; none where they are not known.
  std::optional<std::size_t> pair(std::size_t a, std::size_t b) const;
  std::size_t level(std::size_t form) const { return pairs_ + form; }
  std::size_t rows(std::size_t group) const { return pairs_ + group_of_.size() + group; }
  std::size_t rows_of_form(std::size_t form) const { return rows(static_cast<std::size_t>(group_of_[form])); }

 private:
  Products products_ = Products::own;
  std::vector<Group> groups_;
  std::vector<std::ptrdiff_t> group_of_, place_of_;  // of each form; −1: not wanted
  std::size_t pairs_ = 0;
};

/// Σ (s_a − c_a)(s_b − c_b) over the rows of each sampling unit, s = w·e the weighted score of a form in a row and c
/// nearly its mean over the rows of the unit: every score is formed, and c taken from it, before it is squared.
///
/// By a pass of its own, for what sums of squares of terms cannot tell: residuals of calibrated weights, and scores
/// that are small beside the terms they are made of.
class ScoreScatter {
 public:
  using Products = ScatterLayout::Products;

  /// No form.
  ScoreScatter() = default;
  /// `wanted`, one a form; `slope` (auxiliaries × forms) is empty without calibration; `centre` is c, forms × units.
  ScoreScatter(const std::shared_ptr<const Plan>& plan, const std::vector<LinearForm>& forms,
               const std::vector<bool>& wanted, const Eigen::MatrixXd& slope, Eigen::MatrixXd centre, Products products,
               Monitor& monitor);

  /// Σ s_a s_b over the rows of a unit, and Σ (s_a − s̄_a)(s_b − s̄_b) over its n rows, those without a score among
  /// them; none where it is not known.
  std::optional<double> about_zero(std::size_t unit, std::size_t a, std::size_t b) const;
  std::optional<double> about_means(std::size_t unit, double n, std::size_t a, std::size_t b) const;

 private:
  double sum(std::size_t unit, std::size_t place) const { return sums_[unit * layout_.stride() + place]; }
  /// Σ (s − c) of a form; rows that were seen.
  double level(std::size_t unit, std::size_t form) const { return sum(unit, layout_.level(form)); }
  double seen(std::size_t unit, std::size_t form) const { return sum(unit, layout_.rows_of_form(form)); }
  double centre(std::size_t unit, std::size_t form) const {
    return centre_(static_cast<Eigen::Index>(form), static_cast<Eigen::Index>(unit));
  }

  ScatterLayout layout_;
  Eigen::MatrixXd centre_;
  ExactSums sums_;  // of each unit
};

}  // namespace enkat
