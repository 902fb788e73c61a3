#include "enkat/report/words.hpp"

#include <gtest/gtest.h>

namespace enkat::words_test {

TEST(WordsOf, LowersSwedishLetters) {
  const auto words = words_of("ÅÄÖ Éva", Language::sv);
  EXPECT_EQ(words[0].text, "åäö");
  EXPECT_EQ(words[1].text, "éva");
}

TEST(WordsOf, ReadsThousandsAndDecimalsAsTheLanguageWritesThem) {
  EXPECT_EQ(words_of("1 473", Language::sv)[0].digits, 1473);
  EXPECT_EQ(words_of("1\xC2\xA0"
                     "473\xE2\x80\xAF"
                     "000",
                     Language::sv)[0]
                .digits,
            1473000);
  EXPECT_EQ(words_of("1,473", Language::en)[0].digits, 1473);
  EXPECT_EQ(words_of("1,5", Language::sv)[0].decimals, 1);
  EXPECT_EQ(words_of("12.55", Language::en)[0].decimals, 2);
  EXPECT_EQ(words_of("9 100 st", Language::sv)[0].digits, 9100);
}

TEST(WordsOf, KeepsPlacesInTheText) {
  const std::string text = "”Nästan–40 %”";
  for (const Word& word : words_of(text, Language::sv)) EXPECT_LE(word.offset + word.length, text.size());
  EXPECT_EQ(words_of(text, Language::sv).size(), 6u);
}

TEST(WordsOf, LeavesSoftHyphensOut) { EXPECT_EQ(words_of("hälf\xC2\xADten", Language::sv)[0].text, "hälften"); }

TEST(WordsOf, KnowsFootnoteMarksThatLostTheirSuperscript) {
  const auto words = words_of("omhändertas.3 Sedan", Language::sv);
  EXPECT_TRUE(words[2].glued);
  EXPECT_FALSE(words_of("slut. 3 till", Language::sv)[2].glued);
  EXPECT_FALSE(words_of("(3 av 4)", Language::sv)[1].glued);
}

TEST(WordsOf, SurvivesBrokenText) {
  EXPECT_NO_THROW(words_of("abc\xC3", Language::sv));
  EXPECT_NO_THROW(words_of("\xE2\x80", Language::sv));
  EXPECT_TRUE(words_of("", Language::sv).empty());
}

}  // namespace enkat::words_test
