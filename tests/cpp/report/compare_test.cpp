#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "enkat/basics/error.hpp"
#include "enkat/basics/json.hpp"
#include "enkat/report/check.hpp"

namespace enkat::compare_test {

using Numbers = std::vector<double>;

const Codebook codebook = Codebook::from_json(Json::parse(R"({"schema_version": 1, "questions": [
  {"name": "heard", "type": "single", "label": "Heard", "options": [
    {"name": "yes", "code": 1, "label": {"sv": "Ja", "en": "Yes"}},
    {"name": "no", "code": 0, "label": {"sv": "Nej", "en": "No"}}]},
  {"name": "sex", "type": "single", "label": "Sex", "options": [
    {"name": "woman", "code": 1, "label": {"sv": "Kvinna", "en": "Woman"}},
    {"name": "man", "code": 2, "label": {"sv": "Man", "en": "Man"}}]}]})"));

/// Women and men who said yes and no.
Survey people(int yes_women, int no_women, int yes_men, int no_men, const Design& design = Design()) {
  Numbers heard, sex;
  const auto add = [&](int rows, double answer, double who) {
    heard.insert(heard.end(), static_cast<std::size_t>(rows), answer);
    sex.insert(sex.end(), static_cast<std::size_t>(rows), who);
  };
  add(yes_women, 1, 1);
  add(no_women, 0, 1);
  add(yes_men, 1, 2);
  add(no_men, 0, 2);
  return Survey(Table::from_columns({{"heard", heard}, {"sex", sex}}), codebook, design);
}

Json women_and_men() {
  return Json::parse(R"({"id": "C", "question": "heard", "answers": ["yes"], "where": {"sex": "woman"},
                         "than": {"where": {"sex": "man"}}})");
}

Verdict verdict(const Survey& survey, const Json& claim, const char* text, Language language = Language::sv) {
  NoMonitor monitor;
  CheckOptions options;
  options.language = language;
  return check(survey, claim_from_json(claim, language), text, options, monitor);
}

bool has(const Verdict& v, const char* code) { return std::ranges::find(v.lint, code) != v.lint.end(); }

std::string refused(const Survey& survey, const Json& claim, const char* text) {
  try {
    verdict(survey, claim, text);
  } catch (const ReportError& error) {
    return error.code;
  }
  return "none";
}

TEST(Compare, TheRatioOfTwoSharesIsHeldAgainstTheWords) {
  const Survey survey = people(400, 600, 200, 800);  // 40 and 20 per cent
  const Verdict v = verdict(survey, women_and_men(), "dubbelt så många");
  EXPECT_EQ(v.kind, "comparison");
  EXPECT_EQ(v.measure, Measure::ratio);
  EXPECT_DOUBLE_EQ(*v.estimate, 2);
  EXPECT_EQ(v.percent, 40);
  EXPECT_EQ(v.than_percent, 20);
  EXPECT_EQ(v.n, 1000);
  EXPECT_EQ(v.than_count, 200);
  EXPECT_EQ(v.respondents_finding, Finding::holds);
  EXPECT_TRUE(verdict(survey, women_and_men(), "tre gånger så många").fails);
  EXPECT_TRUE(verdict(people(200, 800, 400, 600), women_and_men(), "dubbelt så många").fails);
}

TEST(Compare, ARatioIsComparedInIntegers) {
  EXPECT_FALSE(verdict(people(35, 65, 20, 80), women_and_men(), "dubbelt så många").fails);  // 1.75
  EXPECT_TRUE(verdict(people(45, 55, 20, 80), women_and_men(), "dubbelt så många").fails);   // 2.25
  EXPECT_TRUE(verdict(people(30, 70, 30, 70), women_and_men(), "fler").fails);
  EXPECT_FALSE(verdict(people(31, 69, 30, 70), women_and_men(), "fler").fails);
}

// Shares of .40 and .20 of 1,000 each, domains of a simple random sample of 2,000: V = 2000/1999 · Σ((y − p)/1000)².
TEST(Compare, TheIntervalsAreThoseOfTheDeltaMethod) {
  const double n = 1000, all = 2000, p = 0.4, q = 0.2;
  const double vp = all / (all - 1) * p * (1 - p) / n, vq = all / (all - 1) * q * (1 - q) / n;
  const double t = 1.962341;  // of 999 degrees of freedom
  const Survey survey = people(400, 600, 200, 800);
  const Verdict difference = verdict(survey, women_and_men(), "20 procentenheter fler");
  EXPECT_NEAR(*difference.ci_low, 0.2 - t * std::sqrt(vp + vq), 1e-6);
  EXPECT_NEAR(*difference.ci_high, 0.2 + t * std::sqrt(vp + vq), 1e-6);
  const Verdict ratio = verdict(survey, women_and_men(), "dubbelt så många");
  const double se = 2 * std::sqrt(vp / (p * p) + vq / (q * q));
  EXPECT_NEAR(*ratio.ci_low, 2 - t * se, 1e-6);
  EXPECT_NEAR(*ratio.ci_high, 2 + t * se, 1e-6);
}

