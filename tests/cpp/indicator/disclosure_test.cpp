#include "enkat/indicator/disclosure.hpp"

#include <gtest/gtest.h>

namespace enkat::disclosure_test {

TEST(Withheld, SmallBasesAreNeverPrinted) {
  EXPECT_EQ(withheld(4, 9, false), Withheld::base);
  EXPECT_EQ(withheld(0, 0, true), Withheld::base);
  EXPECT_EQ(withheld(4, 10, false), Withheld::no);
}

TEST(Withheld, OnSensitiveQuestionsSmallCountsAtEitherEnd) {
  for (const std::int64_t count : {1, 4, 56, 59}) EXPECT_EQ(withheld(count, 60, true), Withheld::sensitive) << count;
  for (const std::int64_t count : {0, 5, 55, 60}) EXPECT_EQ(withheld(count, 60, true), Withheld::no) << count;
  EXPECT_EQ(withheld(1, 60, false), Withheld::no);
}

TEST(Withheld, APolicyMayBeStricter) {
  EXPECT_EQ(withheld(12, 29, false, {.min_base = 30}), Withheld::base);
  EXPECT_EQ(withheld(9, 60, true, {.sensitive_low = 9}), Withheld::sensitive);
}

}  // namespace enkat::disclosure_test
