#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <functional>
#include <span>

namespace enkat {

/// The rank of a rows × columns matrix of weights, of which `row(i, out)` writes row i.
///
/// A column counts unless less than 1e-5 of its length is left beside those before it, pivoted by what is left: as
/// R's qr(tol = 1e-5) has it, here by Cholesky's factors of the matrix of products.
std::size_t weight_rank(std::size_t rows, std::size_t columns,
                        const std::function<void(std::size_t, std::span<double>)>& row);

/// Products of the columns of such a matrix, and the rank that they tell.
Eigen::MatrixXd weight_products(std::size_t rows, std::size_t columns,
                                const std::function<void(std::size_t, std::span<double>)>& row);
std::size_t rank_of_products(Eigen::MatrixXd products);

}  // namespace enkat
