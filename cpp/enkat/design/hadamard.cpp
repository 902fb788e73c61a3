#include "enkat/design/hadamard.hpp"

#include <optional>

#include "enkat/basics/error.hpp"

namespace enkat {
namespace {

using Eigen::Index;

bool is_prime(std::size_t n) {
  for (std::size_t d = 2; d * d <= n; ++d)
    if (n % d == 0) return false;
  return n > 1;
}

/// The smaller factor of a Kronecker product of two Hadamard matrices, if there is one.
std::optional<std::size_t> factor_of(std::size_t order);

bool constructible(std::size_t order) {
  if (order == 1 || order == 2) return true;
  if (order % 4 != 0) return false;
  return is_prime(order - 1) || ((order / 2) % 4 == 2 && is_prime(order / 2 - 1)) || factor_of(order);
}

std::optional<std::size_t> factor_of(std::size_t order) {
  for (std::size_t a = 2; a * a <= order; ++a)
    if (order % a == 0 && constructible(a) && constructible(order / a)) return a;
  return {};
}

Eigen::MatrixXi kronecker(const Eigen::MatrixXi& a, const Eigen::MatrixXi& b) {
  Eigen::MatrixXi product(a.rows() * b.rows(), a.cols() * b.cols());
  for (Index i = 0; i < a.rows(); ++i)
    for (Index j = 0; j < a.cols(); ++j) product.block(i * b.rows(), j * b.cols(), b.rows(), b.cols()) = a(i, j) * b;
  return product;
}

/// Jacobsthal's matrix of a prime q with a border: entry (i, j) says whether i − j is a square modulo q.
Eigen::MatrixXi conference(std::size_t q) {
  Eigen::VectorXi square = Eigen::VectorXi::Constant(static_cast<Index>(q), -1);
  square[0] = 0;
  for (std::size_t i = 1; i < q; ++i) square[static_cast<Index>(i * i % q)] = 1;
  const auto n = static_cast<Index>(q);
  Eigen::MatrixXi c(n + 1, n + 1);
  c(0, 0) = 0;
  c.row(0).tail(n).setOnes();
  c.col(0).tail(n).setConstant(q % 4 == 1 ? 1 : -1);
  for (Index i = 0; i < n; ++i)
    for (Index j = 0; j < n; ++j) c(i + 1, j + 1) = square[(i - j + n) % n];
  return c;
}

Eigen::MatrixXi build(std::size_t order) {
  if (order == 1) return Eigen::MatrixXi::Ones(1, 1);
  Eigen::MatrixXi two = (Eigen::MatrixXi(2, 2) << 1, 1, 1, -1).finished();
  if (order == 2) return two;
  if (const auto factor = factor_of(order)) return kronecker(build(*factor), build(order / *factor));
  const auto n = static_cast<Index>(order);
  if (is_prime(order - 1)) return conference(order - 1) + Eigen::MatrixXi::Identity(n, n);
  const Eigen::MatrixXi corner = (Eigen::MatrixXi(2, 2) << 1, -1, -1, -1).finished();
  return kronecker(conference(order / 2 - 1), two) + kronecker(Eigen::MatrixXi::Identity(n / 2, n / 2), corner);
}

}  // namespace

std::size_t hadamard_order(std::size_t least) {
  while (!constructible(least)) ++least;
  return least;
}

Eigen::MatrixXi hadamard(std::size_t order) {
  if (!constructible(order))
    throw UsageError("replicates.hadamard", "no Hadamard matrix of order " + std::to_string(order) + " is known here",
                     {{"order", order}});
  Eigen::MatrixXi h = build(order);
  for (Index j = 0; j < h.cols(); ++j) h.col(j) *= h(0, j);
  for (Index i = 0; i < h.rows(); ++i) h.row(i) *= h(i, 0);
  return h;
}

}  // namespace enkat
