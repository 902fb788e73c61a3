#pragma once

#include <Eigen/Core>

#include "enkat/basics/bytes.hpp"

namespace enkat {

/// Writes a matrix or vector of numbers, column by column, so that `get_matrix` reads it back.
inline void put_matrix(ByteWriter& out, const Eigen::Ref<const Eigen::MatrixXd>& matrix) {
  out.put(static_cast<std::int64_t>(matrix.rows()));
  const Eigen::MatrixXd whole = matrix;
  out.put(std::vector<double>(whole.data(), whole.data() + whole.size()));
}

inline Eigen::MatrixXd get_matrix(ByteReader& in) {
  const auto rows = static_cast<std::size_t>(in.get<std::int64_t>());
  const std::vector<double> values = in.list<double>();
  if (rows == 0 ? !values.empty() : values.size() % rows != 0)
    throw EstimateError("estimate.foreign_state", "these bytes hold no matrix: compute this part of the data again");
  const std::size_t columns = rows == 0 ? 0 : values.size() / rows;
  return Eigen::Map<const Eigen::MatrixXd>(values.data(), static_cast<Eigen::Index>(rows),
                                           static_cast<Eigen::Index>(columns));
}

}  // namespace enkat
