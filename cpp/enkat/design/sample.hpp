#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "enkat/basics/reduce.hpp"
#include "enkat/data/table.hpp"
#include "enkat/design/design.hpp"

namespace enkat {

/// A stratum as drawn: how many PSUs, of how many.
struct Stratum {
  std::string label;
  std::int64_t psus = 0;
  /// Sampling fraction of the PSUs; 0 is drawn with replacement.
  double fraction = 0;
};

/// How the rows of a table were drawn, prepared once per Survey: dense stratum and PSU ids, weights, fractions.
class Sample {
 public:
  /// Checks the design against the table; all problems of a column are counted, none is dropped.
  Sample(const Table& table, const Design& design);

  std::size_t rows() const { return rows_; }
  const std::vector<Stratum>& strata() const { return strata_; }
  /// Rows are their own PSUs: no clusters.
  bool rows_are_psus() const { return psu_stratum_.empty(); }
  /// Stratum of each PSU; empty when rows are their own PSUs.
  const std::vector<std::int32_t>& psu_stratum() const { return psu_stratum_; }
  /// Units that totals are kept for: PSUs, or strata where rows are PSUs.
  std::size_t units() const { return rows_are_psus() ? strata_.size() : psu_stratum_.size(); }
  /// Unit of every row; empty when there is only one.
  const std::vector<std::int32_t>& unit() const { return unit_; }

  /// Weight of every row; a single value stands for all rows.
  void weights(Rows rows, std::span<double> out) const;
  double largest_weight() const { return largest_weight_; }
  bool equal_weights() const { return weight_.size() <= 1; }
  std::size_t zero_weights() const { return zero_weights_; }

  bool with_fractions() const { return with_fractions_; }
  SinglePsu single_psu() const { return single_psu_; }
  /// Labels of strata where one PSU was drawn from more than one.
  std::vector<std::string> single_psu_strata() const;

 private:
  void read_weights(const Table& table, const Design& design);
  void read_units(const Table& table, const Design& design);
  void read_fractions(const Table& table, const Design& design);
  void weights_from_fractions(const Design& design);

  std::size_t rows_;
  std::vector<double> weight_;
  std::vector<std::int32_t> unit_, psu_stratum_;
  std::vector<Stratum> strata_;
  double largest_weight_ = 1;
  std::size_t zero_weights_ = 0;
  bool with_fractions_ = false;
  SinglePsu single_psu_;
};

}  // namespace enkat
