#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

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

/// A row of whole numbers modulo 2, 64 to an integer.
class Parities {
 public:
  explicit Parities(std::size_t columns) : bits_((columns + 63) / 64, 0) {}

  /// Of a column that was not set before.
  void set(std::size_t column, std::uint64_t number) { bits_[column / 64] |= (number & 1) << column % 64; }
  /// The first odd column; none when all are even.
  std::optional<std::size_t> first_odd() const;
  /// The sum modulo 2.
  Parities& operator^=(const Parities& other);

 private:
  std::vector<std::uint64_t> bits_;
};

/// The rank of a matrix of whole numbers modulo 2, by Gaussian elimination row by row: never more than its rank, and
/// found with a bit for each number. Where it is as large as the rank can be, it is the rank.
class ParityRank {
 public:
  explicit ParityRank(std::size_t columns) : pivot_(columns) {}

  void add(Parities row);
  std::size_t rank() const { return rank_; }

 private:
  std::vector<std::optional<Parities>> pivot_;  // of every column, the row kept whose first odd number is there
  std::size_t rank_ = 0;
};

}  // namespace enkat
