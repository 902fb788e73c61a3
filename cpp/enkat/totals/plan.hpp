#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "enkat/design/survey.hpp"
#include "enkat/statistic/grouping.hpp"
#include "enkat/statistic/named_statistics.hpp"
#include "enkat/totals/totals.hpp"

namespace enkat {

/// What the totals of one call may take.
inline constexpr std::size_t memory_budget = std::size_t{256} << 20;

/// Rows that a call leaves out, and those it has.
struct CallCounts {
  DomainCounts domain;
  std::int64_t by_missing = 0;                       ///< of the domain, in no group
  std::map<std::string, std::int64_t> outside = {};  ///< with answers, but none to this derived question

  CallCounts& operator+=(const CallCounts& other);
  void write(ByteWriter& out) const;
  CallCounts read(ByteReader& in) const;
};

/// One statistic among one overlapping group: where its terms, counters and products lie in a slot of DesignTotals.
struct PlannedVariable {
  const Statistic* statistic = nullptr;
  std::size_t overlap = 0;   ///< which set of ticked options (Grouping::overlaps) its rows must have
  std::size_t observed = 0;  ///< terms the statistic fills; its products follow
  std::vector<TermProduct> products;
  std::size_t first_term = 0;
  std::size_t first_counter = 0;  ///< answered, missing, then one count per indicator term; of numbers, left out
  std::size_t first_spread = 0;   ///< Σw·u_j·u_k for the design effect; of numbers only
  bool numeric = false;
  bool disjoint = false;  ///< a row has one of its indicators at the most

  std::size_t terms() const { return observed + products.size(); }
  std::size_t counters() const { return 1 + observed; }
  /// Pairs of its terms whose products are not 0 for every row; of disjoint indicators those with the base, whose
  /// product with an indicator is that of the indicator with itself.
  std::size_t pairs() const { return disjoint ? terms() : terms() * (terms() + 1) / 2; }
  /// Place of Σw·u_j·u_k among the spreads, 1 ≤ j ≤ k < observed.
  std::size_t spread(std::size_t j, std::size_t k) const {
    const std::size_t numbers = observed - 1;
    return first_spread + (j - 1) * (2 * numbers - j) / 2 + (k - 1);
  }
};

/// What is fixed before any row is added: cells, totals, grids and memory of one call.
///
/// Numbers are centred about the mean of their column. Owns what later passes over the same rows need: the survey, its
/// groups and the statistics.
struct Plan {
  Plan(const Survey& given_survey, std::vector<std::string> given_by, StatisticsWanted given_statistics)
      : survey(given_survey),
        by(std::move(given_by)),
        grouping(survey, by),
        wanted(std::move(given_statistics)),
        statistics(named_statistics(survey, wanted, by, grouping.overlaps())) {}
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;

  const Survey survey;
  const std::vector<std::string> by;
  const Grouping grouping;
  const StatisticsWanted wanted;
  const std::vector<NamedStatistic> statistics;
  std::vector<PlannedVariable> variables;
  Eigen::MatrixXd bound;   ///< cells × terms: of the magnitude of a centred term
  Eigen::MatrixXd centre;  ///< cells × terms: what is taken from a term before it is added
  TotalsShape shape;
  bool with_scatter = false;  ///< rows were drawn within units: Σw²·u_j·u_k of all pairs of terms
  bool by_unit = true;        ///< totals are kept by sampling unit, or by the unit that replicates repeat

  std::vector<std::uint32_t> variable_of_term;
  std::vector<std::ptrdiff_t> pair_offset;  ///< of a term j and a variable, at j · variables + variable

  CallCounts counts;  ///< of the rows at hand; of rows that are read in parts, known after the first pass

  std::size_t terms() const { return static_cast<std::size_t>(bound.cols()); }
  /// The same plan for a part of the rows.
  std::shared_ptr<const Plan> on(const Survey& part) const;
  /// What somebody who has some of the rows needs to add them up, and the plan that is made of it.
  void write(ByteWriter& out) const;
  static std::shared_ptr<const Plan> read(ByteReader& in, const Survey& survey);
  /// Counts the rows of a call, where the survey has them.
  void count_rows();
  /// Says where the terms, counters and products of all statistics lie.
  void lay_out();
  /// Chooses the grids of the shape by the bounds.
  void set_grids();
  /// Whether a numeric term takes different values in a cell.
  bool varies(std::size_t cell, std::size_t term) const {
    return bound(static_cast<Eigen::Index>(cell), static_cast<Eigen::Index>(term)) > 0;
  }
  /// Place of Σw²·u_j·u_k among the scatter products; none where no row has both terms.
  std::ptrdiff_t pair(std::size_t j, std::size_t k) const;
  /// By variable of k: where pair(j, k) is, less k.
  const std::ptrdiff_t* pair_row(std::size_t j) const { return pair_offset.data() + j * variables.size(); }
  bool share_a_variable(std::size_t j, std::size_t k) const { return variable_of_term[j] == variable_of_term[k]; }
  std::size_t pairs() const { return shape.products.size(); }
  /// Unit of each row, or null when there is one.
  const std::int32_t* units() const {
    const std::vector<std::int32_t>& unit = survey.replicates() ? survey.replicates()->unit : survey.sample().unit();
    return by_unit && !unit.empty() ? unit.data() : nullptr;
  }
};

/// Plans the statistics of a call, as many for every overlapping group as there are variables (overlap-major).
std::shared_ptr<Plan> make_plan(const Survey& survey, const std::vector<std::string>& by, StatisticsWanted wanted);

/// Throws: no grid holds the figures of all cells.
[[noreturn]] void refuse_range();

}  // namespace enkat
