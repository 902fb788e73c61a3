#include "enkat/report/check.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "enkat/basics/error.hpp"
#include "enkat/basics/json.hpp"

namespace enkat::check_test {

using Numbers = std::vector<double>;
const double none = std::nan("");

const Codebook codebook = Codebook::from_json(Json::parse(R"({"schema_version": 1, "questions": [
  {"name": "heard", "type": "single", "label": "Heard", "options": [
    {"name": "yes", "code": 1, "label": {"sv": "Ja"}}, {"name": "no", "code": 0, "label": {"sv": "Nej"}}]},
  {"name": "area", "type": "multiple", "label": "Area", "options": [
    {"name": "home", "label": {"sv": "Hem"}}, {"name": "school", "label": {"sv": "Skola"}},
    {"name": "something", "label": {"sv": "Annat"}, "other": true}]}]})"));

/// `yes`, `no` and unanswered rows of "heard".
Survey heard(int yes, int no, int silent = 0) {
  Numbers cells(static_cast<std::size_t>(yes), 1);
  cells.resize(cells.size() + static_cast<std::size_t>(no), 0);
  cells.resize(cells.size() + static_cast<std::size_t>(silent), none);
  return Survey(Table::from_columns({{"heard", cells}}), codebook, Design());
}

/// Rows that ticked home only, school only, both and something else.
Survey areas(int home, int school, int both, int something) {
  Numbers h, s, o;
  const auto add = [&](int rows, double is_home, double is_school, double is_other) {
    for (int i = 0; i < rows; ++i) {
      h.push_back(is_home);
      s.push_back(is_school);
      o.push_back(is_other);
    }
  };
  add(home, 1, 0, 0);
  add(school, 0, 1, 0);
  add(both, 1, 1, 0);
  add(something, 0, 0, 1);
  return Survey(Table::from_columns({{"area_home", h}, {"area_school", s}, {"area_something", o}}), codebook, Design());
}

Verdict verdict(const Survey& survey, const char* claim, const char* text, const CheckOptions& options = {}) {
  NoMonitor monitor;
  return check(survey, claim_from_json(Json::parse(claim), options.language), text, options, monitor);
}

const char* const said_yes = R"({"id": "C", "question": "heard", "answers": ["yes"]})";

TEST(Check, AThresholdFlipsWhenTheAnswersDo) {
  EXPECT_FALSE(verdict(heard(60, 40), said_yes, "mer än hälften").fails);
  EXPECT_TRUE(verdict(heard(40, 60), said_yes, "mer än hälften").fails);
  EXPECT_TRUE(verdict(heard(50, 50), said_yes, "mer än hälften").fails);
  EXPECT_FALSE(verdict(heard(51, 49), said_yes, "mer än hälften").fails);
}

TEST(Check, APercentHoldsToItsPrecision) {
  EXPECT_FALSE(verdict(heard(404, 596), said_yes, "40 procent").fails);
  EXPECT_TRUE(verdict(heard(421, 579), said_yes, "40 procent").fails);
  CheckOptions coarse;
  coarse.percent_step = 5;
  EXPECT_FALSE(verdict(heard(421, 579), said_yes, "40 procent", coarse).fails);
}

TEST(Check, ARankFlipsWhenTheAnswersDo) {
  const char* home_first = R"({"id": "C", "question": "area", "answers": ["home"], "top": 1})";
  EXPECT_FALSE(verdict(areas(60, 20, 10, 5), home_first, "den främsta").fails);
  EXPECT_TRUE(verdict(areas(20, 60, 10, 5), home_first, "den främsta").fails);
  EXPECT_EQ(verdict(areas(60, 20, 10, 90), home_first, "den främsta").rank, std::vector<std::int64_t>{1});
}

TEST(Check, AResidualAnswerHasNoPlace) {
  try {
    verdict(areas(9, 8, 7, 6), R"({"id": "C", "question": "area", "answers": ["something"]})", "den främsta");
    FAIL() << "a residual is never ranked";
  } catch (const ReportError& error) {
    EXPECT_EQ(error.code, "report.not_ranked");
  }
}

TEST(Check, SeveralAnswersAreAnyOfThemAndNobodyCountsTwice) {
  const Verdict any =
      verdict(areas(20, 30, 40, 10), R"({"id": "C", "question": "area", "answers": ["home", "school"]})", "9 av 10");
  EXPECT_EQ(any.count, 90);
  EXPECT_EQ(any.n, 100);
  EXPECT_FALSE(any.fails);
}

