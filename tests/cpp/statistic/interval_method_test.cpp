#include "enkat/statistic/interval_method.hpp"

#include <gtest/gtest.h>

#include "enkat/basics/error.hpp"

namespace enkat::interval_method_test {

TEST(IntervalMethod, AMisspeltNameSuggestsTheNearest) {
  try {
    named<IntervalMethod>("wilsn");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.code, "usage.unknown_interval");
    EXPECT_NE(std::string(error.what()).find("'wilson'"), std::string::npos);
  }
}

}  // namespace enkat::interval_method_test
