#include "enkat/basics/symmetric_eigen.hpp"

#include <Eigen/Eigenvalues>

namespace enkat {

SymmetricEigen::SymmetricEigen(const Eigen::MatrixXd& matrix) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(matrix);
  values = solver.eigenvalues();
  vectors = solver.eigenvectors();
}

}  // namespace enkat
