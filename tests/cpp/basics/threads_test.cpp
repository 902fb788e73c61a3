#include "enkat/basics/threads.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace enkat::threads_test {

TEST(Threads, AreAsManyAsTheEnvironmentSays) {
  setenv("ENKAT_THREADS", "3", 1);
  EXPECT_EQ(threads_allowed(), 3U);
  unsetenv("ENKAT_THREADS");
}

TEST(Threads, AreAtLeastOneWhateverTheEnvironmentSays) {
  for (const char* wrong : {"", "0", "-2", "many"}) {
    setenv("ENKAT_THREADS", wrong, 1);
    EXPECT_GE(threads_allowed(), 1U) << wrong;
  }
  unsetenv("ENKAT_THREADS");
  EXPECT_GE(threads_allowed(), 1U);
}

}  // namespace enkat::threads_test
