#include "enkat/basics/whole_percent.hpp"

#include <gtest/gtest.h>

namespace enkat::whole_percent_test {

TEST(WholePercent, HalvesGoUpwardsWhateverTheSharesLastBitIs) {
  EXPECT_EQ(whole_percent(57, 200), 29);
  EXPECT_EQ(whole_percent(1, 3), 33);
  EXPECT_EQ(whole_percent(0, 7), 0);
  for (std::int64_t base = 1; base <= 1000; ++base)
    for (std::int64_t count = 0; count <= base; ++count)
      ASSERT_EQ(whole_percent(static_cast<double>(count) / static_cast<double>(base)), whole_percent(count, base))
          << count << " of " << base;
}

}  // namespace enkat::whole_percent_test
