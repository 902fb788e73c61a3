#include "enkat/data/recode.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "arrow_source.hpp"
#include "enkat/data/check_answers.hpp"
#include "enkat/data/other_words.hpp"

namespace enkat::recode_test {

using namespace test;
using enum MissingReason;
using Reasons = std::vector<MissingReason>;
using Int = std::optional<std::int32_t>;
using Ints = std::vector<Int>;

constexpr std::nullopt_t na = std::nullopt;

Codebook codebook_of(const std::string& questions) {
  return Codebook::parse(R"({"schema_version": 1, "questions": [)" + questions + "]}");
}

/// Question "q" of a codebook recoded from a table, with what is wrong.
struct Recoded {
  std::vector<Issue> issues;
  Answers answers;

  Recoded(const Table& table, const Codebook& codebook)
      : answers(recode(table, codebook, *codebook.find("q"), issues)) {}
  Recoded(const Table& table, const std::string& question) : Recoded(table, codebook_of(question)) {}

  Reasons reasons() const { return {answers.reasons().begin(), answers.reasons().end()}; }
  std::vector<std::int32_t> levels() const {
    std::vector<std::int32_t> out(answers.rows());
    answers.levels(0, out);
    return out;
  }
  std::vector<double> numbers() const {
    std::vector<double> out(answers.rows());
    answers.numbers(0, out);
    return out;
  }
  std::vector<int> ticked(std::size_t option) const {
    std::vector<std::uint8_t> out(answers.rows());
    answers.ticked(option, 0, out);
    return {out.begin(), out.end()};
  }
  std::vector<std::string> codes() const {
    std::vector<std::string> out;
    for (const Issue& issue : issues) out.push_back(issue.code);
    return out;
  }
};

using Codes = std::vector<std::string>;

Array ints(const Ints& cells) { return numbers<std::int32_t>("i", cells); }

Table columns(const std::vector<std::pair<std::string, Array>>& arrays) {
  std::vector<std::string> names;
  Source::Batch batch;
  for (const auto& [name, array] : arrays) {
    names.push_back(name);
    batch.push_back(array);
  }
  return Source(names, {batch}).table();
}

Table column_q(Array array) { return columns({{"q", std::move(array)}}); }

const std::string single = R"({"name": "q", "type": "single",
  "options": [{"name": "yes", "code": 1}, {"name": "no", "code": 2}],
  "missing": [{"code": 98, "reason": "dont_know"}, {"code": 99, "reason": "refused"}]})";

// ---- single and scale

TEST(Recode, SingleReadsCodesAndNamesTheReasonOfEveryOtherCell) {
  const Recoded q(column_q(ints({1, 2, 98, 99, na})), single);
  EXPECT_EQ(q.levels(), (std::vector<std::int32_t>{0, 1, -1, -1, -1}));
  EXPECT_EQ(q.reasons(), (Reasons{answered, answered, dont_know, refused, skipped}));
  EXPECT_EQ(q.answers.counts()[0], 2);
  EXPECT_EQ(q.ticked(1), (std::vector<int>{0, 1, 0, 0, 0}));
  EXPECT_TRUE(q.issues.empty());
}

TEST(Recode, TheSameAnswersInAnyTypeOfColumnAreTheSame) {
  const Reasons expected{answered, answered, dont_know, skipped};
  const Array words = texts(Words{"2", "98", "1"});
  for (const Table& table :
       {column_q(ints({1, 2, 98, na})), column_q(numbers<double>("g", {1.0, 2.0, 98.0, std::nan("")})),
        column_q(numbers<std::uint8_t>("C", {{1}, {2}, {98}, na})), column_q(numbers<float>("f", {1.F, 2.F, 98.F, na})),
        column_q(texts(Words{"1", " 2 ", "98.0", ""})), column_q(texts<std::int64_t>(Words{"yes", "no", "98", na})),
        column_q(dictionary<std::int8_t>("c", {2, 0, 1, na}, words))}) {
    const Recoded q(table, single);
    EXPECT_EQ(q.reasons(), expected);
    EXPECT_EQ(q.levels(), (std::vector<std::int32_t>{0, 1, -1, -1}));
  }
}

TEST(Recode, ATextCodeThatReadsAsANumberMatchesNumbersAndOnlyThen) {
  const std::string question = R"({"name": "q", "type": "single",
    "options": [{"name": "a", "code": "1"}, {"name": "b", "code": "02"}]})";
  EXPECT_EQ(Recoded(column_q(ints({1})), question).levels(), (std::vector<std::int32_t>{0}));
  EXPECT_EQ(Recoded(column_q(texts(Words{"02"})), question).levels(), (std::vector<std::int32_t>{1}));
  EXPECT_EQ(Recoded(column_q(ints({2})), question).codes(), (Codes{"data.unknown_code"}));
}

TEST(Recode, ANumberNeverMeansTheNameOfAnotherCode) {
  const std::string shifted = R"({"name": "q", "type": "scale",
    "options": [{"name": "0", "code": 1}, {"name": "1", "code": 2}]})";
  EXPECT_EQ(Recoded(column_q(ints({1, 2})), shifted).levels(), (std::vector<std::int32_t>{0, 1}));
  EXPECT_EQ(Recoded(column_q(texts(Words{"1", "0"})), shifted).codes(), (Codes{"data.unknown_code"}));
}

TEST(Recode, BooleansAreOneAndZeroOrTrueAndFalse) {
  const Array array = booleans({true, false, na});
  EXPECT_EQ(
      Recoded(column_q(array), R"({"name": "q", "type": "single", "options": [{"name": "false"}, {"name": "true"}]})")
          .levels(),
      (std::vector<std::int32_t>{1, 0, -1}));
  EXPECT_EQ(Recoded(column_q(array), R"({"name": "q", "type": "single",
                                         "options": [{"name": "y", "code": 1}, {"name": "n", "code": 0}]})")
                .levels(),
            (std::vector<std::int32_t>{0, 1, -1}));
}

