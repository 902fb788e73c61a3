#pragma once

#include <Eigen/Core>
#include <span>

#include "enkat/basics/bytes.hpp"

namespace enkat {

/// The space that rows of replicate weights span: an orthonormal basis of it. Mergeable and portable.
///
/// A row counts unless less than 1e-5 of its length is left beside those before it, as R's qr(tol = 1e-5) has it.
class WeightSpan {
 public:
  /// For rows of this many replicates.
  explicit WeightSpan(std::size_t replicates) : basis_(static_cast<Eigen::Index>(replicates), 0) {}

  void add(std::span<const double> row);
  WeightSpan& operator+=(const WeightSpan& other);
  std::size_t rank() const { return static_cast<std::size_t>(basis_.cols()); }
  void write(ByteWriter& out) const;
  WeightSpan read(ByteReader& in) const;

 private:
  Eigen::MatrixXd basis_;  // columns
  Eigen::VectorXd last_;   // the direction that was added last: rows of a sampling unit follow each other
};

}  // namespace enkat
