#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "enkat/basics/error.hpp"
#include "enkat/basics/record.hpp"
#include "enkat/estimate/notes.hpp"
#include "enkat/variance/interval.hpp"
#include "enkat/variance/joint_variance.hpp"

namespace enkat {

/// Which of a call's estimates a row is, by their places: of a variable, in a cell and an overlap of the groups (of
/// `Grouping`), of an answer.
struct RowKey {
  std::size_t variable = 0, overlap = 0, cell = 0, answer = 0;

  friend auto operator<=>(const RowKey&, const RowKey&) = default;
};

/// One estimate: a row of the table. What cannot be estimated is empty and says why in `notes`.
struct Estimate {
  std::vector<std::string> by;
  std::string variable;
  std::optional<std::string> answer;
  std::optional<double> estimate, se, ci_low, ci_high, df;
  std::optional<std::int64_t> rank, rank_low, rank_high;
  std::int64_t n = 0;
  std::optional<std::int64_t> count;
  std::optional<double> deff;
  Notes notes;
  RowKey key;
  /// Sampling fraction that the design effect was computed with; 0: compared with sampling with replacement.
  double fraction = 0;
};

template <>
struct Fields<Estimate> {
  static constexpr auto list = std::tuple{
      Field{"by", &Estimate::by, "values of the by columns"},
      Field{"variable", &Estimate::variable, "question or column"},
      Field{"answer", &Estimate::answer, "the answer counted; none for a number"},
      Field{"estimate", &Estimate::estimate, "the value"},
      Field{"se", &Estimate::se, "standard error"},
      Field{"ci_low", &Estimate::ci_low, "lower end of the interval"},
      Field{"ci_high", &Estimate::ci_high, "upper end of the interval"},
      Field{"rank", &Estimate::rank, "place by share; ties share the best"},
      Field{"rank_low", &Estimate::rank_low, "best place in the joint confidence set"},
      Field{"rank_high", &Estimate::rank_high, "worst place in the joint confidence set"},
      Field{"df", &Estimate::df, "degrees of freedom"},
      Field{"n", &Estimate::n, "rows in the base, unweighted"},
      Field{"count", &Estimate::count, "rows that gave the answer, unweighted"},
      Field{"deff", &Estimate::deff, "design effect"},
      Field{"note", &Estimate::notes, "what to know about this row"},
  };
};

/// The estimates of one call with their joint covariance.
struct Estimates {
  std::vector<std::string> by;
  std::vector<Estimate> rows;
  bool ranked = false;
  bool shares = false;  ///< all rows are shares of a base …
  /// … and those of a variable in a group are of different respondents, so that a sum of them is a share again; how its
  /// interval is made.
  std::optional<IntervalMethod> of_sums = std::nullopt;
  double level = 0.95;
  /// What to know about all rows: rows outside every domain, weights.
  std::vector<Issue> notes;
  std::shared_ptr<const JointVariance> joint;
  /// For each row its place among the values of `joint`, or −1 when it has no estimate.
  std::vector<std::ptrdiff_t> form_of_row;

  /// Covariance of the estimates in row order; NaN for rows without an estimate. Computed when asked for.
  Eigen::MatrixXd covariance(Monitor& monitor) const;
};

}  // namespace enkat