TEST(Compare, OfAPopulationTheIntervalMustLieWithinTheWords) {
  Json claim = women_and_men();
  claim["scope"] = "population";
  EXPECT_EQ(verdict(people(400, 600, 200, 800), claim, "fler").population_finding, Finding::supported);
  EXPECT_EQ(verdict(people(54, 46, 50, 50), claim, "fler").population_finding, Finding::uncertain);
  EXPECT_EQ(verdict(people(50, 50, 54, 46), claim, "fler").population_finding, Finding::misrounded);
  EXPECT_EQ(verdict(people(200, 800, 400, 600), claim, "fler").population_finding, Finding::contradicted);
  EXPECT_EQ(verdict(people(8, 12, 4, 16), claim, "fler").population_finding, Finding::insufficient);
  EXPECT_EQ(verdict(people(4000, 6000, 2000, 8000), claim, "dubbelt så många").population_finding, Finding::supported);
  EXPECT_EQ(verdict(people(200, 300, 100, 400), claim, "dubbelt så många").population_finding, Finding::uncertain);
}

TEST(Compare, EqualMeansACloseDifferenceAndACloseRatio) {
  EXPECT_FALSE(verdict(people(48, 52, 45, 55), women_and_men(), "lika vanligt").fails);
  EXPECT_TRUE(verdict(people(52, 48, 45, 55), women_and_men(), "lika vanligt").fails);
  EXPECT_TRUE(verdict(people(25, 975, 60, 940), women_and_men(), "lika vanligt").fails) << "2.5 and 6 per cent";
  Json claim = women_and_men();
  claim["scope"] = "population";
  EXPECT_EQ(verdict(people(4800, 5200, 4700, 5300), claim, "lika vanligt").population_finding, Finding::supported);
  EXPECT_EQ(verdict(people(48, 52, 47, 53), claim, "lika vanligt").population_finding, Finding::uncertain);
}

TEST(Compare, TwoAnswersOfOneQuestionAreOfTheSamePeople) {
  const Json claim = Json::parse(R"({"id": "C", "question": "heard", "answers": ["yes"], "scope": "population",
                                     "than": {"answers": ["no"]}})");
  const Survey survey = people(300, 200, 300, 200);  // 60 and 40 per cent of 1,000
  const Verdict v = verdict(survey, claim, "fler");
  EXPECT_EQ(v.population_finding, Finding::supported);
  // p − (1 − p) = 2p − 1: its standard error is twice that of p.
  const double se = 2 * std::sqrt(0.6 * 0.4 / 999);
  EXPECT_NEAR(*v.ci_high - *v.ci_low, 2 * 1.962341 * se, 1e-6);
  EXPECT_NE(v.says.find("60 procent för ”Ja” och 40 procent för ”Nej” bland dem som svarat (n"), std::string::npos)
      << v.says;
}

TEST(Compare, TheOtherGroupIsAsInTheClaimWhereNothingElseIsSaid) {
  Json claim =
      Json::parse(R"({"id": "C", "question": "heard", "answers": ["yes"], "where": {"sex": "woman", "heard": "yes"},
                               "than": {"where": {"sex": "man"}}})");
  const ClaimSpec other = claim_from_json(claim, Language::sv).other_side();
  ASSERT_EQ(other.where.size(), 2u);
  EXPECT_EQ(other.where[0].values, std::vector<std::string>{"man"});
  EXPECT_EQ(other.where[1].values, std::vector<std::string>{"yes"});
  claim["than"]["where"] = {{"heard", "no"}, {"sex", "man"}};
  EXPECT_EQ(claim_from_json(claim, Language::sv).other_side().where[1].values, std::vector<std::string>{"no"});
}

