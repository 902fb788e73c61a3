#include "enkat/design/hadamard.hpp"

#include <gtest/gtest.h>

#include "enkat/basics/error.hpp"

namespace enkat::hadamard_test {

TEST(Hadamard, RowsOfEveryOrderUpTo200AreOrthogonalAndBalanced) {
  for (std::size_t order = 1; order <= 200; order = hadamard_order(order + 1)) {
    const Eigen::MatrixXi h = hadamard(order);
    const auto n = static_cast<Eigen::Index>(order);
    ASSERT_EQ(h.rows(), n);
    ASSERT_EQ(h.cwiseAbs(), Eigen::MatrixXi::Ones(n, n)) << order;
    ASSERT_EQ(h * h.transpose(), n * Eigen::MatrixXi::Identity(n, n)) << order;
    ASSERT_EQ(h.row(0).sum(), n) << order;
    if (n > 1) {
      ASSERT_TRUE((h.rowwise().sum().tail(n - 1).array() == 0).all()) << order;
    }
  }
}

// Paley's primes and products leave out 52, 92, 100, 116, 156, 172, 184 and 188.
TEST(Hadamard, TheNextOrderIsNeverFar) {
  for (std::size_t least = 1; least <= 200; ++least) EXPECT_LE(hadamard_order(least), least + 11) << least;
  EXPECT_EQ(hadamard_order(3), 4U);
  EXPECT_EQ(hadamard_order(5), 8U);
  EXPECT_EQ(hadamard_order(25), 28U);  // Paley's second construction: 2 (13 + 1)
  EXPECT_EQ(hadamard_order(33), 36U);
}

TEST(Hadamard, AnOrderThatCannotExistIsRefused) { EXPECT_THROW(hadamard(6), UsageError); }

}  // namespace enkat::hadamard_test