TEST(Recode, CodesOutsideTheSmallOnesAndFractionsWork) {
  const std::string question = R"({"name": "q", "type": "scale",
    "options": [{"name": "a", "code": -500}, {"name": "b", "code": 0.5}, {"name": "c", "code": 70000}]})";
  const Recoded q(column_q(numbers<double>("g", {70000.0, 0.5, -500.0, 1e300})), question);
  EXPECT_EQ(q.levels(), (std::vector<std::int32_t>{2, 1, 0, -1}));
  EXPECT_EQ(q.numbers()[2], -500);
  EXPECT_TRUE(std::isnan(q.numbers()[3]));
  EXPECT_EQ(q.codes(), (Codes{"data.unknown_code"}));
}

TEST(Recode, AnUnknownCodeIsReportedByRowWithWhatIsAllowedAndNotInTheSentence) {
  const Recoded q(column_q(ints({1, 777})), single);
  ASSERT_EQ(q.codes(), (Codes{"data.unknown_code"}));
  const Issue& issue = q.issues[0];
  EXPECT_EQ(issue.context["row"], 2);
  EXPECT_EQ(issue.context["column"], "q");
  EXPECT_EQ(issue.context["question"], "q");
  EXPECT_EQ(issue.context["value"], 777);
  EXPECT_EQ(issue.context["allowed"], (std::vector<std::string>{"1", "2", "98", "99"}));
  EXPECT_EQ(issue.message.find("777"), std::string::npos);
  EXPECT_NE(issue.message.find("allowed are 1, 2; missing codes are 98, 99"), std::string::npos);
  EXPECT_EQ(q.reasons()[1], invalid);
}

TEST(Recode, FreeTextInPlaceOfACodeIsNotRepeated) {
  const Recoded q(column_q(texts(Words{"my boss Anna told me so"})), single);
  ASSERT_EQ(q.codes(), (Codes{"data.unknown_code"}));
  EXPECT_FALSE(q.issues[0].context.contains("value"));
  EXPECT_EQ(q.issues[0].message.find("Anna"), std::string::npos);
}

