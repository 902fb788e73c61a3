#pragma once

#include "enkat/statistic/grouping.hpp"
#include "enkat/statistic/mean.hpp"

namespace enkat {

/// Estimated distribution function of a number at some points: the share of those who answered with y ≤ point. Särndal,
/// Swensson & Wretman (1992), §5.11.
class CumulativeShare {
 public:
  static constexpr std::string_view name = "cdf";
  static constexpr bool numeric = false;
  static constexpr Role role = Role::share;

  /// The same points in every cell.
  CumulativeShare(std::shared_ptr<const Answers> answered, std::vector<double> points);
  /// Points of each cell's own, as many in every cell: what Woodruff's intervals of quantiles need.
  CumulativeShare(std::shared_ptr<const Answers> answered, std::vector<std::vector<double>> points_of_cell,
                  std::shared_ptr<const Grouping> grouping);

  std::size_t terms() const { return 1 + points_of_cell_.front().size(); }
  void observe(Rows rows, const TermColumns& u) const;
  void missing(Rows rows, std::span<std::uint8_t> out) const { observe_missing(*answered_, rows, out); }
  /// The points; their numbers from 1 where cells have their own.
  std::vector<std::string> answers() const;
  /// A share of the base, as a proportion is.
  Solution solve(const CellTotals& t) const;

 private:
  std::shared_ptr<const Answers> answered_;
  std::vector<std::vector<double>> points_of_cell_;  ///< one list when there is no grouping
  std::shared_ptr<const Grouping> grouping_;
};

}  // namespace enkat
