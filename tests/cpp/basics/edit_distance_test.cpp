#include "enkat/basics/edit_distance.hpp"

#include <gtest/gtest.h>

namespace enkat::edit_distance_test {

TEST(EditDistance, CountsWhatIsInsertedLeftOutAndChanged) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("percent", "procent"), 2u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
}

}  // namespace enkat::edit_distance_test