TEST(Compare, NumbersOfPeopleAreComparedWhereTheClaimSaysSo) {
  const Survey survey = people(300, 700, 150, 150);  // 30 per cent of the women, half of the men
  const Verdict shares = verdict(survey, women_and_men(), "fler");
  EXPECT_TRUE(shares.fails);
  EXPECT_TRUE(has(shares, "NUMBERS"));
  EXPECT_FALSE(has(verdict(survey, women_and_men(), "vanligare"), "NUMBERS")) << "is said of shares only";
  Json claim = women_and_men();
  claim["of"] = "count";
  const Verdict numbers = verdict(survey, claim, "dubbelt så många");
  EXPECT_EQ(numbers.respondents_finding, Finding::holds);
  EXPECT_FALSE(has(numbers, "NUMBERS"));
  EXPECT_NE(numbers.says.find("Antalet är 300"), std::string::npos) << numbers.says;
  EXPECT_FALSE(verdict(survey, claim, "fler").fails);
  claim["of"] = "share";
  EXPECT_FALSE(has(verdict(survey, claim, "fler"), "NUMBERS"));
}

TEST(Compare, SomebodyIsMoreThanNobody) {
  Json claim = women_and_men();
  claim["of"] = "count";
  const Survey women_only = people(40, 60, 0, 100), nobody = people(0, 100, 0, 100);
  EXPECT_EQ(verdict(women_only, claim, "fler kvinnor än män").respondents_finding, Finding::holds);
  EXPECT_EQ(verdict(women_only, claim, "inte fler kvinnor än män").respondents_finding, Finding::fails);
  EXPECT_EQ(verdict(nobody, claim, "fler kvinnor än män").respondents_finding, Finding::fails);
  EXPECT_EQ(verdict(nobody, claim, "inte fler kvinnor än män").respondents_finding, Finding::holds);
  EXPECT_FALSE(has(verdict(women_only, women_and_men(), "fler"), "NUMBERS"));
}

TEST(Compare, WhatIsPrintedMayLookOtherwise) {
  const Verdict v = verdict(people(2056, 1944, 2048, 1952), women_and_men(), "fler");  // 51.4 and 51.2
  EXPECT_EQ(v.respondents_finding, Finding::holds);
  EXPECT_TRUE(has(v, "PRINTED"));
}

TEST(Compare, NonresponseMayTurnItAround) {
  Json claim = women_and_men();
  claim["scope"] = "population";
  const Verdict v = verdict(people(600, 400, 500, 500), claim, "fler");
  EXPECT_DOUBLE_EQ(*v.r_star, 1.5);  // odds of .6 over odds of .5
  EXPECT_FALSE(v.r_star_high);
}

TEST(Compare, WordsThatWouldBeTrueAreUnderstoodAndTrue) {
  const auto instead = [](int yes_women, int yes_men, const char* text, Language language = Language::sv) {
    return *verdict(people(yes_women, 1000 - yes_women, yes_men, 1000 - yes_men), women_and_men(), text, language)
                .would_be_true;
  };
  EXPECT_EQ(instead(600, 200, "dubbelt så många"), "tre gånger så många");
  EXPECT_EQ(instead(260, 200, "dubbelt så många kvinnor som män"), "en och en halv gång så många kvinnor som män");
  EXPECT_EQ(instead(240, 200, "dubbelt så många"), "1,2 gånger så många");
  EXPECT_EQ(instead(208, 200, "dubbelt så många kvinnor som män"), "lika många kvinnor som män");
  EXPECT_EQ(instead(100, 200, "dubbelt så vanligt"), "hälften så vanligt");
  EXPECT_EQ(instead(150, 200, "fler kvinnor än män"), "färre kvinnor än män");
  EXPECT_EQ(instead(200, 200, "vanligare bland kvinnor än bland män"), "lika vanligt bland kvinnor som bland män");
  EXPECT_EQ(instead(280, 200, "10 procentenheter fler"), "8 procentenheter fler");
  EXPECT_EQ(instead(120, 200, "10 procentenheter fler"), "8 procentenheter färre");
  EXPECT_EQ(instead(300, 200, "lika vanligt"), "vanligare");
  EXPECT_EQ(instead(240, 200, "en betydligt större andel"), "en större andel");
  EXPECT_EQ(instead(250, 200, "50 procent fler"), "25 procent fler");
  EXPECT_EQ(instead(600, 200, "twice as many women as men", Language::en), "three times as many women as men");
  EXPECT_EQ(instead(150, 200, "more likely", Language::en), "less likely");
  EXPECT_EQ(instead(260, 200, "as common among women as among men", Language::en),
            "more common among women than among men");
  for (const char* text : {"dubbelt så många", "fler", "lika vanligt", "10 procentenheter fler", "30 procent fler"})
    for (int women = 20; women < 1000; women += 197)
      for (int men = 30; men < 1000; men += 187) {
        const Survey survey = people(women, 1000 - women, men, 1000 - men);
        const Verdict v = verdict(survey, women_and_men(), text);
        if (!v.fails) continue;
        ASSERT_TRUE(v.would_be_true) << v.says;
        EXPECT_FALSE(verdict(survey, women_and_men(), v.would_be_true->c_str()).fails) << *v.would_be_true << v.says;
      }
}

