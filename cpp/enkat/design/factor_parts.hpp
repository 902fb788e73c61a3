#pragma once

#include "enkat/design/distinct_rows.hpp"
#include "enkat/design/replicate_sums.hpp"
#include "enkat/design/replicates.hpp"

namespace enkat {

/// The factors of calibrated weights as sums of products: F(xᵀλ) = Σ_q a_q·φ_q, a of what a row is and φ of λ only.
///
/// Of linear calibration a is 1 and x, and φ the centre and λ. Otherwise, where no auxiliary is a number, a says which
/// cell a row is in, and φ is the factor of each. Sums over the rows of a sampling unit, times each a_q, are then all
/// that any number of replicates needs of the rows.
class FactorParts {
 public:
  /// Whether the factors are such sums.
  static bool exist(const DistinctRows& rows, const Distance& distance) {
    return rows.collapsed() || is_linear(distance);
  }
  /// The shorter of the two, where both are possible.
  static bool linear(const DistinctRows& rows, const Distance& distance) {
    return is_linear(distance) && (!rows.collapsed() || 1 + rows.x().columns() < rows.size());
  }
  FactorParts(const DistinctRows& rows, bool linear) : rows_(rows), linear_(linear) {}

  /// How many products there are.
  std::size_t size() const { return linear_ ? 1 + rows_.x().columns() : rows_.size(); }
  /// a of some rows: those not named are 0.
  void observe(Rows rows, ModelRows& a) const;
  /// φ of some replicates (columns).
  ByReplicate of(const Replicates& replicates, std::size_t first, std::size_t count) const;

 private:
  static bool is_linear(const Distance& distance) {
    return distance.kind == Distance::Kind::linear && !distance.bounded();
  }

  const DistinctRows& rows_;
  bool linear_;
};

}  // namespace enkat
