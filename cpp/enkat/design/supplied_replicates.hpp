#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "enkat/basics/bytes.hpp"
#include "enkat/data/table.hpp"
#include "enkat/design/replicates.hpp"

namespace enkat {

/// Replicate weights that come with some rows, and the weight of each (1 where there is none).
struct SuppliedRows {
  std::vector<double> matrix;  ///< row-major: rows × replicates
  std::vector<double> weight;

  SuppliedRows(const Table& table, const Design& design);
};

/// What has to be known of supplied replicate weights of all rows: what is wrong with them, and what they add up to.
/// Mergeable and portable.
class SuppliedFacts {
 public:
  /// The rank is told from `rank_rows` rows of every part at most, spread evenly over it.
  SuppliedFacts(const Design& design, std::size_t rank_rows);

  void add(const SuppliedRows& rows);
  SuppliedFacts& operator+=(const SuppliedFacts& other);
  void write(ByteWriter& out) const;
  SuppliedFacts read(ByteReader& in) const;

  /// Refuses all problems of all columns at once.
  void check() const;
  std::size_t rank() const;
  bool full_rank() const { return rank() == columns_.size(); }
  double largest() const { return largest_; }
  /// Weights below 0 in all columns. A replicate is a linear combination of samples, not a sample, so it may have them:
  /// the ACS's do, where successive differences and later adjustments leave a row less than nothing.
  std::int64_t negative() const;
  /// Sums of the replicates, on average, over what they should be about: the sum of the weights, or the rows.
  double ratio() const;

 private:
  std::vector<std::string> columns_;
  bool combined_, multiplied_;
  std::size_t rank_rows_;
  std::vector<std::int64_t> missing_, infinite_, negative_, positive_;  // by column
  std::int64_t rows_ = 0;
  double sum_ = 0, weights_ = 0, largest_ = 0;
  Eigen::MatrixXd products_;  // of columns
};

/// Replicate weights that come with the table, as the design describes them.
Replicates supplied_replicates(const Table& table, const Design& design);

/// The same of rows that are read in parts; each part's rows are given theirs by `supplied_to`.
Replicates supplied_replicates(const SuppliedFacts& facts, const Design& design);
std::shared_ptr<const Replicates> supplied_to(const Table& part, const Design& design, const Replicates& whole);

}  // namespace enkat
