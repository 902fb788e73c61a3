#include "enkat/report/phrase.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "enkat/basics/error.hpp"
#include "enkat/basics/json.hpp"
#include "tests/cpp/cases_folder.hpp"

namespace enkat::phrase_test {

Phrase sv(std::string_view text, Policy policy = Policy::sv_press, int step = 1) {
  return read_phrase(text, policy, Language::sv, step);
}
Phrase en(std::string_view text) { return read_phrase(text, Policy::sv_press, Language::en); }

void expect_covers(const Phrase& phrase, Rational low, Rational high) {
  EXPECT_EQ(phrase.cover.low, low) << phrase.text << " from " << phrase.cover.low.value();
  EXPECT_EQ(phrase.cover.high, high) << phrase.text << " to " << phrase.cover.high.value();
}

TEST(ReadPhrase, TenthsCoverFivePointsEachWay) {
  for (const char* text : {"9 av 10", "Nio av tio", "nio av 10", "9 av tio",
                           "9\xC2\xA0"
                           "av 10",
                           "9 av 10 socialsekreterare"})
    expect_covers(sv(text), {85, 100}, {95, 100});
  for (const char* text : {"9 out of 10", "nine in ten", "Nine out of ten", "9 of 10", "9 in 10"})
    expect_covers(en(text), {85, 100}, {95, 100});
  expect_covers(sv("8 av 10"), {75, 100}, {85, 100});
  EXPECT_EQ(sv("9 av 10").kind, PhraseKind::share);
}

TEST(ReadPhrase, OtherFractionsAreCappedAtFivePoints) {
  for (const char* text : {"3 av 4", "Tre av fyra", "tre fjärdedelar"}) expect_covers(sv(text), {70, 100}, {80, 100});
  for (const char* text : {"3 out of 4", "three in four", "three quarters", "three-quarters"})
    expect_covers(en(text), {70, 100}, {80, 100});
  for (const char* text : {"var tredje", "en tredjedel", "1 av 3", "en av tre"})
    expect_covers(sv(text), Rational(1, 3) - Rational(1, 20), Rational(1, 3) + Rational(1, 20));
  for (const char* text : {"every third", "a third", "one third", "one in three"})
    expect_covers(en(text), Rational(1, 3) - Rational(1, 20), Rational(1, 3) + Rational(1, 20));
  expect_covers(sv("två tredjedelar"), Rational(2, 3) - Rational(1, 20), Rational(2, 3) + Rational(1, 20));
  expect_covers(sv("8 av 100"), {75, 1000}, {85, 1000});
  for (const char* text : {"hälften", "varannan", "var annan", "1 av 2"}) expect_covers(sv(text), {45, 100}, {55, 100});
  for (const char* text : {"half", "every second", "one in two"}) expect_covers(en(text), {45, 100}, {55, 100});
}

TEST(ReadPhrase, TheStrictPolicyHalvesTheWidth) {
  expect_covers(sv("9 av 10", Policy::strict), {875, 1000}, {925, 1000});
  expect_covers(sv("3 av 4", Policy::strict), {725, 1000}, {775, 1000});
  expect_covers(sv("hälften", Policy::strict), {475, 1000}, {525, 1000});
  expect_covers(sv("de flesta", Policy::strict), {6, 10}, 1);
  expect_covers(sv("merparten", Policy::strict), {6, 10}, 1);
  expect_covers(sv("8–9 av 10", Policy::strict), {775, 1000}, {925, 1000});
}

TEST(ReadPhrase, TheNearestPolicyDividesTheScaleAmongSpokenFractions) {
  expect_covers(sv("3 av 4", Policy::nearest), {725, 1000}, {775, 1000});
  expect_covers(sv("9 av 10", Policy::nearest), {85, 100}, {95, 100});
  expect_covers(sv("2 av 3", Policy::nearest), (Rational(6, 10) + Rational(2, 3)) * Rational(1, 2),
                (Rational(2, 3) + Rational(7, 10)) * Rational(1, 2));
}

TEST(ReadPhrase, TheEndsOfTheScaleAreInside) {
  EXPECT_TRUE(sv("10 av 10").contains(40, 40));
  expect_covers(sv("10 av 10"), {95, 100}, 1);
  EXPECT_TRUE(sv("0 av 10").contains(0, 40));
  EXPECT_TRUE(sv("100 procent").contains(40, 40));
  EXPECT_TRUE(sv("alla").contains(40, 40));
  EXPECT_FALSE(sv("alla").contains(39, 40));
  EXPECT_TRUE(sv("ingen").contains(0, 40));
}

TEST(ReadPhrase, IntervalsAreHalfOpenAndComparedInIntegers) {
  const Phrase nine = sv("9 av 10");
  EXPECT_TRUE(nine.contains(17, 20));   // exactly .85
  EXPECT_FALSE(nine.contains(19, 20));  // exactly .95
  EXPECT_FALSE(nine.contains(849999999, 1000000000));
  EXPECT_TRUE(sv("29 procent").contains(57, 200));  // 28.5 per cent exactly
  EXPECT_FALSE(sv("28 procent").contains(57, 200));
}

TEST(ReadPhrase, PercentsCoverHalfAUnitOfTheirLastDigit) {
  for (const char* text : {"40 procent", "40 %", "40%", "40\xC2\xA0%"})
    expect_covers(sv(text), {395, 1000}, {405, 1000});
  for (const char* text : {"8 per cent", "8 percent", "8%", "eight per cent"})
    expect_covers(en(text), {75, 1000}, {85, 1000});
  expect_covers(sv("12,5 procent"), {1245, 10000}, {1255, 10000});
  expect_covers(en("12.5 per cent"), {1245, 10000}, {1255, 10000});
  EXPECT_EQ(sv("40 procent").kind, PhraseKind::percent);
  for (const char* text : {"40–45 procent", "mellan 40 och 45 procent", "40 till 45 procent"})
    expect_covers(sv(text), {395, 1000}, {455, 1000});
  expect_covers(en("between 40 and 45 per cent"), {395, 1000}, {455, 1000});
}

TEST(ReadPhrase, WhereADocumentRoundsToFiveOrTenItsPercentsAreThatWide) {
  EXPECT_EQ(percent_step("Först 40 procent, sedan 23 procent och 8 procent.", Language::sv), 1);
  EXPECT_EQ(percent_step("Först 40 procent, sedan 25 procent, 9 av 10.", Language::sv), 5);
  EXPECT_EQ(percent_step("40 per cent and 30 per cent", Language::en), 10);
  expect_covers(sv("40 procent", Policy::sv_press, 5), {375, 1000}, {425, 1000});
  expect_covers(sv("40 procent", Policy::sv_press, 10), {35, 100}, {45, 100});
  expect_covers(sv("40 procent", Policy::strict, 10), {395, 1000}, {405, 1000});
}

TEST(ReadPhrase, ThresholdsAreOneSided) {
  for (const char* text : {"mer än hälften", "över hälften", "majoriteten", "de flesta", "Mer än hälften av"}) {
    const Phrase phrase = sv(text);
    EXPECT_EQ(phrase.kind, PhraseKind::threshold) << text;
    EXPECT_FALSE(phrase.contains(10, 20)) << text;
    EXPECT_TRUE(phrase.contains(11, 20)) << text;
    EXPECT_TRUE(phrase.contains(20, 20)) << text;
  }
  for (const char* text : {"more than half", "over half", "the majority", "most of", "most"})
    EXPECT_FALSE(en(text).contains(10, 20)) << text;
  EXPECT_TRUE(sv("minst 9 av 10").contains(9, 10));
  EXPECT_TRUE(sv("9 av 10 eller fler").contains(10, 10));
  EXPECT_FALSE(sv("färre än 1 av 10").contains(1, 10));
  EXPECT_TRUE(sv("nästan alla").contains(9, 10));
  EXPECT_TRUE(sv("få").contains(1, 10));
  EXPECT_FALSE(en("less than half").contains(1, 2));
}

TEST(ReadPhrase, HedgesMoveOrWidenTheInterval) {
  for (const char* text : {"nästan hälften", "knappt hälften"}) expect_covers(sv(text), {45, 100}, {50, 100});
  expect_covers(sv("drygt hälften"), {50, 100}, {55, 100});
  EXPECT_TRUE(sv("drygt hälften").contains(1, 2));
  EXPECT_FALSE(sv("strax över hälften").contains(1, 2));
  EXPECT_TRUE(sv("knappt hälften").contains(9, 20));
  EXPECT_FALSE(sv("knappt hälften").contains(1, 2));
  for (const char* text : {"ungefär 40 procent", "cirka 40 procent", "ca 40 procent", "omkring 40 procent"})
    expect_covers(sv(text), {38, 100}, {42, 100});
  expect_covers(sv("ungefär 9 av 10"), {85, 100}, {95, 100});
  expect_covers(en("nearly 40 per cent"), {35, 100}, {40, 100});
  expect_covers(en("about a third"), Rational(1, 3) - Rational(1, 20), Rational(1, 3) + Rational(1, 20));
}

TEST(ReadPhrase, RanksSayAmongHowManyFirst) {
  for (const char* text :
       {"främst", "den främsta", "Den främsta konsekvensen", "viktigast", "den primära faktorn", "det vanligaste"}) {
    EXPECT_EQ(sv(text).kind, PhraseKind::rank) << text;
    EXPECT_EQ(sv(text).top, 1) << text;
  }
  EXPECT_EQ(sv("Två av de viktigaste faktorerna").top, 2);
  EXPECT_EQ(sv("de tre viktigaste").top, 3);
  EXPECT_EQ(sv("två av de tre viktigaste").top, 3);
  EXPECT_TRUE(sv("de tre viktigaste").top_stated);
  EXPECT_TRUE(sv("två av de tre viktigaste").top_stated);
  EXPECT_FALSE(sv("två av de viktigaste").top_stated);
  EXPECT_EQ(en("two of the most important").top, 2);
  EXPECT_EQ(en("the most common").top, 1);
  EXPECT_EQ(en("the main consequence").top, 1);
}

TEST(ReadPhrase, CountsAreExact) {
  for (const char* text : {"1 473", "1473",
                           "1\xC2\xA0"
                           "473",
                           "1\xE2\x80\x89"
                           "473 personer",
                           "1473 svar"}) {
    const Phrase phrase = sv(text);
    EXPECT_EQ(phrase.kind, PhraseKind::count) << text;
    EXPECT_TRUE(phrase.contains(1473)) << text;
    EXPECT_FALSE(phrase.contains(1472)) << text;
  }
  EXPECT_TRUE(en("1,473").contains(1473));
  EXPECT_TRUE(sv("drygt 1 400").contains(1473 - 10));
  EXPECT_FALSE(sv("mer än 1 473").contains(1473));
  EXPECT_TRUE(sv("tre").contains(3));
}

TEST(ReadPhrase, WordsWithoutContentAreNoted) {
  EXPECT_EQ(sv("hela 9 av 10").lint, std::vector<std::string>{"INTENS"});
  EXPECT_EQ(en("as many as 9 in 10").lint, std::vector<std::string>{"INTENS"});
  const Phrase up_to = sv("upp till 9 av 10");
  EXPECT_EQ(up_to.lint, std::vector<std::string>{"UPTO"});
  EXPECT_TRUE(up_to.contains(1, 10));
}

TEST(ReadPhrase, WhatItCannotReadIsRefusedWithExamples) {
  for (const char* text :
       {"", "många", "i stor utsträckning", "11 av 10", "140 procent", "9 av 10 till 10 av 10", "inte"}) {
    try {
      sv(text);
      ADD_FAILURE() << text;
    } catch (const ReportError& error) {
      EXPECT_EQ(error.code, "report.phrase_unknown");
      EXPECT_NE(std::string(error.what()).find("mer än hälften"), std::string::npos);
    }
  }
}

// tests/cpp/report/phrases: what is understood, with its kind, ends and whether they are inside ("[)"), and what is
// not.
Json table(const std::string& language) {
  std::ifstream file(testing::cases_folder().parent_path() / "cpp" / "report" / "phrases" / (language + ".json"));
  return Json::parse(file);
}

Rational rational(const std::string& text) {
  const std::size_t slash = text.find('/');
  return {std::stoll(text), slash == text.npos ? 1 : std::stoll(text.substr(slash + 1))};
}

bool covers(const Phrase& phrase, Rational value) { return phrase.contains(value.numerator, value.denominator); }

TEST(PhraseTable, WhatIsUnderstoodCoversWhatItSaysWithItsEnds) {
  constexpr Rational little{1, 1'000'000};
  std::set<std::string> texts;
  for (const std::string name : {"sv", "en"}) {
    const Language language = named<Language>(name);
    const Json rows = table(name)["understood"];
    for (const Json& row : rows) {
      const std::string text = row[0], ends = row[4];
      SCOPED_TRACE(name + ": " + text);
      texts.insert(text);
      const Rational low = rational(row[2]), high = rational(row[3]);
      Phrase phrase;
      ASSERT_NO_THROW(phrase = read_phrase(text, Policy::sv_press, language));
      EXPECT_EQ(name_of(phrase.kind), row[1].get<std::string>());
      expect_covers(phrase, low, high);
      EXPECT_EQ(covers(phrase, low), ends[0] == '[');
      EXPECT_EQ(covers(phrase, high), ends[1] == ']');
      EXPECT_FALSE(covers(phrase, low - little));
      EXPECT_FALSE(covers(phrase, high + little));
      EXPECT_EQ(covers(phrase, low + little), low < high);
      EXPECT_EQ(covers(phrase, high - little), low < high);
    }
  }
  EXPECT_GT(texts.size(), 350u);
}

TEST(PhraseTable, WhatIsNotUnderstoodIsRefused) {
  for (const std::string name : {"sv", "en"}) {
    const Json rows = table(name)["refused"];
    for (const Json& row : rows) {
      const std::string text = row;
      try {
        read_phrase(text, Policy::sv_press, named<Language>(name));
        ADD_FAILURE() << name << ": " << text << " is understood";
      } catch (const ReportError& error) {
        EXPECT_EQ(error.code, "report.phrase_unknown");
      }
    }
  }
}

TEST(LanguageOf, IsTheOneThatThePhraseIsIn) {
  EXPECT_EQ(language_of("more than half"), Language::en);
  EXPECT_EQ(language_of("mer än hälften"), Language::sv);
  EXPECT_EQ(language_of("40 %"), Language::sv);
  EXPECT_EQ(language_of("ordlös"), Language::sv);
}

}  // namespace enkat::phrase_test
