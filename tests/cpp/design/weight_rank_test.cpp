#include "enkat/design/weight_rank.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <random>
#include <utility>

namespace enkat::weight_rank_test {

std::size_t parity_rank(const Eigen::MatrixXi& matrix) {
  ParityRank parities(static_cast<std::size_t>(matrix.cols()));
  for (Eigen::Index i = 0; i < matrix.rows(); ++i) {
    Parities row(static_cast<std::size_t>(matrix.cols()));
    for (Eigen::Index j = 0; j < matrix.cols(); ++j)
      row.set(static_cast<std::size_t>(j), static_cast<std::uint64_t>(matrix(i, j)));
    parities.add(std::move(row));
  }
  return parities.rank();
}

TEST(ParityRank, IsThatOfTheNumbersModulo2) {
  Eigen::MatrixXi matrix(3, 3);
  matrix << 1, 1, 0, 0, 1, 1, 1, 0, 1;  // determinant 2
  EXPECT_EQ(parity_rank(matrix), 2U);
  matrix(2, 0) = 2;  // determinant 3
  EXPECT_EQ(parity_rank(matrix), 3U);
  EXPECT_EQ(parity_rank(2 * matrix), 0U);
}

TEST(ParityRank, IsNeverMoreThanTheRankAndMostlyAsMuch) {
  std::mt19937 random(1);
  std::size_t as_much = 0;
  for (int round = 0; round < 200; ++round) {
    const Eigen::Index rows = 1 + static_cast<Eigen::Index>(random() % 40), columns = 70 + rows;
    Eigen::MatrixXi matrix(rows, columns);
    for (Eigen::Index i = 0; i < matrix.size(); ++i) matrix(i) = static_cast<int>(random() % 4);
    if (rows > 2) matrix.row(1) = matrix.row(0) + 2 * matrix.row(2);
    const auto rank = static_cast<std::size_t>(matrix.cast<double>().fullPivLu().rank());
    ASSERT_LE(parity_rank(matrix), rank);
    as_much += parity_rank(matrix) == rank ? 1U : 0U;
  }
  EXPECT_GT(as_much, 190U);
}

}  // namespace enkat::weight_rank_test
