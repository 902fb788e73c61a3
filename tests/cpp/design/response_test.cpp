#include "enkat/design/response.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "enkat/basics/error.hpp"

namespace enkat::response_test {

constexpr Dispositions by_hand{.I = 400, .P = 100, .R = 150, .NC = 200, .O = 50, .UH = 60, .UO = 40, .NE = 100};

ResponseRate rate(const std::string& name, const Dispositions& d, std::optional<double> e = {}) {
  const auto rates = response_rates(d, e);
  return *std::ranges::find(rates, name, &ResponseRate::name);
}

double value(const std::string& name, std::optional<double> e = {}) { return rate(name, by_hand, e).value.value(); }

TEST(ResponseRates, ResponseRatesByHand) {
  EXPECT_DOUBLE_EQ(value("RR1"), 400.0 / 1000);
  EXPECT_DOUBLE_EQ(value("RR2"), 500.0 / 1000);
  EXPECT_DOUBLE_EQ(value("RR3", 0.9), 400.0 / 990);
  EXPECT_DOUBLE_EQ(value("RR4", 0.9), 500.0 / 990);
  EXPECT_DOUBLE_EQ(value("RR5"), 400.0 / 900);
  EXPECT_DOUBLE_EQ(value("RR6"), 500.0 / 900);
}

TEST(ResponseRates, CooperationRefusalAndContactByHand) {
  EXPECT_DOUBLE_EQ(value("COOP1"), 400.0 / 700);
  EXPECT_DOUBLE_EQ(value("COOP2"), 500.0 / 700);
  EXPECT_DOUBLE_EQ(value("COOP3"), 400.0 / 650);
  EXPECT_DOUBLE_EQ(value("COOP4"), 500.0 / 650);
  EXPECT_DOUBLE_EQ(value("REF1"), 150.0 / 1000);
  EXPECT_DOUBLE_EQ(value("REF2", 0.9), 150.0 / 990);
  EXPECT_DOUBLE_EQ(value("REF3"), 150.0 / 900);
  EXPECT_DOUBLE_EQ(value("CON1"), 700.0 / 1000);
  EXPECT_DOUBLE_EQ(value("CON2", 0.9), 700.0 / 990);
  EXPECT_DOUBLE_EQ(value("CON3"), 700.0 / 900);
}

TEST(ResponseRates, SurveyforeningensStandardIsTheSameFamily) {
  EXPECT_DOUBLE_EQ(value("svarsandel"), value("RR2"));            // u = 1
  EXPECT_DOUBLE_EQ(value("svarsandel", 0.9), value("RR4", 0.9));  // 0 < u < 1
  EXPECT_DOUBLE_EQ(value("svarsandel", 0.0), value("RR6"));       // u = 0
  EXPECT_DOUBLE_EQ(value("svarsandel", 0.9) + value("bortfallsandel", 0.9), 1);
}

TEST(ResponseRates, AreOrderedByHowManyUnknownCount) {
  EXPECT_LE(value("RR1"), value("RR3", 0.5));
  EXPECT_LE(value("RR3", 0.5), value("RR5"));
}

TEST(ResponseRates, WithoutAnEligibleShareTheRatesThatNeedOneAreEmpty) {
  for (const char* name : {"RR3", "RR4", "REF2", "CON2"}) {
    EXPECT_FALSE(rate(name, by_hand).value) << name;
    EXPECT_EQ(rate(name, by_hand).note, "response.needs_eligible_share");
  }
  EXPECT_EQ(rate("RR5", by_hand).note, "response.unknown_left_out");
}

TEST(ResponseRates, WithoutUnknownAllThreeAgree) {
  const Dispositions known{.I = 30, .R = 70};
  EXPECT_DOUBLE_EQ(*rate("RR1", known).value, 0.3);
  EXPECT_DOUBLE_EQ(*rate("RR3", known).value, 0.3);
  EXPECT_EQ(rate("RR5", known).note, "");
}

TEST(ResponseRates, AnEmptyDenominatorGivesNoRate) {
  const Dispositions silent{.UO = 10};
  EXPECT_EQ(*rate("RR1", silent).value, 0);
  EXPECT_FALSE(rate("RR5", silent).value);
  EXPECT_EQ(rate("COOP1", silent).note, "response.empty_base");
}

TEST(ResponseRates, EveryRateStatesItsFormula) {
  for (const ResponseRate& r : response_rates(by_hand)) EXPECT_NE(r.formula.find(" / "), std::string::npos) << r.name;
  EXPECT_EQ(rate("RR3", by_hand).formula, "I / [(I+P) + (R+NC+O) + e(UH+UO)]");
}

TEST(ResponseRates, ImpossibleCountsAreRefused) {
  EXPECT_THROW(response_rates({.I = -1, .P = 5}), DesignError);
  EXPECT_THROW(response_rates({}), DesignError);
  EXPECT_THROW(response_rates(by_hand, 1.2), DesignError);
}

TEST(DispositionsOfInvited, TheSilentAreUnknown) {
  const Dispositions d = dispositions_of_invited(1473, 0, 0, 9820);
  EXPECT_EQ(d.UO, 8347);
  EXPECT_NEAR(*response_rates(d)[0].value, 0.15, 1e-12);
  EXPECT_THROW(dispositions_of_invited(11, 0, 0, 10), DesignError);
}

TEST(CasroEligibleShare, IsTheShareAmongTheKnown) {
  EXPECT_DOUBLE_EQ(*casro_eligible_share(by_hand), 0.9);
  EXPECT_FALSE(casro_eligible_share({.UO = 4}));
}

}  // namespace enkat::response_test