TEST(Recode, AThousandProblemsAreShownAndTheRestCounted) {
  const Recoded q(column_q(ints(Ints(2'500, 7))), single);
  ASSERT_EQ(q.issues.size(), 1'001U);
  EXPECT_EQ(q.issues.back().code, "data.more_problems");
  EXPECT_EQ(q.issues.back().context["rest"], 1'500);
  EXPECT_EQ(std::get<Context>(q.issues.back().context["counts"].held())["data.unknown_code"], 2'500);
  EXPECT_EQ(q.answers.counts()[static_cast<std::size_t>(invalid)], 2'500);
}

TEST(Recode, AColumnThatIsNotThereIsAProblemWithASuggestion) {
  const Recoded q(columns({{"qq", ints({1})}}), single);
  ASSERT_EQ(q.codes(), (Codes{"data.unknown_column"}));
  EXPECT_NE(q.issues[0].message.find("did you mean 'qq'?"), std::string::npos);
  EXPECT_EQ(q.reasons(), (Reasons{skipped}));
}

TEST(Recode, AColumnOfListsIsNoSingleAnswer) {
  EXPECT_EQ(Recoded(column_q(lists({1}, ints({1}))), single).codes(), (Codes{"data.wrong_type"}));
}

// ---- multiple and top_k: the rows of the semantics, in each storage

const std::string options = R"("options": [{"name": "a", "code": 1}, {"name": "b", "code": 2},
  {"name": "c", "code": 3}, {"name": "none", "code": 9, "exclusive": true}],
  "missing": [{"code": 98, "reason": "dont_know"}, {"code": 97, "reason": "not_asked"}])";

std::string multiple(const std::string& rest) {
  return R"({"name": "q", "type": "multiple", )" + rest + ", " + options + "}";
}
std::string top_two(const std::string& rest) {
  return R"({"name": "q", "type": "top_k", "k": 2, )" + rest + ", " + options + "}";
}

/// Four 0/1 columns; each argument is a row.
Table ticks(const std::vector<std::array<Int, 4>>& rows) {
  std::vector<std::pair<std::string, Array>> arrays;
  const char* names[] = {"q_a", "q_b", "q_c", "q_none"};
  for (std::size_t option = 0; option < 4; ++option) {
    Ints cells;
    for (const auto& row : rows) cells.push_back(row[option]);
    arrays.emplace_back(names[option], ints(cells));
  }
  return columns(arrays);
}

const std::string in_columns = R"("storage": "columns")";

TEST(Recode, MissingBesideAnsweredMeansNotTicked) {
  const Recoded q(ticks({{1, na, 0, na}, {na, na, 1, na}}), multiple(in_columns));
  EXPECT_EQ(q.reasons(), (Reasons{answered, answered}));
  EXPECT_EQ(q.ticked(0), (std::vector<int>{1, 0}));
  EXPECT_EQ(q.ticked(1), (std::vector<int>{0, 0}));
  EXPECT_EQ(q.ticked(2), (std::vector<int>{0, 1}));
}

TEST(Recode, MissingInAllColumnsIsMissingAndKeepsItsReason) {
  const Recoded q(ticks({{na, na, na, na}, {98, na, na, na}, {na, 97, 97, 97}, {98, 1, na, na}}), multiple(in_columns));
  EXPECT_EQ(q.reasons(), (Reasons{skipped, dont_know, not_asked, answered}));
}

TEST(Recode, ZeroInAllColumnsIsAnAnswerUnlessTheCodebookSaysSkipped) {
  const Table table = ticks({{0, 0, 0, 0}, {0, na, na, na}, {0, 98, 0, 0}, {0, 1, 0, 0}});
  EXPECT_EQ(Recoded(table, multiple(in_columns)).reasons(), (Reasons{answered, answered, answered, answered}));
  EXPECT_EQ(Recoded(table, multiple(in_columns + R"(, "all_zero": "skipped")")).reasons(),
            (Reasons{skipped, skipped, dont_know, answered}));
}

TEST(Recode, FewerThanKChoicesAreValidAndMoreAreAProblem) {
  const Table table = ticks({{1, 0, 0, 0}, {1, 1, 0, 0}, {1, 1, 1, 0}});
  const Recoded q(table, top_two(in_columns));
  EXPECT_EQ(q.reasons(), (Reasons{answered, answered, invalid}));
  ASSERT_EQ(q.codes(), (Codes{"data.too_many_choices"}));
  EXPECT_EQ(q.issues[0].context["row"], 3);
  EXPECT_EQ(q.ticked(0), (std::vector<int>{1, 1, 0})) << "a row that is no answer ticks nothing";
  const Recoded accepted(table, top_two(in_columns + R"(, "over": "missing")"));
  EXPECT_TRUE(accepted.issues.empty());
  EXPECT_EQ(accepted.reasons(), (Reasons{answered, answered, over}));
}

TEST(Recode, AnExclusiveOptionBesideAnotherIsAProblem) {
  const Table table = ticks({{0, 0, 0, 1}, {1, 0, 0, 1}});
  const Recoded q(table, multiple(in_columns));
  EXPECT_EQ(q.codes(), (Codes{"data.exclusive_with_other"}));
  EXPECT_EQ(q.reasons(), (Reasons{answered, invalid}));
  const Recoded accepted(table, multiple(in_columns + R"(, "over": "missing")"));
  EXPECT_TRUE(accepted.issues.empty());
  EXPECT_EQ(accepted.reasons(), (Reasons{answered, over}));
}

TEST(Recode, ColumnsHoldZeroAndOneOnly) {
  const Recoded q(ticks({{2, 0, 0, 0}}), multiple(in_columns));
  ASSERT_EQ(q.codes(), (Codes{"data.not_zero_or_one"}));
  EXPECT_EQ(q.issues[0].context["column"], "q_a");
  EXPECT_EQ(q.reasons(), (Reasons{invalid}));
}

// ---- ticks as tools write them

const std::string two_options = R"("options": [{"name": "a", "column": "A"}, {"name": "b", "column": "B"}])";

std::string marked(const std::string& rest, const std::string& options_of = two_options) {
  return R"({"name": "q", "type": "multiple", "storage": "columns", )" + rest + ", " + options_of + "}";
}

Table two_columns(const Words& a, const Words& b) { return columns({{"A", texts(a)}, {"B", texts(b)}}); }

TEST(Recode, AMarkTicksAndABlankBesideItDoesNot) {
  const Table table = two_columns({"Y", "Y", "", "", na}, {"", "Y", " Y ", na, ""});
  const Recoded q(table, marked(R"("ticked": "Y")"));
  EXPECT_TRUE(q.issues.empty());
  EXPECT_EQ(q.ticked(0), (std::vector<int>{1, 1, 0, 0, 0}));
  EXPECT_EQ(q.ticked(1), (std::vector<int>{0, 1, 1, 0, 0}));
  EXPECT_EQ(q.reasons(), (Reasons{answered, answered, answered, skipped, skipped}))
      << "a row without a mark may not have been asked";
  EXPECT_EQ(Recoded(table, marked(R"("ticked": "Y", "blank": "none chosen")")).reasons(), Reasons(5, answered));
}

TEST(Recode, AMarkOfWhatIsNotTickedIsAnAnswer) {
  const Table table = two_columns({"Yes", "No", "N/A", ""}, {"No", "No", "N/A", ""});
  const Recoded q(table, marked(R"("ticked": ["Yes", "yes"], "not_ticked": "No",
                                   "missing": [{"code": "N/A", "reason": "not_asked"}])"));
  EXPECT_TRUE(q.issues.empty());
  EXPECT_EQ(q.reasons(), (Reasons{answered, answered, not_asked, skipped}));
  EXPECT_EQ(q.ticked(0), (std::vector<int>{1, 0, 0, 0}));
  EXPECT_EQ(q.ticked(1), (std::vector<int>{0, 0, 0, 0}));
}

TEST(Recode, OneAndTwoAreReadAsTheCodebookSays) {
  const Recoded q(columns({{"A", ints({1, 2, na})}, {"B", ints({2, 1, na})}}),
                  marked(R"("ticked": 1, "not_ticked": 2)"));
  EXPECT_TRUE(q.issues.empty());
  EXPECT_EQ(q.ticked(0), (std::vector<int>{1, 0, 0}));
  EXPECT_EQ(q.reasons(), (Reasons{answered, answered, skipped}));
}

TEST(Recode, TruthValuesAreTheirWords) {
  const Table table = columns({{"A", booleans({true, false, na})}, {"B", booleans({false, false, na})}});
  for (const std::string marks : {R"("ticked": "TRUE", "not_ticked": "FALSE")", R"("over": "error")"}) {
    const Recoded q(table, marked(marks));
    EXPECT_TRUE(q.issues.empty());
    EXPECT_EQ(q.ticked(0), (std::vector<int>{1, 0, 0}));
    EXPECT_EQ(q.reasons(), (Reasons{answered, answered, skipped}));
  }
}

TEST(Recode, AnOptionMayBeTickedByItsOwnWords) {
  const Recoded q(two_columns({"Mail", "", "Mail"}, {"By phone", "By phone", ""}),
                  marked(R"("over": "error")", R"("options": [{"name": "a", "column": "A", "ticked": "Mail"},
                                                  {"name": "b", "column": "B", "ticked": "By phone"}])"));
  EXPECT_TRUE(q.issues.empty());
  EXPECT_EQ(q.ticked(0), (std::vector<int>{1, 0, 1}));
  EXPECT_EQ(q.ticked(1), (std::vector<int>{1, 1, 0}));
}

TEST(Recode, WhatIsNeitherTickedNorNotIsAProblemThatDoesNotQuoteIt) {
  const Recoded q(two_columns({"Y", "secret"}, {"", ""}), marked(R"("ticked": "Y")"));
  ASSERT_EQ(q.codes(), (Codes{"data.unknown_tick"}));
  EXPECT_EQ(q.issues[0].context["row"], 2);
  EXPECT_EQ(q.issues[0].context["column"], "A");
  EXPECT_TRUE(q.issues[0].context["value"].is_nothing());
  EXPECT_EQ(q.issues[0].message.find("secret"), std::string::npos);
  EXPECT_EQ(q.reasons(), (Reasons{answered, invalid}));
}

TEST(Recode, AnAbsentOptionIsNotTickedAndItsColumnMustBeAbsent) {
  const std::string with_absent =
      R"("options": [{"name": "a", "column": "A"}, {"name": "b", "column": "B", "absent": true}])";
  const Recoded q(columns({{"A", texts(Words{"Y", ""})}}), marked(R"("ticked": "Y")", with_absent));
  EXPECT_TRUE(q.issues.empty());
  EXPECT_EQ(q.ticked(1), (std::vector<int>{0, 0}));
  EXPECT_EQ(q.reasons(), (Reasons{answered, skipped}));
  EXPECT_EQ(Recoded(two_columns({"Y"}, {""}), marked(R"("ticked": "Y")", with_absent)).codes(),
            (Codes{"data.not_absent"}));
}

// ---- words of one's own

const std::string with_other = R"("options": [{"name": "TV"}, {"name": "Radio"}, {"name": "Else", "other": true}])";

/// The words given for the residual option of q, "" where there are none, and why.
struct OtherWords {
  std::vector<std::string> words;
  Reasons reasons;

  OtherWords(const Table& table, const std::string& question) {
    const Codebook codebook = with_other_words(codebook_of(question), table);
    std::vector<Issue> issues;
    const Answers answers = recode(table, codebook, *codebook.find("q_other"), issues);
    std::vector<std::string_view> out(answers.rows());
    answers.texts(0, out);
    words.assign(out.begin(), out.end());
    reasons.assign(answers.reasons().begin(), answers.reasons().end());
  }
};

TEST(Recode, OtherWordsAreTheResidualOptionAndKeptApart) {
  const std::string question =
      R"({"name": "q", "type": "single", "missing": [{"code": "?", "reason": "dont_know"}], )" + with_other + "}";
  const Table table = column_q(texts(Words{"TV", " my neighbour ", "Else", "?", na, "7"}));
  const Recoded q(table, question);
  EXPECT_TRUE(q.issues.empty());
  EXPECT_EQ(q.levels(), (std::vector<std::int32_t>{0, 2, 2, -1, -1, 2}));
  const OtherWords other(table, question);
  EXPECT_EQ(other.words, (std::vector<std::string>{"", "my neighbour", "", "", "", "7"}));
  EXPECT_EQ(other.reasons, (Reasons{not_asked, answered, not_asked, dont_know, skipped, answered}));
}

TEST(Recode, AmongNumberCodesAnUnknownNumberStaysAProblem) {
  const std::string question = R"({"name": "q", "type": "single",
    "options": [{"name": "TV", "code": 1}, {"name": "Else", "code": 2, "other": true}]})";
  EXPECT_EQ(Recoded(column_q(texts(Words{"1", "7", "words"})), question).codes(), (Codes{"data.unknown_code"}));
  EXPECT_EQ(Recoded(column_q(ints({1, 7})), question).codes(), (Codes{"data.unknown_code"}));
}

TEST(Recode, TwoResidualOptionsTakeInNothing) {
  EXPECT_EQ(Recoded(column_q(texts(Words{"words"})), R"({"name": "q", "type": "single", "options": [
    {"name": "a", "other": true}, {"name": "b", "other": true}]})")
                .codes(),
            (Codes{"data.unknown_code"}));
}

TEST(Recode, OtherWordsInADelimitedText) {
  const std::string question =
      R"({"name": "q", "type": "multiple", "storage": "delimited", "column": "q", "delimiter": ", ", )" + with_other +
      "}";
  const Table table = column_q(texts(Words{"TV, Radio", "Radio, the paper, a friend", "Else", "podcasts"}));
  const Recoded q(table, question);
  EXPECT_TRUE(q.issues.empty());
  EXPECT_EQ(q.ticked(0), (std::vector<int>{1, 0, 0, 0}));
  EXPECT_EQ(q.ticked(1), (std::vector<int>{1, 1, 0, 0}));
  EXPECT_EQ(q.ticked(2), (std::vector<int>{0, 1, 1, 1}));
  EXPECT_EQ(OtherWords(table, question).words, (std::vector<std::string>{"", "the paper, a friend", "", "podcasts"}));
}

TEST(Recode, OtherWordsInTheColumnOfTheirOption) {
  const std::string question =
      marked(R"("ticked": "Y", "missing": [{"code": "N/A", "reason": "not_asked"}])",
             R"("options": [{"name": "a", "column": "A"}, {"name": "b", "column": "B", "other": true}])");
  const Table table = two_columns({"Y", "", "", "N/A"}, {"", "a poster", "Y", ""});
  const Recoded q(table, question);
  EXPECT_TRUE(q.issues.empty());
  EXPECT_EQ(q.ticked(1), (std::vector<int>{0, 1, 1, 0}));
  EXPECT_EQ(q.reasons(), (Reasons{answered, answered, answered, not_asked}));
  EXPECT_EQ(OtherWords(table, question).words, (std::vector<std::string>{"", "a poster", "", ""}));
}

TEST(Recode, WordsAreNotAddedWhereTheNameIsTaken) {
  const Codebook codebook = codebook_of(R"({"name": "q", "type": "single", )" + with_other + "}");
  const Array words = texts(Words{"TV", "my neighbour"});
  EXPECT_EQ(with_other_words(codebook, columns({{"q", words}, {"q_other", words}})).questions().size(), 1U);
  EXPECT_EQ(with_other_words(codebook, column_q(texts(Words{"TV", na}))).questions().size(), 1U) << "there are none";
  EXPECT_EQ(with_other_words(codebook, column_q(ints({1}))).questions().size(), 1U) << "numbers are no words";
  EXPECT_EQ(with_other_words(codebook, column_q(words)).questions().size(), 2U);
}

TEST(Recode, OptionsNobodyChoseStay) {
  const Recoded q(ticks({{1, 0, 0, 0}}), multiple(in_columns));
  EXPECT_EQ(q.answers.options(), 4U);
  EXPECT_EQ(q.ticked(2), (std::vector<int>{0}));
}

TEST(Recode, ColumnsOfBooleansAndOfTextsAreTicksToo) {
  const Table table = columns({{"q_a", booleans({true, na})},
                               {"q_b", texts(Words{"0", ""})},
                               {"q_c", numbers<double>("g", {1.0, na})},
                               {"q_none", Array{.format = "n", .length = 2}}});
  const Recoded q(table, multiple(in_columns));
  EXPECT_EQ(q.reasons(), (Reasons{answered, skipped}));
  EXPECT_EQ(q.ticked(0), (std::vector<int>{1, 0}));
  EXPECT_EQ(q.ticked(1), (std::vector<int>{0, 0}));
  EXPECT_EQ(q.ticked(2), (std::vector<int>{1, 0}));
}

TEST(Recode, EveryMissingTickColumnIsReported) {
  EXPECT_EQ(Recoded(columns({{"q_a", ints({1})}}), multiple(in_columns)).codes(), Codes(3, "data.unknown_column"));
}

const std::string in_codes = R"("storage": "codes", "columns": ["t1", "t2"])";

TEST(Recode, ColumnsOfCodesTickTheirOptions) {
  const Table table = columns({{"t1", ints({1, na, 98, 3, 55, 9})}, {"t2", ints({2, na, na, 3, 1, 1})}});
  const Recoded q(table, top_two(in_codes));
  EXPECT_EQ(q.reasons(), (Reasons{answered, skipped, dont_know, answered, invalid, invalid}));
  EXPECT_EQ(q.ticked(2), (std::vector<int>{0, 0, 0, 1, 0, 0})) << "the same code twice counts once";
  EXPECT_EQ(q.codes(), (Codes{"data.unknown_code", "data.exclusive_with_other"}));
}

const std::string delimited = R"("storage": "delimited", "column": "q")";

TEST(Recode, DelimitedTextsHoldCodesOrNamesWithSpacesTrimmed) {
  const Table table = column_q(texts(Words{"1;2", " b ; 3 ;", "", na, "98", "2;2", "1;zebra", "  "}));
  const Recoded q(table, multiple(delimited));
  EXPECT_EQ(q.reasons(), (Reasons{answered, answered, skipped, skipped, dont_know, answered, invalid, skipped}));
  EXPECT_EQ(q.ticked(1), (std::vector<int>{1, 1, 0, 0, 0, 1, 0, 0}));
  EXPECT_EQ(q.codes(), (Codes{"data.unknown_code"}));
}

TEST(Recode, ABlankIsAnAnswerWhereTheCodebookSaysSoAndANullIsNot) {
  const Table table = column_q(texts(Words{"1", "", "  ", na}));
  const Recoded q(table, multiple(delimited + R"(, "blank": "none chosen")"));
  EXPECT_EQ(q.reasons(), (Reasons{answered, answered, answered, skipped}));
  EXPECT_EQ(q.ticked(0), (std::vector<int>{1, 0, 0, 0}));
}

TEST(Recode, ADelimitedColumnWithOneChoiceEachMayArriveAsNumbers) {
  EXPECT_EQ(Recoded(column_q(ints({2, na})), multiple(delimited)).ticked(1), (std::vector<int>{1, 0}));
}

TEST(Recode, ADelimiterOfSeveralSignsSplits) {
  const Recoded q(column_q(texts(Words{"1||3"})), multiple(delimited + R"(, "delimiter": "||")"));
  EXPECT_EQ(q.ticked(2), (std::vector<int>{1}));
}

TEST(Recode, ABlankSeparatesCodes) {
  const Recoded q(column_q(texts(Words{"3 1", "2", "", "1  2 "})), multiple(delimited + R"(, "delimiter": " ")"));
  EXPECT_TRUE(q.issues.empty());
  EXPECT_EQ(q.ticked(0), (std::vector<int>{1, 0, 0, 1}));
  EXPECT_EQ(q.ticked(1), (std::vector<int>{0, 1, 0, 1}));
  EXPECT_EQ(q.ticked(2), (std::vector<int>{1, 0, 0, 0}));
}

std::string of_words(const std::string& names) {
  return R"({"name": "q", "type": "multiple", "storage": "delimited", "column": "q", "delimiter": ", ", "options": [)" +
         names + "]}";
}

TEST(Recode, AnOptionMayContainTheDelimiter) {
  const std::string question = of_words(R"({"name": "Pay, benefits, pension"}, {"name": "Pay"}, {"name": "Hours"})");
  const Table table =
      column_q(texts(Words{"Pay, benefits, pension", "Hours, Pay, benefits, pension", "Pay, Hours", "Pay, benefits"}));
  const Recoded q(table, question);
  EXPECT_EQ(q.ticked(0), (std::vector<int>{1, 1, 0, 0}));
  EXPECT_EQ(q.ticked(1), (std::vector<int>{0, 0, 1, 0}));
  EXPECT_EQ(q.ticked(2), (std::vector<int>{0, 1, 1, 0}));
  EXPECT_EQ(q.codes(), (Codes{"data.unknown_code"})) << "half an option is none";
}

TEST(Recode, ATextThatIsTwoListsOfOptionsIsRefused) {
  const Recoded q(column_q(texts(Words{"A, B", "B, A"})),
                  of_words(R"({"name": "A, B"}, {"name": "A"}, {"name": "B"})"));
  EXPECT_EQ(q.codes(), (Codes{"data.ambiguous_choices"}));
  EXPECT_EQ(q.reasons(), (Reasons{invalid, answered}));
}

TEST(Recode, TheReadingThatLeavesNoWordsIsTaken) {
  const Recoded q(column_q(texts(Words{"A, B, C"})),
                  of_words(R"({"name": "A, B"}, {"name": "A"}, {"name": "B, C"}, {"name": "E", "other": true})"));
  EXPECT_EQ(q.ticked(0), (std::vector<int>{0})) << "the longest first would leave C";
  EXPECT_EQ(q.ticked(1), (std::vector<int>{1}));
  EXPECT_EQ(q.ticked(2), (std::vector<int>{1}));
  EXPECT_EQ(q.ticked(3), (std::vector<int>{0}));
}

const std::string in_list = R"("storage": "list", "column": "q")";

TEST(Recode, AnEmptyListIsAnAnswerAndANullOneIsNot) {
  const Table table = column_q(lists<std::int64_t>({2, 0, na, 1, 1}, ints({1, 3, 98, na})));
  const Recoded q(table, multiple(in_list));
  EXPECT_EQ(q.reasons(), (Reasons{answered, answered, skipped, dont_know, skipped}));
  EXPECT_EQ(q.ticked(2), (std::vector<int>{1, 0, 0, 0, 0}));
}

TEST(Recode, SlicedListsOfWordsReadTheirOwnElements) {
  const Array whole = lists({1, 2, 1, 1}, texts(Words{"a", "b", "c", "a", "zebra"}));
  const Recoded q(column_q(whole.sliced(1, 3)), multiple(in_list));
  EXPECT_EQ(q.ticked(1), (std::vector<int>{1, 0, 0}));
  EXPECT_EQ(q.ticked(0), (std::vector<int>{0, 1, 0}));
  EXPECT_EQ(q.codes(), (Codes{"data.unknown_code"}));
  EXPECT_EQ(q.issues[0].context["row"], 3);
}

TEST(Recode, TextsWhereListsAreExpectedAreAWrongType) {
  EXPECT_EQ(Recoded(column_q(texts(Words{"1"})), multiple(in_list)).codes(), (Codes{"data.wrong_type"}));
}

/// The same random choices in the four storages, in chunks; a row is missing, or chooses up to `k`.
TEST(Recode, TheFourStoragesGiveTheSameAnswers) {
  std::mt19937 random(20230331);
  constexpr std::size_t rows = 9'001;  // two blocks and a bit
  Ints tick[4], code[2];
  Words text;
  std::vector<std::optional<int>> lengths;
  Ints elements;
  for (std::size_t row = 0; row < rows; ++row) {
    std::vector<std::int32_t> chosen;
    if (random() % 10 == 0) {
      chosen = {9};
    } else {
      for (std::int32_t option = 1; option <= 3; ++option)
        if (random() % 3 == 0 && chosen.size() < 2) chosen.push_back(option);
    }
    std::ranges::shuffle(chosen, random);
    const bool missing = chosen.empty();
    for (std::size_t option = 0; option < 4; ++option) {
      const std::int32_t wanted = option == 3 ? 9 : static_cast<std::int32_t>(option) + 1;
      const bool has = std::ranges::count(chosen, wanted) > 0;
      tick[option].push_back(has ? Int(1) : missing || random() % 2 == 0 ? na : Int(0));
    }
    const bool last_column_first = random() % 2 == 0;  // k columns need not be filled from the left
    for (std::size_t c = 0; c < 2; ++c) {
      const std::size_t i = last_column_first ? 1 - c : c;
      code[c].push_back(i < chosen.size() ? Int(chosen[i]) : na);
    }
    std::string joined;
    for (const std::int32_t c : chosen) joined += (joined.empty() ? "" : "; ") + std::to_string(c);
    text.push_back(joined);
    lengths.push_back(missing ? std::optional<int>() : static_cast<int>(chosen.size()));
    for (const std::int32_t c : chosen) elements.push_back(c);
  }
  const auto chunked = [&](const std::vector<std::string>& names, const std::vector<Array>& whole) {
    std::vector<Source::Batch> batches;
    constexpr std::int64_t cuts[] = {0, 1, 70, 5'000, static_cast<std::int64_t>(rows)};
    for (std::size_t part = 0; part < 4; ++part) {
      Source::Batch& batch = batches.emplace_back();
      for (const Array& array : whole) batch.push_back(array.sliced(cuts[part], cuts[part + 1] - cuts[part]));
    }
    return Source(names, batches).table();
  };
  const std::vector<std::string> names{"q_a", "q_b", "q_c", "q_none"};
  const std::vector<Array> tick_columns{ints(tick[0]), ints(tick[1]), ints(tick[2]), ints(tick[3])};
  const Recoded by_columns(chunked(names, tick_columns), top_two(in_columns));
  const std::vector<Recoded> others{
      Recoded(Source(names, {tick_columns}).table(), top_two(in_columns)),
      Recoded(chunked({"t1", "t2"}, {ints(code[0]), ints(code[1])}), top_two(in_codes)),
      Recoded(chunked({"q"}, {texts(text)}), top_two(delimited)),
      Recoded(chunked({"q"}, {lists(lengths, ints(elements))}), top_two(in_list)),
  };
  EXPECT_TRUE(by_columns.issues.empty());
  EXPECT_GT(by_columns.answers.counts()[static_cast<std::size_t>(skipped)], 500);
  for (const Recoded& other : others) {
    EXPECT_TRUE(other.issues.empty());
    EXPECT_EQ(other.reasons(), by_columns.reasons());
    for (std::size_t option = 0; option < 4; ++option) EXPECT_EQ(other.ticked(option), by_columns.ticked(option));
  }
}

TEST(Recode, BlocksFromAnyRowReadTheSame) {
  const Recoded q(ticks(std::vector<std::array<Int, 4>>(200, {1, 0, na, 0})), multiple(in_columns));
  std::vector<std::uint8_t> part(70);
  q.answers.ticked(0, 63, part);
  EXPECT_EQ(std::ranges::count(part, 1), 70);
  EXPECT_EQ(q.answers.plane(0)[3], 0xFFU) << "200 rows: the last word has 8";
}

// ---- numbers and texts

TEST(Recode, NumbersAreReadInPlaceWithTheirMissingCodes) {
  const std::string question = R"({"name": "q", "type": "number", "range": [0, 120],
    "missing": [{"code": 999, "reason": "refused"}, {"code": "NA", "reason": "dont_know"}]})";
  const Recoded q(column_q(numbers<double>("g", {31.5, 999.0, std::nan(""), na, 121.0})), question);
  EXPECT_EQ(q.reasons(), (Reasons{answered, refused, skipped, skipped, invalid}));
  const std::vector<double> values = q.numbers();
  EXPECT_EQ(values[0], 31.5);
  for (std::size_t row = 1; row < values.size(); ++row) EXPECT_TRUE(std::isnan(values[row]));
  ASSERT_EQ(q.codes(), (Codes{"data.out_of_range"}));
  EXPECT_EQ(q.issues[0].context["range"], (std::vector{0.0, 120.0}));
  EXPECT_FALSE(q.issues[0].context.contains("value"));
  EXPECT_EQ(q.issues[0].message.find("121"), std::string::npos);

  const Recoded text(column_q(texts(Words{"31.5", "999", "", na, "121", "NA", "about 30"})), question);
  EXPECT_EQ(text.reasons(), (Reasons{answered, refused, skipped, skipped, invalid, dont_know, invalid}));
  EXPECT_EQ(text.codes(), (Codes{"data.out_of_range", "data.not_a_number"}));
  EXPECT_EQ(text.numbers()[0], 31.5);
  EXPECT_EQ(text.issues[1].message.find("about"), std::string::npos);
}

TEST(Recode, InfinitiesAreCountedAndRefused) {
  const Recoded q(column_q(numbers<double>("g", {INFINITY, 1.0, -INFINITY})), R"({"name": "q", "type": "number"})");
  ASSERT_EQ(q.codes(), (Codes{"data.not_finite"}));
  EXPECT_EQ(q.issues[0].context["rows"], 2);
  EXPECT_TRUE(std::isnan(q.numbers()[0]));
}

TEST(Recode, DatesAreNoNumbers) {
  EXPECT_EQ(Recoded(column_q(numbers<std::int32_t>("tdD", {19447})), R"({"name": "q", "type": "number"})").codes(),
            (Codes{"data.wrong_type"}));
}

TEST(Recode, TextsAreAnswersUnlessEmptyOrAMissingCode) {
  const std::string question = R"({"name": "q", "type": "text", "missing": [{"code": "-", "reason": "refused"}]})";
  const Recoded q(column_q(texts(Words{"So it is", "", "  ", "-", na})), question);
  EXPECT_EQ(q.reasons(), (Reasons{answered, skipped, skipped, refused, skipped}));
  std::vector<std::string_view> out(5);
  q.answers.texts(0, out);
  EXPECT_EQ(out[0], "So it is");
  EXPECT_EQ(out[3].data(), nullptr);
  EXPECT_TRUE(q.issues.empty());
}

TEST(Answers, RefuseWhatTheTypeOfTheQuestionDoesNotHave) {
  const Recoded q(column_q(ints({1})), single);
  std::vector<double> numbers(1);
  EXPECT_THROW(q.answers.numbers(0, numbers), UsageError);
  std::vector<std::string_view> texts(1);
  EXPECT_THROW(q.answers.texts(0, texts), UsageError);
}

// ---- routing

std::string routed(const std::string& question) {
  return R"({"name": "job", "type": "single", "options": [{"name": "nurse"}, {"name": "teacher"}]},
            {"name": "first", "type": "single", "options": [{"name": "yes"}], "asked_if": {"question": "job", "in": ["nurse"]}},)" +
         question;
}

TEST(Recode, OutsideTheRoutingNobodyWasAskedAndAnAnswerIsAProblem) {
  const Table table = columns({{"job", texts(Words{"nurse", "nurse", "teacher", "teacher", na, "teacher"})},
                               {"q", ints({1, na, na, 2, na, 99})}});
  const Codebook codebook = codebook_of(routed(
      R"({"name": "q", "type": "single", "options": [{"name": "a", "code": 1}, {"name": "b", "code": 2}],
          "missing": [{"code": 99, "reason": "refused"}], "asked_if": {"question": "job", "in": ["nurse"]}})"));
  const Recoded q(table, codebook);
  EXPECT_EQ(q.reasons(), (Reasons{answered, skipped, not_asked, not_asked, not_asked, not_asked}));
  EXPECT_EQ(q.levels()[3], -1);
  ASSERT_EQ(q.codes(), (Codes{"data.answer_outside_routing"}));
  EXPECT_EQ(q.issues[0].context["row"], 4);
}

TEST(Recode, RoutingHoldsForMultipleNumbersAndTextsAndAlongAChain) {
  const Table table = columns({{"job", texts(Words{"nurse", "teacher", "nurse"})},
                               {"first", texts(Words{"yes", na, na})},
                               {"q_a", ints({1, 0, 0})},
                               {"q_b", ints({0, 0, 0})},
                               {"q", numbers<double>("g", {1.0, 2.0, na})}});
  const std::string after_first = R"("asked_if": {"question": "first", "in": ["yes"]})";
  const Recoded several(
      table, codebook_of(routed(R"({"name": "q", "type": "multiple", "options": [{"name": "a"}, {"name": "b"}], )" +
                                after_first + "}")));
  EXPECT_EQ(several.reasons(), (Reasons{answered, not_asked, not_asked}));
  EXPECT_TRUE(several.issues.empty()) << "0 in every column outside the routing is no answer";
  const Recoded number(table, codebook_of(routed(R"({"name": "q", "type": "number", )" + after_first + "}")));
  EXPECT_EQ(number.reasons(), (Reasons{answered, not_asked, not_asked}));
  EXPECT_TRUE(std::isnan(number.numbers()[1]));
  EXPECT_EQ(number.codes(), (Codes{"data.answer_outside_routing"}));
}

TEST(Recode, ABlankIsAnAnswerOnlyAmongThoseAsked) {
  const Table table = columns({{"job", texts(Words{"nurse", "teacher"})}, {"q", texts(Words{"", ""})}});
  const Recoded q(table, codebook_of(routed(R"({"name": "q", "type": "multiple", "storage": "delimited",
    "blank": "none chosen", "options": [{"name": "a"}], "asked_if": {"question": "job", "in": ["nurse"]}})")));
  EXPECT_EQ(q.reasons(), (Reasons{answered, not_asked}));
  EXPECT_TRUE(q.issues.empty());
}

// ---- without a codebook

TEST(Infer, LevelsAreTheValuesThatOccurInTheOrderOfLabels) {
  const Table table = column_q(texts(Words{"north", "east", na, "north"}));
  const Question question = infer_levels(Labels(table.column("q")), "q");
  EXPECT_FALSE(question.declared);
  const Answers answers = answers_of(Labels(table.column("q")), question);
  std::vector<std::int32_t> levels(4);
  answers.levels(0, levels);
  EXPECT_EQ(levels, (std::vector<std::int32_t>{1, 0, -1, 1}));
  EXPECT_EQ(question.options[1].name, "north");
  EXPECT_EQ(answers.counts()[static_cast<std::size_t>(skipped)], 1);
}

TEST(Infer, LevelsOfNumbersAreFoundByNumberAndByText) {
  const Table table = column_q(numbers<double>("g", {2.0, 1.5, na}));
  const Question question = infer_levels(Labels(table.column("q")), "q");
  EXPECT_EQ(question.option_index(2), 1U);
  EXPECT_EQ(question.option_index("1.5"), 0U);
}

TEST(Infer, NumbersComeFromNumbersOnly) {
  EXPECT_EQ(infer_number(column_q(ints({1})).column("q"), "q").type, QuestionType::number);
  const Table table = column_q(texts(Words{"a"}));
  EXPECT_THROW(infer_number(table.column("q"), "q"), DataError);
}

TEST(Infer, TooManyLevelsAreRefused) {
  Ints cells;
  for (std::int32_t i = 0; i < 32'001; ++i) cells.push_back(i);
  const Table table = column_q(ints(cells));
  EXPECT_THROW(infer_levels(Labels(table.column("q")), "q"), DataError);
}

// ---- a whole file

TEST(CheckAnswers, ReportsTheProblemsOfAllQuestionsTogether) {
  const Table table = columns({{"q", ints({5})}, {"age", numbers<double>("g", {-1.0})}});
  const auto issues = check_answers(
      table,
      codebook_of(single +
                  R"(, {"name": "age", "type": "number", "range": [0, 120]}, {"name": "gone", "type": "text"})"));
  ASSERT_EQ(issues.size(), 3U);
  EXPECT_EQ(issues[0].code, "data.unknown_code");
  EXPECT_EQ(issues[1].code, "data.out_of_range");
  EXPECT_EQ(issues[2].code, "data.unknown_column");
}

TEST(DuplicateIds, AreReportedByRowWithoutTheId) {
  const Table table = columns({{"id", texts(Words{"p-17", "p-18", "p-17", na})}});
  const auto issues = duplicate_ids(table, "id");
  ASSERT_EQ(issues.size(), 2U);
  EXPECT_EQ(issues[0].code, "data.duplicate_id");
  EXPECT_EQ(issues[0].context["row"], 3);
  EXPECT_EQ(issues[0].context["first"], 1);
  EXPECT_EQ(issues[0].message.find("p-17"), std::string::npos);
  EXPECT_EQ(issues[1].code, "data.missing_id");
}

}  // namespace enkat::recode_test