TEST(Check, BaseAllCountsThoseWhoDidNotAnswer) {
  const char* of_all = R"({"id": "C", "question": "heard", "answers": ["yes"], "base": "all"})";
  const Survey survey = heard(60, 20, 40);
  EXPECT_EQ(verdict(survey, said_yes, "tre av fyra").n, 80);
  EXPECT_FALSE(verdict(survey, said_yes, "tre av fyra").fails);
  EXPECT_EQ(verdict(survey, of_all, "hälften").n, 120);
  EXPECT_FALSE(verdict(survey, of_all, "hälften").fails);
  EXPECT_TRUE(verdict(survey, of_all, "tre av fyra").fails);
  const auto lint = verdict(survey, said_yes, "tre av fyra").lint;
  EXPECT_NE(std::ranges::find(lint, "BASE"), lint.end());
}

TEST(Check, AmongWhomIsPartOfTheClaim) {
  const char* at_home = R"({"id": "C", "question": "area", "answers": ["school"], "where": {"area": "home"}})";
  const Verdict v = verdict(areas(20, 30, 60, 10), at_home, "tre av fyra");
  EXPECT_EQ(v.n, 80);
  EXPECT_FALSE(v.fails);
  EXPECT_NE(v.says.find("hem"), std::string::npos) << v.says;
}

TEST(Check, NumbersAreThoseOfTheFile) {
  const char* respondents = R"({"id": "C", "kind": "respondents"})";
  EXPECT_FALSE(verdict(heard(60, 20, 40), respondents, "120").fails);
  EXPECT_TRUE(verdict(heard(60, 20, 41), respondents, "120").fails);
}

TEST(Check, TheResponseRateIsOfTheInvited) {
  const char* rate = R"({"id": "C", "kind": "response_rate"})";
  CheckOptions options;
  options.invited = 800;
  EXPECT_FALSE(verdict(heard(60, 60), rate, "15 procent", options).fails);
  options.invited = 600;
  EXPECT_TRUE(verdict(heard(60, 60), rate, "15 procent", options).fails);
  EXPECT_THROW(verdict(heard(60, 60), rate, "15 procent"), ReportError);
  EXPECT_FALSE(verdict(heard(60, 60), R"({"id": "C", "kind": "invited"})", "600", options).fails);
}

TEST(Check, WhatCannotBeCheckedIsListedWithItsReason) {
  const Verdict v = verdict(heard(6, 4), R"({"id": "C", "kind": "vague", "why": {"sv": "Ingen gräns."}})", "många");
  EXPECT_FALSE(v.fails);
  EXPECT_NE(v.says.find("Ingen gräns"), std::string::npos) << v.says;
}

// Codes of the problems of a claim and where they are.
std::vector<std::pair<std::string, std::string>> problems(const char* claim) {
  std::vector<std::pair<std::string, std::string>> found;
  try {
    claim_from_json(Json::parse(claim), Language::sv);
  } catch (const ReportError& error) {
    for (const Issue& issue : error.issues) {
      found.emplace_back(issue.code, std::get<std::string>(issue.context["at"].held()));
      EXPECT_EQ(issue.context["claim"], "C");
      EXPECT_NE(issue.message.find("claim 'C'"), std::string::npos) << issue.message;
    }
  }
  return found;
}

TEST(Claim, AllProblemsAreFoundAtOnceEachWithItsPlace) {
  using Found = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(problems(R"({"id": "C", "kind": "shares", "scop": "population", "base": "some", "top": 0})"),
            (Found{{"report.claim_unknown_key", "/scop"},
                   {"report.claim_unknown_kind", "/kind"},
                   {"report.claim_base", "/base"},
                   {"report.claim_top", "/top"}}));
  EXPECT_EQ(problems(R"({"id": "C", "answers": [["a"]], "where": {"a/b": []}, "than": {"were": {}, "where": 5},
                         "scope": "everyone", "policy": "press", "weighted": "no", "why": 5})"),
            (Found{{"report.claim_wrong_type", "/answers"},
                   {"where.no_value", "/where/a~1b"},
                   {"report.claim_unknown_key", "/than/were"},
                   {"where.wrong_type", "/than/where"},
                   {"report.claim_unknown_value", "/scope"},
                   {"report.claim_unknown_value", "/policy"},
                   {"report.claim_wrong_type", "/weighted"},
                   {"report.claim_wrong_type", "/why"}}));
  EXPECT_TRUE(problems(R"({"id": "C", "kind": "share", "of": "count", "than": {"answers": 5}, "policy": "sv-press",
                           "scope": "population", "base": "all", "top": 2, "why": {"sv": "x"}, "text": "y"})")
                  .empty());
}

TEST(Claim, AShareNeedsAQuestionAndAnAnswer) {
  EXPECT_THROW(verdict(heard(60, 40), R"({"id": "C", "question": "heard"})", "hälften"), ReportError);
}

}  // namespace enkat::check_test
