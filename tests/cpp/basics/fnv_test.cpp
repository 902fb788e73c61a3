#include "enkat/basics/fnv.hpp"

#include <gtest/gtest.h>

namespace enkat::fnv_test {

std::uint64_t of(std::string_view bytes) {
  Fnv fnv;
  fnv.add(bytes);
  return fnv.hash();
}

// The test vectors of the draft, appendix C.
TEST(Fnv, IsThatOfThePublishedVectors) {
  EXPECT_EQ(of(""), 0xcbf29ce484222325ULL);
  EXPECT_EQ(of("a"), 0xaf63dc4c8601ec8cULL);
  EXPECT_EQ(of("foobar"), 0x85944171f73967e8ULL);
}

}  // namespace enkat::fnv_test
