#include "enkat/basics/joined.hpp"

#include <gtest/gtest.h>

namespace enkat::joined_test {

TEST(Joined, TextsStandOneAfterAnother) {
  EXPECT_EQ(joined({}), "");
  EXPECT_EQ(joined({"a"}), "a");
  EXPECT_EQ(joined({"a", "", "b"}), "a, , b");
  EXPECT_EQ(quoted({"a", "b"}, " or "), "'a' or 'b'");
}

TEST(Joined, OfManyTheFirstAreNamedAndAllAreCounted) {
  EXPECT_EQ(joined({"a", "b"}, ";", 2), "a;b");
  EXPECT_EQ(joined({"a", "b", "c"}, ";", 2), "a;b … (3 in all)");
  EXPECT_EQ(quoted({"a", "b", "c"}, ", ", 1), "'a' … (3 in all)");
}

}  // namespace enkat::joined_test
