#pragma once

#include <optional>
#include <vector>

#include "enkat/design/calibration.hpp"
#include "enkat/design/replicate_sums.hpp"

namespace enkat {

/// The factors of calibrated weights as sums of products: F(xᵀλ) = Σ_q a_q·φ_q, a of what a row is, φ of λ only.
///
/// Of linear calibration a is 1 and x, its numbers about some middle m, and φ is F(mᵀλ) and λ. Otherwise, where no
/// auxiliary is a number, a says which cell a row is in, and φ is the factor of each. Sums over the rows of a sampling
/// unit, times each a_q, are then all that any number of replicates needs of the rows.
class FactorBasis {
 public:
  /// That of a calibration, where its factors are such sums: not where numbers are raked or kept within bounds, nor
  /// where sums about their middle would not be enough (numbers crossed with categories; several without a constant).
  static std::optional<FactorBasis> of(const Calibration& calibration);

  bool linear() const { return !middle_.empty(); }
  /// What is taken from each column of x, of linear calibration: 0 but from numbers that are far from it.
  const std::vector<double>& middle() const { return middle_; }
  /// Columns of x that add up to 1 for every row, of linear calibration: none where x has no such.
  const std::vector<std::size_t>& constant() const { return constant_; }

  /// How many products there are.
  std::size_t size() const { return linear() ? 1 + rows_->x().columns() : rows_->size(); }
  /// a of some rows: those not named are 0.
  void observe(Rows rows, ModelRows& a) const;
  /// φ of some replicates (columns).
  ByReplicate coefficients(const Replicates& replicates, std::size_t first, std::size_t count) const;

  /// The same for the rows of a part.
  FactorBasis on(std::shared_ptr<const DistinctRows> rows) const { return {std::move(rows), middle_, constant_}; }
  /// What somebody who has some of the rows needs, beside these.
  void write(ByteWriter& out) const { out.put(middle_); }
  static FactorBasis read(ByteReader& in, std::shared_ptr<const DistinctRows> rows) {
    return {std::move(rows), in.list<double>(), {}};
  }

 private:
  FactorBasis(std::shared_ptr<const DistinctRows> rows, std::vector<double> middle, std::vector<std::size_t> constant)
      : rows_(std::move(rows)), middle_(std::move(middle)), constant_(std::move(constant)) {}

  std::shared_ptr<const DistinctRows> rows_;
  std::vector<double> middle_;  // empty where a says which cell a row is in
  std::vector<std::size_t> constant_;
};

}  // namespace enkat
