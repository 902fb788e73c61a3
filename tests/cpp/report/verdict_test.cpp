#include "enkat/report/verdict.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "enkat/basics/error.hpp"

namespace enkat::verdict_test {

// A simple random sample of 9,820 with and without its finite population correction, as in the reporting guide.
Evidence simple(std::int64_t count, std::int64_t n) {
  const double rows = static_cast<double>(n), p = static_cast<double>(count) / rows;
  const double variance = p * (1 - p) / (rows - 1);
  return share_evidence(count, n, p, (1 - rows / 9820) * variance, rows - 1, variance);
}

Verdict check(const char* words, const Evidence& evidence, Scope scope = Scope::respondents,
              Language language = Language::sv) {
  const Claim claim{.id = "C", .scope = scope, .language = language};
  return judge(read_phrase(words, Policy::sv_press, language), evidence, claim);
}

bool has(const Verdict& v, const char* lint) { return std::ranges::find(v.lint, lint) != v.lint.end(); }

TEST(Verdict, NineInTenAtNinetyPercentIsSupported) {
  const Verdict v = check("9 av 10", simple(1332, 1473));  // .904
  EXPECT_EQ(v.respondents, "stämmer");
  EXPECT_EQ(v.population, "stöds");
  EXPECT_NEAR(*v.r_star, 1.66, 0.01);
  EXPECT_FALSE(v.fails);
  EXPECT_EQ(v.interval, (Interval{0.85, 0.95}));
}

TEST(Verdict, NineInTenNearTheEdgeIsCompatibleButUncertain) {
  const Verdict v = check("9 av 10", simple(1262, 1473));  // .857
  EXPECT_EQ(v.respondents, "stämmer");
  EXPECT_EQ(v.population, "förenligt men osäkert");
  EXPECT_NEAR(*v.r_star, 1.06, 0.01);
  EXPECT_NE(v.says.find("procent mer benägna att svara än övriga"), std::string::npos) << v.says;
}

TEST(Verdict, FiftyTwoPercentIsNotSurelyMoreThanHalf) {
  const Verdict v = check("mer än hälften", simple(766, 1473));
  EXPECT_EQ(v.respondents, "stämmer");
  EXPECT_EQ(v.population, "förenligt men osäkert");
  EXPECT_NEAR(*v.r_star, 1.08, 0.005);
  EXPECT_FALSE(v.r_star_high);
}

TEST(Verdict, FiftyFivePercentIsMoreThanHalfButFragile) {
  const Verdict v = check("mer än hälften", simple(810, 1473));
  EXPECT_EQ(v.population, "stöds");
  EXPECT_NEAR(*v.r_star, 1.22, 0.005);
}

TEST(Verdict, EightPercentOfNinetyIsTooFewToSayAnythingOfThePopulation) {
  const Verdict v = check("8 procent", simple(7, 90), Scope::population);
  EXPECT_EQ(v.respondents, "stämmer");
  EXPECT_EQ(v.population, "underlaget räcker inte");
  EXPECT_FALSE(v.r_star);
  EXPECT_FALSE(v.fails);
}

TEST(Verdict, WithAFinitePopulationTheWeakerOfWithAndWithoutItIsGiven) {
  Evidence e = simple(1262, 1473);
  e.bounds = SamplingBounds{{0.852, 0.862}, {0.853, 0.861}};  // as if nearly everyone had answered
  EXPECT_EQ(check("9 av 10", e).population, "förenligt men osäkert");
  Evidence below = simple(1240, 1473);  // .842
  below.bounds = SamplingBounds{{0.841, 0.843}, {0.841, 0.843}};
  EXPECT_EQ(check("9 av 10", below).population_finding, Finding::misrounded);
}

TEST(Verdict, OutsideTheWordsTheIntervalDecidesBetweenMisroundedAndContradicted) {
  const Verdict near = check("9 av 10", simple(1240, 1473), Scope::population);
  EXPECT_EQ(near.respondents, "stämmer inte");
  EXPECT_EQ(near.population, "felavrundat men inom osäkerheten");
  EXPECT_TRUE(near.fails);
  const Verdict far = check("9 av 10", simple(1031, 1473), Scope::population);
  EXPECT_EQ(far.population, "motsägs");
  EXPECT_EQ(far.would_be_true, "7 av 10");
  EXPECT_NE(far.says.find("Det här hade stämt: 7 av 10."), std::string::npos) << far.says;
}

TEST(Verdict, OnlyTheClaimsOwnScopeFailsTheBuild) {
  Evidence e = simple(1240, 1473);
  EXPECT_TRUE(check("9 av 10", e, Scope::respondents).fails);
  Evidence weighted = simple(1332, 1473);
  weighted.estimate = 0.80;
  weighted.bounds = weighted.bounds_without_fpc = SamplingBounds{{0.78, 0.82}, {0.785, 0.815}};
  weighted.plain = true;
  EXPECT_FALSE(check("9 av 10", weighted, Scope::respondents).fails);
  EXPECT_TRUE(check("9 av 10", weighted, Scope::population).fails);
}

TEST(Verdict, WithWeightsTheWordsAreHeldAgainstTheShareThatIsPrinted) {
  Evidence e = simple(530, 1000);
  e.estimate = 0.5224;
  const Verdict v = check("52 procent", e);
  EXPECT_EQ(v.respondents_finding, Finding::holds);
  EXPECT_EQ(v.percent, 52);
  EXPECT_EQ(v.unweighted, 53);
  EXPECT_NE(v.says.find("Andelen är 52 procent (utan vikter 53) bland dem som svarat"), std::string::npos) << v.says;
  EXPECT_TRUE(has(v, "WEIGHT"));
  EXPECT_EQ(check("53 procent", e).would_be_true, "52 procent");
  e.plain = true;
  EXPECT_EQ(check("52 procent", e).would_be_true, "53 procent");
  EXPECT_EQ(check("53 procent", e).percent, 53);
}

TEST(Verdict, AHalfIsRoundedUpwardsInTheSentenceToo) {
  const Verdict v = check("29 procent", simple(57, 200));
  EXPECT_EQ(v.percent, 29);
  EXPECT_NE(v.says.find("Andelen är 29 procent bland dem"), std::string::npos) << v.says;
}

TEST(Verdict, TheRespondentsAreComparedInIntegers) {
  EXPECT_EQ(check("9 av 10", simple(17, 20)).respondents_finding, Finding::holds);
  EXPECT_EQ(check("9 av 10", simple(19, 20)).respondents_finding, Finding::fails);
  EXPECT_EQ(check("mer än hälften", simple(737, 1474)).respondents_finding, Finding::fails);
}

TEST(Verdict, APercentFinerThanItsIntervalHasNoPopulationVerdictButARange) {
  const Verdict v = check("40 procent", simple(412, 1031));
  EXPECT_FALSE(v.population);
  EXPECT_NE(v.says.find("en andel på 36–44 procent."), std::string::npos) << v.says;
  EXPECT_FALSE(check("40 procent", simple(412, 1031), Scope::population).fails);
  EXPECT_TRUE(check("30 procent", simple(412, 1031), Scope::population).fails);
  EXPECT_TRUE(check("30 procent", simple(412, 1031)).fails);
  EXPECT_EQ(check("30 procent", simple(412, 1031)).would_be_true, "40 procent");
}

TEST(Verdict, AWeightedReadingOrAnotherBaseThatComesOutDifferentlyIsNoted) {
  Evidence e = simple(90, 100);
  e.other_n = 120;
  EXPECT_TRUE(has(check("9 av 10", e), "BASE"));
  e.other_n = 101;
  EXPECT_FALSE(has(check("9 av 10", e), "BASE"));
  e.estimate = 0.8;
  EXPECT_TRUE(has(check("9 av 10", e), "WEIGHT"));
}

TEST(Verdict, AWithheldBaseShowsNoNumber) {
  Evidence e = simple(6, 8);
  e.withheld = true;
  const Verdict v = check("3 av 4", e);
  EXPECT_EQ(v.respondents, "underlaget räcker inte");
  EXPECT_FALSE(v.estimate || v.n || v.count || v.ci_low);
  EXPECT_EQ(v.says.find("75"), std::string::npos) << v.says;
  EXPECT_FALSE(v.fails);
}

Evidence ranked(std::vector<RankRow> rows, std::vector<std::size_t> claimed) {
  return {.n = 1473, .ranks = std::move(rows), .claimed = std::move(claimed)};
}

TEST(RankVerdict, FollowsTheJointRankSet) {
  EXPECT_EQ(check("den främsta", ranked({{1, 1, 1}, {2, 2, 3}, {3, 2, 3}}, {0})).population, "stöds");
  const Verdict shared = check("den främsta", ranked({{1, 1, 2}, {2, 1, 2}, {3, 3, 3}}, {0}));
  EXPECT_EQ(shared.respondents, "stämmer");
  EXPECT_EQ(shared.population, "förenligt men osäkert");
  EXPECT_EQ(check("den främsta", ranked({{1, 1, 2}, {2, 1, 2}, {3, 3, 3}}, {1})).population_finding,
            Finding::misrounded);
  const Verdict third = check("den främsta", ranked({{1, 1, 2}, {2, 1, 2}, {3, 3, 3}}, {2}));
  EXPECT_EQ(third.population, "motsägs");
  EXPECT_TRUE(third.fails);
  EXPECT_EQ(third.would_be_true, "plats 3");
}

TEST(RankVerdict, TwoOfTheMostImportantAreTheFirstTwoUnlessTheClaimSaysOtherwise) {
  const auto evidence = ranked({{1, 1, 2}, {2, 1, 2}, {3, 3, 3}, {4, 4, 4}}, {0, 1});
  const Verdict v = check("Två av de viktigaste", evidence);
  EXPECT_EQ(v.respondents, "stämmer");
  EXPECT_EQ(v.population, "stöds");
  EXPECT_EQ(v.interval, (Interval{1, 2}));
  EXPECT_TRUE(has(v, "TOP"));
  const auto first_and_third = ranked(evidence.ranks, {0, 2});
  EXPECT_TRUE(check("Två av de viktigaste", first_and_third).fails);
  const Claim among_three{.id = "C11", .top = 3};
  EXPECT_FALSE(
      judge(read_phrase("Två av de viktigaste", Policy::sv_press, Language::sv), first_and_third, among_three).fails);
  EXPECT_TRUE(
      judge(read_phrase("den främsta", Policy::sv_press, Language::sv), ranked(evidence.ranks, {2}), among_three)
          .fails);
}

TEST(RankVerdict, TheSecondPlaceIsNeitherTheFirstNorTheThird) {
  const auto evidence = [](std::size_t claimed) {
    return ranked({{1, 1, 1}, {2, 2, 2}, {3, 3, 4}, {4, 3, 4}}, {claimed});
  };
  const Verdict second = check("näst vanligast", evidence(1));
  EXPECT_EQ(second.respondents, "stämmer");
  EXPECT_EQ(second.population, "stöds");
  EXPECT_EQ(second.interval, (Interval{2, 2}));
  EXPECT_NE(second.says.find("betyder plats 2."), std::string::npos) << second.says;
  EXPECT_TRUE(check("näst vanligast", evidence(0)).fails);
  EXPECT_EQ(check("näst vanligast", evidence(0)).population, "motsägs");
  EXPECT_TRUE(check("näst vanligast", evidence(2)).fails);
  EXPECT_FALSE(check("topp tre", evidence(2)).fails);
  EXPECT_TRUE(check("topp tre", evidence(3)).fails);
}

TEST(RankVerdict, ASharedFirstPlaceIsNoted) {
  const Verdict v = check("den främsta", ranked({{1, 1, 2}, {1, 1, 2}, {3, 3, 3}}, {0}));
  EXPECT_EQ(v.respondents, "stämmer");
  EXPECT_TRUE(has(v, "TIE"));
  EXPECT_NE(v.says.find("en plats som delas med ett annat svar"), std::string::npos) << v.says;
}

TEST(Says, WhatAMinorityCovers) {
  EXPECT_NE(check("en minoritet", simple(400, 1473)).says.find("omfattar mer än 0 och mindre än 50 procent."),
            std::string::npos);
  EXPECT_TRUE(check("en minoritet", simple(0, 1473)).fails);
  EXPECT_NE(check("minst 100", {.count = 120}).says.find("omfattar minst 100."), std::string::npos);
}

TEST(CountVerdict, IsExact) {
  EXPECT_FALSE(check("1 473", {.count = 1473}).fails);
  const Verdict v = check("1 473", {.count = 1400});
  EXPECT_TRUE(v.fails);
  EXPECT_EQ(v.would_be_true, "1400");
  EXPECT_FALSE(v.population);
}

TEST(CountVerdict, AResponseRateIsAPercentWithoutSampling) {
  const Verdict v = check("15 procent", {.count = 1473, .n = 9820, .estimate = 0.15});
  EXPECT_EQ(v.respondents, "stämmer");
  EXPECT_FALSE(v.population);
}

TEST(UncheckedVerdict, SaysWhy) {
  const Verdict v = unchecked("i stor utsträckning", "ingen gräns är angiven", {.id = "C4", .kind = ClaimKind::vague});
  EXPECT_EQ(v.respondents, "kan inte prövas");
  EXPECT_EQ(v.says, "Kan inte prövas: ingen gräns är angiven.");
  EXPECT_FALSE(v.fails);
}

TEST(Says, NeverPutsARoundedPercentOnTheWrongSideOfTheLine) {
  const Verdict v = check("9 av 10", simple(1251, 1473));  // .8493
  EXPECT_EQ(v.respondents, "stämmer inte");
  EXPECT_NE(v.says.find("knappt 85 procent"), std::string::npos) << v.says;
}

TEST(Says, StatesSyntheticAnswersAndTheBase) {
  Claim claim{.id = "C3", .language = Language::sv, .among = "socialsekreterare", .synthetic = true};
  const Verdict v = judge(read_phrase("9 av 10", Policy::sv_press, Language::sv), simple(400, 440), claim);
  EXPECT_NE(v.says.find("bland socialsekreterare (n"), std::string::npos) << v.says;
  EXPECT_NE(v.says.find("syntetiska svar"), std::string::npos);
}

TEST(Says, IsWrittenInBothLanguages) {
  const Verdict v = check("9 in 10", simple(1332, 1473), Scope::population, Language::en);
  EXPECT_EQ(v.population, "supported");
  EXPECT_EQ(v.says,
            "“9 in 10” covers 85–95 per cent. The share is 90 per cent among those who answered (n\xC2\xA0=\xC2\xA0"
            "1,473), so the claim holds. In a random sample, these answers would mean a share of 88–92 per cent, so "
            "the claim "
            "is supported. Among everyone asked, the claim holds unless those who agree were more than 1.7 times as "
            "likely to "
            "answer as the others, or the others more than 2.0 times as likely.");
}

TEST(Says, OfPlacesWhichComesFirst) {
  Claim claim{.id = "C11", .language = Language::sv, .labels = {"Tid", "Utbildning"}};
  const auto two = ranked({{1, 1, 2}, {2, 1, 2}, {3, 3, 3}}, {0, 1});
  const auto says = [&](const char* words) {
    return judge(read_phrase(words, Policy::sv_press, Language::sv), two, claim).says;
  };
  EXPECT_EQ(
      says("två av de viktigaste"),
      "”två av de viktigaste” betyder plats 1–2. ”Tid” kommer först och ”Utbildning” på andra plats bland dem som "
      "svarat (n\xC2\xA0=\xC2\xA0"
      "1\xC2\xA0"
      "473), så påståendet stämmer. I ett slumpmässigt urval skulle "
      "svaren betyda plats 1–2 för vart och ett av dem, så påståendet stöds.");
  claim.labels = {"Tid"};
  const Verdict first =
      judge(read_phrase("den främsta", Policy::sv_press, Language::sv), ranked({{1, 1, 1}, {2, 2, 2}}, {0}), claim);
  EXPECT_NE(first.says.find("urval skulle svaren betyda samma plats, så påståendet stöds."), std::string::npos)
      << first.says;
}

TEST(Says, WhoIsMeantAndHowManyInOneBracket) {
  Claim claim{.id = "C3", .language = Language::en, .group = "teachers"};
  const Verdict v = judge(read_phrase("9 in 10", Policy::sv_press, Language::en), simple(400, 440), claim);
  EXPECT_NE(v.says.find("among those who answered (teachers; n\xC2\xA0=\xC2\xA0"
                        "440)"),
            std::string::npos)
      << v.says;
}

TEST(Says, WhatIsWithheldIsNotShown) {
  Claim claim{.id = "C3", .language = Language::sv, .group = "lärare"};
  const Verdict v = judge(read_phrase("9 av 10", Policy::sv_press, Language::sv), {.n = 4, .withheld = true}, claim);
  EXPECT_EQ(v.says, "”9 av 10” omfattar 85–95 procent. För få har svarat (lärare) för att siffran ska visas.");
}

TEST(Says, NeverSaysMarginOfErrorOrRepresentative) {
  for (const std::int64_t count : {100, 700, 1262, 1332, 1470})
    for (const char* words : {"9 av 10", "mer än hälften", "40 procent"}) {
      const std::string text = check(words, simple(count, 1473)).says;
      EXPECT_EQ(text.find("felmarginal"), std::string::npos);
      EXPECT_EQ(text.find("representativ"), std::string::npos);
    }
}

}  // namespace enkat::verdict_test