TEST(Compare, SaysWhatTheWordsCover) {
  const Survey survey = people(400, 600, 200, 800);
  Json numbers = women_and_men();
  numbers["of"] = "count";
  const auto covers = [&](const char* text, const Json& claim, Language language = Language::sv) {
    const std::string says = verdict(survey, claim, text, language).says;
    return says.substr(0, says.find(". ") + 1);
  };
  const auto of_shares = [&](const char* text) { return covers(text, women_and_men()); };
  EXPECT_EQ(of_shares("fler"), "”fler” betyder en större andel.");
  EXPECT_EQ(of_shares("inte fler"), "”inte fler” betyder en lika stor eller mindre andel.");
  EXPECT_EQ(of_shares("dubbelt så många"), "”dubbelt så många” omfattar 1,75–2,25 gånger.");
  EXPECT_EQ(of_shares("mer än dubbelt så många"), "”mer än dubbelt så många” omfattar mer än 2 gånger.");
  EXPECT_EQ(of_shares("mindre än hälften så många"), "”mindre än hälften så många” omfattar mindre än 0,5 gånger.");
  EXPECT_EQ(of_shares("20 procent färre"), "”20 procent färre” omfattar 19,5–20,5 procent.");
  EXPECT_EQ(of_shares("minst 10 procentenheter lägre"),
            "”minst 10 procentenheter lägre” omfattar minst 10 procentenheter.");
  EXPECT_EQ(of_shares("betydligt färre"), "”betydligt färre” omfattar minst 10 procentenheter.");
  EXPECT_EQ(
      of_shares("nästan lika vanligt"),
      "”nästan lika vanligt” betyder att den första andelen är mindre än den andra, med högst 5 procentenheter och "
      "högst 20 procent.");
  EXPECT_EQ(of_shares("exakt lika många"), "”exakt lika många” betyder exakt lika stora andelar.");
  EXPECT_EQ(covers("fler", numbers), "”fler” betyder ett större antal.");
  EXPECT_EQ(covers("as common", women_and_men(), Language::en),
            "“as common” means that the shares differ by at most 5 percentage points, the larger being at most 25 per "
            "cent larger than the smaller.");
}

TEST(Compare, SmallGroupsAreWithheld) {
  const Verdict v = verdict(people(4, 2, 50, 60), women_and_men(), "fler");
  EXPECT_EQ(v.respondents_finding, Finding::insufficient);
  EXPECT_FALSE(v.percent);
  EXPECT_FALSE(v.than_percent);
  EXPECT_EQ(v.says.find("67"), std::string::npos) << v.says;
}

TEST(Compare, WordsMustNameTheSidesInTheOrderOfTheClaim) {
  const Survey survey = people(40, 60, 20, 80);
  EXPECT_EQ(refused(survey, women_and_men(), "fler kvinnor än män"), "none");
  EXPECT_EQ(refused(survey, women_and_men(), "vanligare bland kvinnor än bland män"), "none");
  EXPECT_EQ(refused(survey, women_and_men(), "fler män än kvinnor"), "report.claim_turned");
  EXPECT_EQ(refused(survey, women_and_men(), "lika vanligt bland män som bland kvinnor"), "report.claim_turned");
  EXPECT_EQ(refused(survey, women_and_men(), "fler chefer än anställda"), "none") << "words of no label";
  EXPECT_EQ(refused(survey, women_and_men(), "dubbelt så många kvinnor"), "none");
}

TEST(Compare, WordsAndClaimMustBothHaveTwoSides) {
  const Survey survey = people(40, 60, 20, 80);
  EXPECT_EQ(refused(survey, women_and_men(), "9 av 10"), "report.claim_not_comparing");
  Json one = women_and_men();
  one.erase("than");
  EXPECT_EQ(refused(survey, one, "dubbelt så många"), "report.claim_one_sided");
  one["of"] = "count";
  EXPECT_EQ(refused(survey, one, "dubbelt så många"), "report.claim_of");
  one.erase("of");
  one["than"] = Json::object();
  EXPECT_EQ(refused(survey, one, "dubbelt så många"), "report.claim_than");
  one["than"] = {{"where", {{"sex", "woman"}}}};
  EXPECT_EQ(refused(survey, one, "dubbelt så många"), "report.claim_than") << "with itself";
  one["than"] = {{"were", {{"sex", "man"}}}};
  EXPECT_EQ(refused(survey, one, "dubbelt så många"), "report.claim_unknown_key");
}

}  // namespace enkat::compare_test
