#include <gtest/gtest.h>

#include "tests/cpp/mutated.hpp"
#include "tests/cpp/sent.hpp"
#include "tests/fuzz/design.hpp"

namespace enkat::hostile_design_test {

TEST(HostileStates, OfAPassEndInAStateOrACodedError) {
  auto seen = fuzz::pass();
  NoMonitor nobody;
  seen.see(fuzz::people(), nobody);
  const std::string whole = seen.bytes();
  testing::try_inputs("pass_bytes", [&](const std::string& bytes) {
    fuzz::pass_bytes(bytes);
    EXPECT_EQ(bytes, whole) << "a checksum that fits other bytes";
  });
}

TEST(HostileStates, WithAChecksumThatFitsEndInAStateOrACodedError) {
  testing::try_inputs("drawn_rows", fuzz::drawn_rows);
  testing::try_inputs("facts", fuzz::facts);
}

}  // namespace enkat::hostile_design_test
