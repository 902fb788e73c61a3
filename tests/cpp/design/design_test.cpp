#include "enkat/design/design.hpp"

#include <gtest/gtest.h>

#include "enkat/basics/json.hpp"

namespace enkat::design_test {

Design read(const char* json) { return Design::from_json(Json::parse(json)); }

std::string code_of(const char* json) {
  try {
    read(json);
  } catch (const Error& error) {
    return error.code;
  }
  return "";
}

TEST(Design, AColumnAndAListOfOneAreTheSame) {
  EXPECT_EQ(read(R"({"cluster": "c", "fpc": "N"})"), read(R"({"cluster": ["c"], "fpc": ["N"]})"));
}

TEST(Design, WhatIsNotGivenIsTheSimplestDesign) {
  EXPECT_EQ(read("{}"), Design());
  EXPECT_EQ(read(R"({"weight": null, "strata": null})"), Design());
}

TEST(Design, EverythingGivenIsKept) {
  const Design design = read(R"({"weight": "w", "strata": "h", "cluster": ["c"], "fpc": "N", "nest": true,
                                 "single_psu": "adjust", "id": "who"})");
  EXPECT_EQ(design.weight, "w");
  EXPECT_EQ(design.strata, std::vector<std::string>{"h"});
  EXPECT_EQ(design.fpc, std::vector<std::string>{"N"});
  EXPECT_TRUE(design.nest);
  EXPECT_EQ(design.single_psu, SinglePsu::adjust);
  EXPECT_EQ(design.id, "who");
  EXPECT_EQ(read(R"({"population": 9820})").population, 9820);
}

TEST(Design, AMisspeltKeyIsNeverIgnored) {
  EXPECT_EQ(code_of(R"({"weigth": "w"})"), "design.unknown_key");
  try {
    read(R"({"weigth": "w"})");
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean 'weight'"), std::string::npos) << error.what();
  }
}

TEST(Design, WrongTypesAreRefused) {
  for (const char* json : {R"(["w"])", R"({"weight": 1})", R"({"strata": 1})", R"({"cluster": []})",
                           R"({"cluster": ["c", 1]})", R"({"nest": "yes"})", R"({"population": "9820"})"})
    EXPECT_EQ(code_of(json), "design.wrong_type") << json;
}

TEST(Design, EveryRuleForOnePsuHasItsNameBack) {
  for (const char* name : {"fail", "remove", "adjust", "average", "certainty"})
    EXPECT_EQ(name_of(named<SinglePsu>(name)), name);
  EXPECT_EQ(code_of(R"({"single_psu": "ignore"})"), "design.unknown_single_psu");
}

}  // namespace enkat::design_test
