#include "enkat/basics/plain_sums.hpp"

#include <gtest/gtest.h>

namespace enkat::plain_sums_test {

TEST(PlainSums, ArriveAsTheyWereSent) {
  const PlainSums sent{{0.1, -2, 3e300}};
  ByteWriter out;
  sent.write(out);
  ByteReader in(out.bytes());
  PlainSums sum{{1, 1, 0}};
  sum += PlainSums{{0, 0, 0}}.read(in);
  EXPECT_EQ(sum.sum, (std::vector<double>{1.1, -1, 3e300}));
}

TEST(PlainSums, OfAnotherSizeAreRefused) {
  ByteWriter out;
  PlainSums{{1, 2}}.write(out);
  ByteReader in(out.bytes());
  EXPECT_THROW(PlainSums{{0}}.read(in), EstimateError);
}

}  // namespace enkat::plain_sums_test
