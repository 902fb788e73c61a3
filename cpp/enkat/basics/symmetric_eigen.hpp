#pragma once

#include <Eigen/Core>

namespace enkat {

/// Eigenvalues, in increasing order, and eigenvectors (columns) of a symmetric matrix. Compiled once: Eigen's solver is
/// slow to compile.
struct SymmetricEigen {
  Eigen::VectorXd values;
  Eigen::MatrixXd vectors;

  explicit SymmetricEigen(const Eigen::MatrixXd& matrix);
};

}  // namespace enkat
