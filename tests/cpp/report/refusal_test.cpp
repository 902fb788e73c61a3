#include "enkat/report/refusal.hpp"

#include <gtest/gtest.h>

#include "enkat/basics/error.hpp"
#include "enkat/report/phrase.hpp"

namespace enkat::refusal_test {

std::string refused(std::string_view text, Language language = Language::sv) {
  try {
    read_phrase(text, Policy::sv_press, language);
  } catch (const ReportError& error) {
    EXPECT_EQ(error.code, "report.phrase_unknown") << text;
    return error.what();
  }
  return "understood";
}

bool says(const std::string& message, std::string_view part) { return message.find(part) != message.npos; }

TEST(RefusePhrase, NamesTheWordsThatAreNotUnderstood) {
  EXPECT_TRUE(says(refused("50 procent bättre"), "'bättre' of '50 procent bättre' is not understood"));
  EXPECT_TRUE(says(refused("half of many", Language::en), "'many' of 'half of many' is not understood"));
  EXPECT_TRUE(says(refused("fler kvinnor än 12"), "'12' of 'fler kvinnor än 12' is not understood"));
  EXPECT_TRUE(says(refused("tre gånger"), "compares, but says not what is more, less or as much"));
  EXPECT_TRUE(says(refused("många"), "states no share"));
  EXPECT_TRUE(says(refused("140 procent"), "nothing can be '140 procent'"));
}

TEST(RefusePhrase, SaysWhatTheyCouldHaveBeen) {
  for (const auto& [text, near] : std::vector<std::pair<const char*, const char*>>{
           {"50 procentenheter", "'50 procentenheter fler' or '50 procent'"},
           {"50 procent bättre", "'50 procent'"},
           {"dubbel så många", "'dubbelt så många'"},
           {"halften", "'hälften'"},
           {"en ren majoritet", "'en majoritet'"},
           {"9 ac 10", "'9 av 10'"},
           {"drygt halften", "'drygt hälften'"},
           {"hälften av många", "'hälften'"}})
    EXPECT_TRUE(says(refused(text), std::string("could have been ") + near)) << refused(text);
  EXPECT_TRUE(says(refused("half as meny", Language::en), "could have been 'half as many'"));
  EXPECT_TRUE(says(refused("tre gånger vanligare"),
                   "may mean as many times or once more; it could have been "
                   "'tre gånger så vanligt'"));
  EXPECT_TRUE(says(refused("three times more likely", Language::en), "could have been 'three times as likely'"));
  EXPECT_TRUE(says(refused("10 procentenheter"), "could have been '10 procentenheter fler'"));
  EXPECT_TRUE(says(refused("5000 gånger så många"), "nothing can be '5000 gånger så många'"));
  EXPECT_FALSE(says(refused("5000 gånger så många"), "could have been '5000"));
  EXPECT_TRUE(says(refused("tre gånger"), "could have been 'tre gånger så många'"));
  EXPECT_TRUE(says(refused("i stor utsträckning"), "or to compare two groups or answers dubbelt så många"));
}

TEST(RefusePhrase, ProposesWholeWords) {
  EXPECT_TRUE(says(refused("40-odd percent", Language::en), "could have been '40 percent'"));
  EXPECT_FALSE(says(refused("3:e"), "could have been"));
  EXPECT_FALSE(says(refused("hälften av 40 procent"), "'hälften av'"));
}

TEST(RefusePhrase, NeverProposesWhatItWouldRefuse) {
  for (const char* text : {"en stor klick", "två tredjedelars majoritet", "9 av 10 och 8 av 10"}) {
    const std::string message = refused(text);
    for (std::size_t at = message.find(" or '"); at != message.npos; at = message.find(" or '", at + 1)) {
      const std::size_t from = at + 5;
      EXPECT_EQ(refused(message.substr(from, message.find('\'', from) - from)), "understood") << message;
    }
  }
}

TEST(RefusePhrase, SaysThatWordsAreOfTheOtherLanguage) {
  EXPECT_TRUE(says(refused("50 percent"), "'50 percent' is English")) << refused("50 percent");
  EXPECT_TRUE(says(refused("50 percent"), "'50 procent'"));
  EXPECT_TRUE(says(refused("more than half"), "is English"));
  EXPECT_TRUE(says(refused("50 people"), "is English"));
  EXPECT_TRUE(says(refused("mer än hälften", Language::en), "is Swedish"));
}

TEST(RefusePhrase, SurvivesLongAndBrokenText) {
  EXPECT_NE(refused(std::string(5000, 'a')), "understood");
  std::string long_text;
  for (int i = 0; i < 500; ++i) long_text += "nio av ";
  EXPECT_NE(refused(long_text), "understood");
  EXPECT_NE(refused("9 av 10 \xE2\x80"), "understood");
}

}  // namespace enkat::refusal_test
