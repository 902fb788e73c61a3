#include "enkat/basics/exact_sums.hpp"

#include <gtest/gtest.h>

namespace enkat::exact_sums_test {

TEST(ExactSums, AreTheSameBitsInAnyOrder) {
  const std::vector<double> addends{1e15, 0.1, -1e15, 0.2, 3e-9};
  ExactSums forward({1e15, 1}), backward({1e15, 1});
  for (std::size_t i = 0; i < addends.size(); ++i) {
    forward.add(0, addends[i]);
    backward.add(0, addends[addends.size() - 1 - i]);
  }
  EXPECT_EQ(forward[0], backward[0]);
  EXPECT_EQ(forward[0], 0.300000003);  // rational arithmetic, rounded once
  EXPECT_EQ(forward[1], 0);
}

TEST(ExactSums, ThatWereSentAddUpLikeThoseThatWereNot) {
  ExactSums here({100.0}), there({100.0}), all({100.0});
  for (const double addend : {0.1, 70.5}) {
    here.add(0, addend);
    all.add(0, addend);
  }
  for (const double addend : {-3.3, 1e-7}) {
    there.add(0, addend);
    all.add(0, addend);
  }
  ByteWriter out;
  there.write(out);
  ByteReader in(out.bytes());
  here += here.read(in);
  EXPECT_EQ(here[0], all[0]);
}

TEST(ExactSums, OfAnotherCallAreRefused) {
  ByteWriter out;
  ExactSums({1.0, 1.0}).write(out);
  ByteReader in(out.bytes());
  EXPECT_THROW(ExactSums({1.0}).read(in), EstimateError);
}

}  // namespace enkat::exact_sums_test
