#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "enkat/basics/error.hpp"
#include "enkat/basics/reduce.hpp"
#include "enkat/data/table.hpp"
#include "enkat/design/design.hpp"
#include "enkat/design/drawn_rows.hpp"

namespace enkat {

/// A stratum as drawn: how many sampling units, of how many.
struct Stratum {
  std::string label;
  std::int64_t psus = 0;
  /// Sampling fraction of the units; 0 is drawn with replacement.
  double fraction = 0;
  /// At later stages the unit of the stage before that was drawn from; −1 at the first.
  std::int32_t parent = -1;
};

/// One stage of the drawing: strata (within units of the stage before), and the stratum of every unit.
struct Stage {
  std::vector<Stratum> strata;
  /// Empty when the rows themselves are the units, which is so at the last stage only.
  std::vector<std::int32_t> stratum_of_unit;
  /// Drawn with unequal probabilities: the inclusion probability of each unit; else empty.
  std::vector<double> inclusion;

  bool rows_are_units() const { return stratum_of_unit.empty(); }
};

/// How units were drawn with unequal probabilities without replacement, if they were.
enum class UnequalDrawing { no, brewer, poisson, quadratic };

/// The tree of sampling units and how they were drawn: what is the same for all rows, wherever they are.
struct SamplingTree {
  /// Stages whose units count for the variance: the first, those with fpc, and the next below them.
  std::vector<Stage> stages;
  std::vector<std::int32_t> psu_of_unit;  ///< of each unit of the last stage; empty where units or rows are PSUs
  bool with_fractions = false;
  SinglePsu single_psu = SinglePsu::fail;
  UnequalDrawing unequal = UnequalDrawing::no;
  Eigen::MatrixXd quadratic;  ///< Q of the variance zᵀQz of unit totals z, from joint inclusion probabilities
  /// Of two phases: strata of the second, that of each unit, and each unit's PSU, or stratum where rows are PSUs.
  std::vector<Stratum> second_strata;
  std::vector<std::int32_t> second_stratum, first_unit;
  std::vector<Issue> notes;  ///< what a user should know before reading estimates
};

/// How the rows of a table were drawn, prepared once per Survey: the unit and weight of each, and the tree of units,
/// which the samples of parts share.
class Sample {
 public:
  /// Checks the design against the table; all problems of a column are counted, none is dropped.
  Sample(const Table& table, const Design& design);
  /// The same of rows that are read in parts; each part's rows are those of `part`.
  Sample(const DrawnRows& drawn, const Design& design);
  /// Where rows are read in parts: the combination of strata and clusters of each row of a part.
  std::vector<std::int32_t> combinations(const Table& part) const;
  /// This sample with the rows of a part: their units and weights.
  Sample part(const Table& part, const Design& design, std::span<const std::int32_t> combinations) const;

  std::size_t rows() const { return rows_; }
  const std::vector<Stage>& stages() const { return tree_->stages; }

  const std::vector<Stratum>& strata() const { return tree_->stages.front().strata; }
  /// The first stage's units are the rows: no clusters.
  bool rows_are_psus() const { return tree_->stages.front().rows_are_units(); }
  /// Stratum of each PSU; empty when rows are PSUs.
  const std::vector<std::int32_t>& psu_stratum() const { return tree_->stages.front().stratum_of_unit; }

  /// Units that totals are kept for: those of the last stage, or its strata where rows are its units.
  std::size_t units() const;
  /// Unit of every row; empty when there is only one.
  const std::vector<std::int32_t>& unit() const { return unit_; }
  /// Within a unit the rows themselves were drawn, so that its variance needs the scatter of its rows.
  bool rows_are_units() const { return two_phases() || tree_->stages.back().rows_are_units(); }
  /// How many rows were drawn within a unit, in one phase.
  double rows_of_unit(std::size_t unit) const { return static_cast<double>(tree_->stages.back().strata[unit].psus); }
  /// The PSU of each unit; empty when units are PSUs or rows are PSUs.
  const std::vector<std::int32_t>& psu_of_unit() const { return tree_->psu_of_unit; }

  /// Weight of every row before calibration; a single value stands for all rows.
  void weights(Rows rows, std::span<double> out) const;
  double largest_weight() const { return largest_weight_; }
  bool equal_weights() const { return equal_weights_; }
  std::size_t zero_weights() const { return zero_weights_; }

  bool with_fractions() const { return tree_->with_fractions; }
  SinglePsu single_psu() const { return tree_->single_psu; }
  /// Labels of strata where one PSU was drawn from more than one.
  std::vector<std::string> single_psu_strata() const;
  /// The same of later stages that count for the variance.
  std::vector<std::string> single_unit_strata() const;

  UnequalDrawing unequal() const { return tree_->unequal; }
  const Eigen::MatrixXd& quadratic() const { return tree_->quadratic; }

  /// Drawn in two phases: units are then the second phase's strata within PSUs, or within strata where rows are PSUs;
  /// rows that are in the first phase only have weight 0.
  bool two_phases() const { return !tree_->second_strata.empty(); }
  /// Strata of the second phase, and the one of each unit.
  const std::vector<Stratum>& second_strata() const { return tree_->second_strata; }
  const std::vector<std::int32_t>& second_stratum() const { return tree_->second_stratum; }
  /// The PSU of each unit, or its stratum where rows are PSUs.
  const std::vector<std::int32_t>& first_unit() const { return tree_->first_unit; }

  /// What a user should know about the sample before reading estimates.
  const std::vector<Issue>& notes() const { return tree_->notes; }

 private:
  void read_weights(const Table& table, const std::string& column);
  void read_stages(const Table& table, const Design& design, const std::vector<std::int64_t>& counts);
  void read_population(const Design& design);
  void read_fractions(const Table& table, const std::string& column, std::size_t stage);
  void weights_from_fractions(const Design& design);
  void read_unequal(const Table& table, const Design& design);
  void read_inclusion(const Table& table, const std::string& column, std::size_t stage);
  void read_second_phase(const Table& table, const Design& design);

  std::size_t rows_;
  std::shared_ptr<SamplingTree> tree_ = std::make_shared<SamplingTree>();  // not changed once the sample is made
  std::vector<double> weight_{1.0};
  std::shared_ptr<const DrawnIndex> drawn_;  // where rows are read in parts: `unit_` and `weight_` are by combination
  std::vector<std::vector<std::int32_t>> stratum_of_row_, unit_of_row_;  // of every stage; only while reading
  std::vector<std::int32_t> unit_;
  double largest_weight_ = 1;
  std::size_t zero_weights_ = 0;
  bool equal_weights_ = true;
};

}  // namespace enkat
