#include "enkat/basics/bytes.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace enkat::bytes_test {

TEST(Bytes, AreReadInTheOrderTheyWereWritten) {
  ByteWriter out;
  out.put(std::int64_t{-7});
  out.put(std::string_view("åäö\0x", 8));
  out.put(std::vector<double>{0.1, -0.0});
  out.put(true);
  ByteReader in(out.bytes());
  EXPECT_EQ(in.get<std::int64_t>(), -7);
  EXPECT_EQ(in.text(), std::string_view("åäö\0x", 8));
  const auto values = in.list<double>();
  ASSERT_EQ(values.size(), 2U);
  EXPECT_EQ(values[0], 0.1);
  EXPECT_TRUE(std::signbit(values[1]));
  EXPECT_TRUE(in.get<bool>());
  EXPECT_TRUE(in.at_end());
}

TEST(Bytes, CutShortAnywhereAreRefused) {
  ByteWriter out;
  out.put(std::string_view("stratum"));
  out.put(std::vector<std::int64_t>{1, 2, 3});
  for (std::size_t size = 0; size < out.bytes().size(); ++size) {
    ByteReader in(std::string_view(out.bytes()).substr(0, size));
    EXPECT_THROW((in.text(), in.list<std::int64_t>()), EstimateError) << size;
  }
}

// A length that damage made enormous must not be believed.
TEST(Bytes, AListLongerThanTheBytesIsRefusedBeforeMemoryIsTaken) {
  ByteWriter out;
  out.put(std::size_t{1} << 60);
  ByteReader in(out.bytes());
  EXPECT_THROW(in.list<double>(), EstimateError);
}

}  // namespace enkat::bytes_test
