#include "enkat/report/natural_frequency.hpp"

#include <gtest/gtest.h>

#include "enkat/basics/error.hpp"

namespace enkat::natural_frequency_test {

TEST(NaturalFrequency, IsTheNearestSpokenFraction) {
  EXPECT_EQ(natural_frequency(904, 1000, Language::sv).phrase, "9 av 10");
  EXPECT_EQ(natural_frequency(904, 1000, Language::en).phrase, "9 in 10");
  EXPECT_EQ(natural_frequency(74, 100, Language::sv).phrase, "3 av 4");
  EXPECT_EQ(natural_frequency(34, 100, Language::sv).phrase, "1 av 3");
  EXPECT_EQ(natural_frequency(40, 100, Language::sv).phrase, "4 av 10");
  EXPECT_EQ(natural_frequency(51, 100, Language::sv).phrase, "hälften");
}

TEST(NaturalFrequency, TheEndsAreExactOrSaidInWords) {
  EXPECT_EQ(natural_frequency(0, 50, Language::sv).phrase, "ingen");
  EXPECT_EQ(natural_frequency(1, 50, Language::sv).phrase, "färre än 1 av 10");
  EXPECT_EQ(natural_frequency(49, 50, Language::sv).phrase, "nästan alla");
  EXPECT_EQ(natural_frequency(50, 50, Language::en).phrase, "all");
}

TEST(NaturalFrequency, HasThePeopleToDraw) {
  EXPECT_EQ(natural_frequency(39, 100, Language::sv).number, 4);
  EXPECT_EQ(natural_frequency(74, 100, Language::sv).of, 4);
}

TEST(TruePhrase, ReadsBackAsCoveringItsShare) {
  for (const Policy policy : {Policy::sv_press, Policy::strict, Policy::nearest})
    for (const Language language : {Language::sv, Language::en})
      for (const std::int64_t n : {1, 7, 12, 60, 200, 1473})
        for (std::int64_t count = 0; count <= n; ++count) {
          const std::string phrase = true_phrase(count, n, policy, language);
          EXPECT_TRUE(read_phrase(phrase, policy, language).contains(count, n))
              << count << " of " << n << ": " << phrase;
        }
}

TEST(TruePhrase, UnderTheStrictPolicyFallsBackOnPercents) {
  EXPECT_EQ(true_phrase(86, 100, Policy::strict, Language::sv), "86 procent");
  EXPECT_EQ(true_phrase(86, 100, Policy::sv_press, Language::sv), "9 av 10");
}

TEST(NaturalFrequency, NeedsABase) { EXPECT_THROW(natural_frequency(0, 0, Language::sv), EstimateError); }

}  // namespace enkat::natural_frequency_test
