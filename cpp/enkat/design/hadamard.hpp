#pragma once

#include <Eigen/Core>
#include <cstddef>

namespace enkat {

/// The smallest order from `least` on that `hadamard` can build.
std::size_t hadamard_order(std::size_t least);

/// A Hadamard matrix: entries ±1, H Hᵀ = nI, first row and first column all 1, so that the others sum to 0.
///
/// By Sylvester's and Kronecker's products and by Paley (1933), "On orthogonal matrices", J. Math. Phys. 12, from
/// primes. Wolter (2007), §3.2, on its use for balanced half-samples. A UsageError for orders that these cannot build.
Eigen::MatrixXi hadamard(std::size_t order);

}  // namespace enkat
