#include "enkat/report/numeral.hpp"

#include <gtest/gtest.h>

namespace enkat::numeral_test {

// The number that all of `text` is, or -1.
std::int64_t whole(std::string_view text, Language language) {
  const auto words = words_of(text, language);
  const auto found = whole_number_at(words, 0, lexicon(language));
  return found && found.words == words.size() ? found.meaning : -1;
}
std::int64_t sv(std::string_view text) { return whole(text, Language::sv); }
std::int64_t en(std::string_view text) { return whole(text, Language::en); }

TEST(WholeNumber, IsReadFromDigits) {
  EXPECT_EQ(sv("1 473"), 1473);
  EXPECT_EQ(en("1,473"), 1473);
  EXPECT_EQ(sv("2 miljoner"), 2'000'000);
  EXPECT_EQ(en("5 thousand"), 5'000);
  EXPECT_EQ(sv("999 999 999"), 999'999'999);
}

TEST(WholeNumber, IsReadFromWords) {
  EXPECT_EQ(sv("noll"), 0);
  EXPECT_EQ(sv("sexton"), 16);
  EXPECT_EQ(sv("tjugotre"), 23);
  EXPECT_EQ(sv("nittionio"), 99);
  EXPECT_EQ(sv("hundra"), 100);
  EXPECT_EQ(sv("etthundra"), 100);
  EXPECT_EQ(sv("ett hundra fem"), 105);
  EXPECT_EQ(sv("tvåhundrafemtiotre"), 253);
  EXPECT_EQ(sv("tolvhundra"), 1200);
  EXPECT_EQ(sv("ettusenfyrahundrasjuttiotre"), 1473);
  EXPECT_EQ(sv("tre tusen sju"), 3007);
  EXPECT_EQ(sv("en miljon tvåhundratusen"), 1'200'000);
  EXPECT_EQ(en("twenty-three"), 23);
  EXPECT_EQ(en("twenty three"), 23);
  EXPECT_EQ(en("a hundred"), 100);
  EXPECT_EQ(en("two hundred and five"), 205);
  EXPECT_EQ(en("one thousand four hundred and seventy-three"), 1473);
  EXPECT_EQ(en("a million"), 1'000'000);
}

TEST(WholeNumber, IsNothingThatIsNoNumber) {
  for (const char* text : {"två tre", "tjugo tio", "noll fem", "fem noll", "hundra tusen tusen", "tvåan", "tiotal",
                           "sexhundratals", "12345678901", "8,5"})
    EXPECT_EQ(sv(text), -1) << text;
  for (const char* text : {"a", "a two", "three twenty", "one and two", "five-six", "twenty-eleven", "tenth"})
    EXPECT_EQ(en(text), -1) << text;
}

TEST(DecimalNumber, KnowsHalves) {
  const auto decimal = [](std::string_view text, Language language) {
    const auto found = decimal_at(words_of(text, language), 0, lexicon(language));
    return std::pair{found.meaning.digits, found.meaning.decimals};
  };
  EXPECT_EQ(decimal("en halv", Language::sv), (std::pair<std::int64_t, int>{5, 1}));
  EXPECT_EQ(decimal("två och en halv", Language::sv), (std::pair<std::int64_t, int>{25, 1}));
  EXPECT_EQ(decimal("2½", Language::sv), (std::pair<std::int64_t, int>{25, 1}));
  EXPECT_EQ(decimal("8,25", Language::sv), (std::pair<std::int64_t, int>{825, 2}));
  EXPECT_EQ(decimal("one and a half", Language::en), (std::pair<std::int64_t, int>{15, 1}));
}

}  // namespace enkat::numeral_test
