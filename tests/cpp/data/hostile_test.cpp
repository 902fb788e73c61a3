#include <gtest/gtest.h>

#include "tests/cpp/mutated.hpp"
#include "tests/fuzz/data.hpp"

namespace enkat::hostile_data_test {

TEST(HostileArrow, EndsInATableOrACodedError) {
  testing::try_inputs("arrow", fuzz::arrow);
  EXPECT_EQ(test::Source::alive, 0);
}

}  // namespace enkat::hostile_data_test
