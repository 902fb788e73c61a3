#include "enkat/report/unbound.hpp"

#include <gtest/gtest.h>

namespace enkat::unbound_test {

using Found = std::vector<std::pair<std::string, std::string>>;

Found pairs(const std::vector<TextFinding>& findings) {
  Found result;
  for (const TextFinding& f : findings) result.emplace_back(f.text, f.kind);
  return result;
}
Found sv(std::string_view text) { return pairs(find_unbound(text, Language::sv)); }
Found en(std::string_view text) { return pairs(find_unbound(text, Language::en)); }

TEST(FindUnbound, SeesSharesPercentsThresholdsRanksAndNumbers) {
  EXPECT_EQ(sv("Av de svarande uppger hela 9 av 10 att de och 40 procent att."),
            (Found{{"hela 9 av 10", "share"}, {"40 procent", "percent"}}));
  EXPECT_EQ(sv("Samtidigt svarar mer än hälften att det inte finns tid, och de flesta håller med."),
            (Found{{"mer än hälften", "threshold"}, {"de flesta", "threshold"}}));
  EXPECT_EQ(sv("Den främsta konsekvensen och två av de viktigaste faktorerna"),
            (Found{{"Den främsta", "rank"}, {"två av de viktigaste", "rank"}}));
  EXPECT_EQ(sv("Totalt svarade 1 473 personer"), (Found{{"1 473", "count"}}));
  EXPECT_EQ(sv("Var tredje, en tredjedel och varannan"),
            (Found{{"Var tredje", "share"}, {"en tredjedel", "share"}, {"varannan", "share"}}));
  EXPECT_EQ(en("Nine in ten, more than half, 8 per cent, the main reason and 1,473 answers"),
            (Found{{"Nine in ten", "share"},
                   {"more than half", "threshold"},
                   {"8 per cent", "percent"},
                   {"the main", "rank"},
                   {"1,473", "count"}}));
}

TEST(FindUnbound, SeesComparisonsThatSayHowMuchOrOfWhom) {
  EXPECT_EQ(sv("Dubbelt så många kvinnor som män, 10 procentenheter fler och 20 procent färre."),
            (Found{{"Dubbelt så många", "comparison"},
                   {"10 procentenheter fler", "comparison"},
                   {"20 procent färre", "comparison"}}));
  EXPECT_EQ(sv("Det är vanligare bland kvinnor än bland män."),
            (Found{{"vanligare bland kvinnor än bland män", "comparison"}}));
  EXPECT_EQ(en("It is three times as common, and more common among women than among men."),
            (Found{{"three times as common", "comparison"}, {"more common among women than among men", "comparison"}}));
  for (const char* text : {"Fler insatser behövs, och det blir vanligare.", "tre gånger i veckan", "mer än tidigare"})
    EXPECT_EQ(sv(text), Found{}) << text;
}

TEST(FindUnbound, LeavesYearsDatesFootnotesAndReferencesAlone) {
  for (const char* text :
       {"sedan december 2021", "31 mars till 9 maj 2023", "31 mars–9 maj 2023", "2023-03-31",
        "barnen omhändertas.3 Sedan", "LVU1-kampanjen", "text[^1]", "enligt 5 kap. eller kapitel 5 och 3 §", "fråga 7",
        "klockan 9:30", "under 2023", "9–12 maj"})
    EXPECT_EQ(sv(text), Found{}) << text;
  for (const char* text : {"from 31 March to 9 May 2023", "on March 31, 2023", "Table 3", "page 12"})
    EXPECT_EQ(en(text), Found{}) << text;
}

TEST(FindUnbound, LeavesQuotationsAndQuestionsAlone) {
  EXPECT_EQ(sv("Frågan var ”Vad tror du är de tre viktigaste faktorerna?” och 9 av 10"), (Found{{"9 av 10", "share"}}));
  EXPECT_EQ(sv("Frågan som ställdes var: Vilka tre är de viktigaste?\nMer än hälften"),
            (Found{{"Mer än hälften", "threshold"}}));
  EXPECT_EQ(en("They said \"9 in 10\" but 8 in 10 did"), (Found{{"8 in 10", "share"}}));
  EXPECT_EQ(sv("Ett ensamt ” hindrar inget: 9 av 10"), (Found{{"9 av 10", "share"}}));
}

TEST(FindUnbound, LeavesBoundRangesAlone) {
  const std::string text = "9 av 10 och 8 av 10";
  EXPECT_EQ(pairs(find_unbound(text, Language::sv, {{0, 7}})), (Found{{"8 av 10", "share"}}));
}

TEST(FindUnbound, LeavesNumberWordsInProseAlone) {
  EXPECT_EQ(sv("De tre yrkesgrupperna och alla åtta förslag, en av dem"), Found{});
  EXPECT_EQ(en("The three occupations and all eight proposals, one of them"), Found{});
}

TEST(FindUnbound, SeesWhatPhrasesCanSay) {
  EXPECT_EQ(sv("Merparten säger ja, en minoritet nej och nästan ingen vet; 8–9 av 10 svarade."),
            (Found{{"Merparten", "threshold"},
                   {"en minoritet", "threshold"},
                   {"nästan ingen", "threshold"},
                   {"8–9 av 10", "share"}}));
  EXPECT_EQ(sv("Tjugotre svarade, mellan hälften och två tredjedelar, det näst vanligaste, i topp tre, en på fyra, ½"),
            (Found{{"Tjugotre", "count"},
                   {"mellan hälften och två tredjedelar", "share"},
                   {"det näst vanligaste", "rank"},
                   {"i topp tre", "rank"},
                   {"en på fyra", "share"},
                   {"½", "share"}}));
  EXPECT_EQ(en("The bulk agree, hardly any do not, and fifty people gave well over half"),
            (Found{{"The bulk", "threshold"},
                   {"hardly any", "threshold"},
                   {"fifty", "count"},
                   {"well over half", "threshold"}}));
}

TEST(FindUnbound, SeesNumbersThatAreTooLongToRead) { EXPECT_EQ(sv("12345678901"), (Found{{"12345678901", "count"}})); }

TEST(FindUnbound, GivesBytesOfUtf8) {
  const std::string text = "Hälften åkte, 40 procent stannade";
  const auto found = find_unbound(text, Language::sv);
  ASSERT_EQ(found.size(), 2u);
  for (const TextFinding& f : found) EXPECT_EQ(text.substr(f.offset, f.length), f.text);
}

TEST(FindUnbound, ListNumbersAreNotResults) { EXPECT_EQ(sv("1. Först\n2. Sedan"), Found{}); }

TEST(FindLint, NamesIntensifiersCausesAndVagueness) {
  EXPECT_EQ(
      pairs(find_lint("uppger hela 9 av 10 att det leder till oro i stor utsträckning i hela landet", Language::sv)),
      (Found{{"hela", "INTENS"}, {"leder till", "CAUSAL"}, {"i stor utsträckning", "VAGUE"}}));
  EXPECT_EQ(pairs(find_lint("as many as 9 in 10 say it leads to many", Language::en)),
            (Found{{"as many as", "INTENS"}, {"leads to", "CAUSAL"}, {"many", "VAGUE"}}));
  EXPECT_EQ(pairs(find_lint("bara 40 procent, men bara en fråga", Language::sv)), (Found{{"bara", "INTENS"}}));
  EXPECT_EQ(pairs(find_lint("just over half", Language::en)), Found{});
}

}  // namespace enkat::unbound_test
