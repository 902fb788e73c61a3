#include "enkat/basics/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace enkat::random_test {

using Words = std::array<std::uint32_t, 4>;

// Known answers that the authors of Philox publish with Random123 (kat_vectors, philox4x32 10).
TEST(Random, PhiloxGivesThePublishedAnswers) {
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  constexpr std::uint32_t f = 0xffffffff;
  EXPECT_EQ(philox({f, f, f, f}, {f, f}), (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, EveryPartOfTheNameOfADrawMatters) {
  const std::uint64_t bits = random_bits(1, 2, 3, 4);
  EXPECT_EQ(bits, random_bits(1, 2, 3, 4));
  for (const std::uint64_t other :
       {random_bits(2, 2, 3, 4), random_bits(1, 3, 3, 4), random_bits(1, 2, 4, 4), random_bits(1, 2, 3, 5),
        random_bits((std::uint64_t{1} << 32) + 1, 2, 3, 4), random_bits(1, 2, (std::uint64_t{1} << 32) + 3, 4)})
    EXPECT_NE(bits, other);
}

// Chi-square with 6 degrees of freedom: 22.46 is passed once in a thousand seeds.
TEST(Random, EveryNumberBelowSevenIsEquallyLikely) {
  constexpr std::size_t draws = 70'000;
  std::vector<double> seen(7, 0);
  RandomDraws random(20, 1, 5);
  for (std::size_t i = 0; i < draws; ++i) ++seen[random.below(7)];
  double chi_square = 0;
  for (const double n : seen) chi_square += (n - 10'000) * (n - 10'000) / 10'000;
  EXPECT_LT(chi_square, 22.46);
}

// Of numbers below 2^64 − 2^62 plain remainders would give a third twice as often as the rest: half, not a third.
TEST(Random, LargeNumbersAreNotBiasedByTheRemainder) {
  const std::uint64_t n = 0xC000000000000000;
  double low = 0;
  constexpr int draws = 30'000;
  RandomDraws random(7, 0, 0);
  for (int i = 0; i < draws; ++i) low += random.below(n) < n / 3;
  EXPECT_NEAR(low / draws, 1.0 / 3, 4 * std::sqrt(2.0 / 9 / draws));
}

}  // namespace enkat::random_test
