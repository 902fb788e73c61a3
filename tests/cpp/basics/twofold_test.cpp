#include "enkat/basics/twofold.hpp"

#include <gtest/gtest.h>

namespace enkat::twofold_test {

TEST(Twofold, KeepsWhatADoubleRoundsAway) {
  const Twofold sum = Twofold{1e16} + Twofold{1};
  EXPECT_EQ((sum + Twofold{-1e16}).value(), 1);
}

TEST(Twofold, MultipliesToTheLastBitOfBothFactors) {
  const double a = 1 + 0x1p-30;
  EXPECT_EQ((Twofold{a} * Twofold{a} + Twofold{-1}).value(), 0x1p-29 + 0x1p-60);
}

// (x + d)² − x² − 2xd = d², of which a double would keep nothing.
TEST(Twofold, RecoversASquareFromDifferencesThatNearlyCancel) {
  const Twofold x{3e7}, d{0x1p-20}, y = x + d;
  const Twofold square = y * y + -(x * x) + -(Twofold{2} * x * d);
  EXPECT_DOUBLE_EQ(square.value(), 0x1p-40);
}

}  // namespace enkat::twofold_test
