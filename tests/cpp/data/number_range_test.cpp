#include "enkat/data/number_range.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/cpp/sent.hpp"

namespace enkat::number_range_test {

const double nan = std::nan("");

TEST(NumberRange, IsOfTheNumbersThatThereAre) {
  RangeFinder finder;
  finder.add(std::vector<double>{3, nan, -1});
  finder.add(std::vector<double>{7});
  const NumberRange range = finder.range();
  EXPECT_EQ(range.low, -1);
  EXPECT_EQ(range.high, 7);
  EXPECT_EQ(range.mean, 3);
  EXPECT_EQ(range.width(), 8);
}

TEST(NumberRange, IsZeroWhenThereIsNoNumber) {
  RangeFinder finder;
  finder.add(std::vector<double>{nan});
  EXPECT_EQ(finder.range().low, 0);
  EXPECT_EQ(finder.range().high, 0);
  EXPECT_EQ(finder.range().mean, 0);
}

TEST(NumberRange, OfPartsThatWereSentIsThatOfTheWhole) {
  RangeFinder whole, a, b;
  whole.add(std::vector<double>{0.1, 0.7, 1e16, -1e16, 0.2});
  a.add(std::vector<double>{1e16, 0.1});
  b.add(std::vector<double>{0.2, -1e16, 0.7});
  RangeFinder merged = testing::sent(b);
  merged += testing::sent(a);
  EXPECT_EQ(merged.range().mean, whole.range().mean);
  EXPECT_EQ(merged.range().low, whole.range().low);
  EXPECT_EQ(merged.range().high, whole.range().high);
}

}  // namespace enkat::number_range_test
