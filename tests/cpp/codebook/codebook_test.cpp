#include "enkat/codebook/codebook.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "enkat/basics/json.hpp"

namespace enkat::codebook_test {

const std::string complete = R"({"schema_version": 1, "language": "sv", "questions": [
  {"name": "occupation", "type": "single", "label": "Yrke", "text": {"sv": "Vad arbetar du med?", "en": "What is your job?"},
   "wording": "ours", "column": "occ",
   "options": [{"name": "social", "code": 1, "label": {"sv": "Socialsekreterare", "en": "Social worker"}},
               {"name": "other", "code": "x", "label": "Annat", "other": true}],
   "missing": [{"code": 98, "reason": "dont_know", "label": "Vet ej"}, {"code": 99, "reason": "refused"}]},
  {"name": "trust", "type": "top_k", "k": 2, "storage": "codes", "columns": ["t1", "t2"], "over": "missing",
   "options": [{"name": "a", "code": 1}, {"name": "b", "code": 2}, {"name": "none", "exclusive": true}],
   "asked_if": {"question": "occupation", "in": ["Social worker", "x"]}},
  {"name": "areas", "type": "multiple", "storage": "columns", "all_zero": "skipped",
   "ticked": ["Y", 1], "not_ticked": "N", "blank": "none chosen",
   "options": [{"name": "a"}, {"name": "b", "column": "area_b", "ticked": "b"}, {"name": "c", "absent": true}]},
  {"name": "about", "type": "multiple", "storage": "delimited", "delimiter": "|", "blank": "none chosen",
   "options": [{"name": "a"}]},
  {"name": "list", "type": "multiple", "storage": "list", "options": [{"name": "a"}]},
  {"name": "works", "type": "scale", "options": [{"name": "badly", "code": 1}, {"name": "well", "code": 2.5}]},
  {"name": "age", "type": "number", "range": [16, 110], "unit": {"sv": "år"}, "sensitive": true},
  {"name": "open", "type": "text"},
  {"name": "job", "type": "text", "column": "occ", "other_of": "occupation"}]})";

Json question(const std::string& name, const std::string& rest) {
  return Json::parse(R"({"name": ")" + name + R"(", )" + rest + "}");
}

/// Every problem of a codebook with these questions: "code at".
std::vector<std::string> problems(std::vector<Json> questions) {
  try {
    Codebook::from_json({{"schema_version", 1}, {"questions", questions}});
  } catch (const CodebookError& error) {
    std::vector<std::string> list;
    for (const Issue& issue : error.issues)
      list.push_back(issue.code + " " + std::get<std::string>(issue.context["at"].held()));
    return list;
  }
  return {};
}

using List = std::vector<std::string>;

TEST(Codebook, ReadsEveryKey) {
  const Codebook codebook = Codebook::parse(complete);
  ASSERT_EQ(codebook.questions().size(), 9U);
  const Question& occupation = *codebook.find("occupation");
  EXPECT_EQ(occupation.label.in("en", "sv"), "Yrke");
  EXPECT_EQ(occupation.text.in("en", "sv"), "What is your job?");
  EXPECT_EQ(occupation.wording, Wording::ours);
  EXPECT_EQ(occupation.column, "occ");
  EXPECT_TRUE(occupation.options[1].other);
  EXPECT_EQ(occupation.missing[0].reason, MissingReason::dont_know);
  const Question& trust = *codebook.find("trust");
  EXPECT_EQ(trust.k, 2);
  EXPECT_EQ(trust.answer_columns(), (List{"t1", "t2"}));
  EXPECT_EQ(trust.over, Over::missing);
  EXPECT_TRUE(trust.options[2].exclusive);
  EXPECT_EQ(trust.options[2].code, Code("none"));
  EXPECT_EQ(trust.asked_if->answers, (List{"social", "other"})) << "labels and codes become names";
  EXPECT_EQ(codebook.find("areas")->answer_columns(), (List{"areas_a", "area_b"}));
  EXPECT_EQ(codebook.find("areas")->ticks_of(codebook.find("areas")->options[0]), (std::vector<Code>{"Y", 1}));
  EXPECT_EQ(codebook.find("areas")->ticks_of(codebook.find("areas")->options[1]), (std::vector<Code>{"b"}));
  EXPECT_EQ(codebook.find("areas")->not_ticks(), (std::vector<Code>{"N"}));
  EXPECT_EQ(codebook.find("job")->other_of, "occupation");
  EXPECT_EQ(codebook.find("about")->blank, Blank::none_chosen);
  EXPECT_EQ(codebook.find("age")->range, (std::array<double, 2>{16, 110}));
  EXPECT_TRUE(codebook.find("age")->sensitive);
  EXPECT_EQ(codebook.find("none of these"), nullptr);
}

TEST(Codebook, WrittenAndReadAgainIsTheSame) {
  const Codebook codebook = Codebook::parse(complete);
  EXPECT_EQ(Codebook::from_json(codebook.to_json()), codebook);
  EXPECT_EQ(Codebook::from_json(codebook.to_json()).to_json(), codebook.to_json());
}

TEST(Codebook, ReportsASyntaxErrorByLineAndColumn) {
  try {
    Codebook::parse("{\"schema_version\": 1,\n \"språk\": nej}");
    FAIL();
  } catch (const CodebookError& error) {
    EXPECT_EQ(error.code, "codebook.syntax");
    EXPECT_EQ(error.context["line"], 2);
    EXPECT_EQ(error.context["column"], 12) << "characters, not bytes";
  }
}

TEST(Codebook, ReportsAKeyThatOccursTwice) {
  try {
    Codebook::parse(R"({"schema_version": 1, "schema_version": 1, "questions": []})");
    FAIL();
  } catch (const CodebookError& error) {
    EXPECT_EQ(error.code, "codebook.duplicate_key");
  }
}

TEST(Codebook, ReportsAllProblemsAtOnce) {
  EXPECT_EQ(problems({question("a", R"("type": "singel", "options": 3)"),
                      question("b", R"("type": "number", "rnage": [1, 2])")}),
            (List{"codebook.unknown_value /questions/0/type", "codebook.wrong_type /questions/0/options",
                  "codebook.unknown_key /questions/1/rnage"}));
}

TEST(Codebook, RefusesCharactersInLabelsThatNoPageCanShow) {
  EXPECT_EQ(problems({question("a", R"("type": "text", "label": "red\u001b[31m")"),
                      question("b", R"("type": "text", "label": {"sv": "a\u0007", "en": "b\u009f"})"),
                      question("c", R"("type": "number", "unit": "\u007f")"),
                      question("d", R"("type": "text", "label": "one\n\ttwo\r\u0085\u00e5\u00a0 \u4e2d")")}),
            (List{"codebook.control_character /questions/0/label", "codebook.control_character /questions/1/label",
                  "codebook.control_character /questions/1/label", "codebook.control_character /questions/2/unit"}));
}

TEST(Codebook, SuggestsTheKeyThatWasMeant) {
  try {
    Codebook::from_json(
        {{"schema_version", 1}, {"questions", Json::array({question("b", R"("type": "number", "ranges": [1, 2])")})}});
    FAIL();
  } catch (const CodebookError& error) {
    EXPECT_NE(std::string(error.what()).find("did you mean 'range'?"), std::string::npos);
  }
}

TEST(Codebook, WantsItsVersionAndItsQuestions) {
  const auto code = [](const Json& json) {
    try {
      Codebook::from_json(json);
    } catch (const CodebookError& error) {
      return error.code;
    }
    return std::string();
  };
  EXPECT_EQ(code({{"schema_version", 2}, {"questions", Json::array()}}), "codebook.schema_version");
  EXPECT_EQ(code({{"questions", Json::array()}}), "codebook.missing_key");
  EXPECT_EQ(code({{"schema_version", 1}}), "codebook.missing_key");
  EXPECT_EQ(code(Json::array()), "codebook.wrong_type");
}

TEST(Codebook, RefusesNamesCodesAndLabelsThatOccurTwice) {
  EXPECT_EQ(problems({question("a", R"("type": "text")"), question("a", R"("type": "text")")}),
            (List{"codebook.duplicate_name /questions/1/name"}));
  EXPECT_EQ(problems({question("a", R"("type": "single", "options": [
              {"name": "x", "code": 1, "label": {"sv": "Ja"}}, {"name": "x", "code": "1", "label": {"sv": "Ja"}}])")}),
            (List{"codebook.duplicate_name /questions/0/options/1/name",
                  "codebook.duplicate_code /questions/0/options/1/code",
                  "codebook.duplicate_label /questions/0/options/1/label"}));
  EXPECT_EQ(problems({question("a", R"("type": "single", "options": [
              {"name": "x", "label": {"sv": "Bra", "en": "Good"}}, {"name": "y", "label": {"sv": "Good"}}])")}),
            List())
      << "a word may mean two things in two languages";
}

TEST(Codebook, RefusesAMissingCodeThatIsAnAnswer) {
  EXPECT_EQ(problems({question("a", R"("type": "single", "options": [{"name": "x", "code": 9}],
                                       "missing": [{"code": 9, "reason": "refused"}])")}),
            (List{"codebook.missing_is_answer /questions/0/missing/0/code"}));
  EXPECT_EQ(problems({question("a", R"("type": "multiple", "options": [{"name": "x"}],
                                       "missing": [{"code": 0, "reason": "refused"}])")}),
            (List{"codebook.missing_is_answer /questions/0/missing/0/code"}));
}

TEST(Codebook, KnowsFourReasonsThatAFileMayGive) {
  EXPECT_EQ(problems({question("a", R"("type": "number", "missing": [{"code": 9, "reason": "over"}])")}),
            (List{"codebook.unknown_value /questions/0/missing/0/reason"}));
  EXPECT_EQ(problems({question("a", R"("type": "number", "missing": [{"code": 9, "reason": "refsed"}])")}),
            (List{"codebook.unknown_value /questions/0/missing/0/reason"}));
}

TEST(Codebook, RefusesAKThatCannotBe) {
  const std::string two = R"("type": "top_k", "options": [{"name": "x"}, {"name": "y"}])";
  EXPECT_EQ(problems({question("a", two)}), (List{"codebook.missing_key /questions/0"}));
  EXPECT_EQ(problems({question("a", two + R"(, "k": 0)")}), (List{"codebook.k_out_of_bounds /questions/0/k"}));
  EXPECT_EQ(problems({question("a", two + R"(, "k": 3)")}), (List{"codebook.k_out_of_bounds /questions/0/k"}));
  EXPECT_EQ(problems({question("a", two + R"(, "k": "2")")}), (List{"codebook.wrong_type /questions/0/k"}));
  EXPECT_EQ(problems({question("a", two + R"(, "k": 2)")}), List());
}

TEST(Codebook, RefusesTooFewAndTooManyColumnsOfCodes) {
  const std::string top_two =
      R"("type": "top_k", "k": 2, "storage": "codes", "options": [{"name": "x"}, {"name": "y"}])";
  EXPECT_EQ(problems({question("a", top_two + R"(, "columns": ["t1"])")}),
            (List{"codebook.columns_count /questions/0/columns"}));
  EXPECT_EQ(problems({question("a", top_two + R"(, "columns": ["t1", "t2", "t3"])")}),
            (List{"codebook.columns_count /questions/0/columns"}));
  EXPECT_EQ(problems({question("a", top_two)}), (List{"codebook.missing_key /questions/0"}));
  EXPECT_EQ(problems({question("a", top_two + R"(, "columns": ["t1", "t1"])")}),
            (List{"codebook.duplicate_column /questions/0/columns/1"}));
}

TEST(Codebook, RefusesKeysThatWouldBeIgnored) {
  for (const auto& [rest, key] : std::vector<std::pair<std::string, std::string>>{
           {R"("type": "single", "options": [{"name": "x"}], "k": 1)", "k"},
           {R"("type": "single", "options": [{"name": "x"}], "range": [0, 1])", "range"},
           {R"("type": "number", "unit": "kr", "over": "missing")", "over"},
           {R"("type": "number", "options": [{"name": "x"}])", "options"},
           {R"("type": "text", "storage": "list")", "storage"},
           {R"("type": "multiple", "options": [{"name": "x"}], "column": "c")", "column"},
           {R"("type": "multiple", "options": [{"name": "x"}], "columns": ["c"])", "columns"},
           {R"("type": "multiple", "options": [{"name": "x"}], "delimiter": ",")", "delimiter"},
           {R"("type": "multiple", "storage": "list", "options": [{"name": "x"}], "blank": "none chosen")", "blank"},
           {R"("type": "multiple", "storage": "list", "options": [{"name": "x"}], "ticked": "Y")", "ticked"},
           {R"("type": "single", "options": [{"name": "x", "absent": true}])", "options/0/absent"},
           {R"("type": "number", "other_of": "b")", "other_of"},
           {R"("type": "multiple", "storage": "list", "options": [{"name": "x"}], "all_zero": "skipped")", "all_zero"},
           {R"("type": "single", "options": [{"name": "x", "column": "c"}])", "options/0/column"}})
    EXPECT_EQ(problems({question("a", rest)}), (List{"codebook.key_does_not_apply /questions/0/" + key})) << rest;
}

TEST(Codebook, WantsAnswersWhereThereAreAny) {
  EXPECT_EQ(problems({question("a", R"("type": "single")")}), (List{"codebook.missing_key /questions/0"}));
  EXPECT_EQ(problems({question("a", R"("type": "single", "options": [])")}),
            (List{"codebook.no_options /questions/0/options"}));
  EXPECT_EQ(problems({question("a", R"("type": "scale", "options": [{"name": "x", "code": "high"}])")}),
            (List{"codebook.wrong_type /questions/0/options/0/code"}));
  EXPECT_EQ(problems({question("a", R"("type": "number", "range": [2, 1])")}),
            (List{"codebook.empty_range /questions/0/range"}));
}

TEST(Codebook, ABlankIsADelimiterAndNothingIsNone) {
  EXPECT_EQ(problems({question(
                "a", R"("type": "multiple", "storage": "delimited", "delimiter": " ", "options": [{"name": "x y"}])")}),
            List{});
  EXPECT_EQ(problems({question(
                "a", R"("type": "multiple", "storage": "delimited", "delimiter": "", "options": [{"name": "x"}])")}),
            (List{"codebook.empty_delimiter /questions/0/delimiter"}));
}

TEST(Codebook, AMarkCannotBothTickAndNotTick) {
  EXPECT_EQ(problems({question("a", R"("type": "multiple", "ticked": ["Yes", "y"], "not_ticked": ["No", "y"],
                                       "options": [{"name": "x"}])")}),
            (List{"codebook.ticked_and_not /questions/0/not_ticked"}));
  EXPECT_EQ(problems({question("a", R"("type": "multiple", "not_ticked": "1", "options": [{"name": "x"}])")}),
            (List{"codebook.ticked_and_not /questions/0/not_ticked"}))
      << "1 ticks unless the codebook says what does";
  EXPECT_EQ(problems({question("a", R"("type": "multiple", "ticked": "Y", "options": [{"name": "x"}],
                                       "missing": [{"code": "Y", "reason": "refused"}, {"code": 0, "reason": "refused"}])")}),
            (List{"codebook.missing_is_answer /questions/0/missing/0/code"}))
      << "0 says nothing of a tick where Y ticks";
  EXPECT_EQ(problems({question("a", R"("type": "multiple", "ticked": [], "options": [{"name": "x"}])")}),
            (List{"codebook.wrong_type /questions/0/ticked"}));
}

TEST(Codebook, WordsAreThoseOfAQuestionWithOneResidualOption) {
  const Json source = question("a", R"("type": "single", "options": [{"name": "x"}, {"name": "y", "other": true}])");
  EXPECT_EQ(problems({source, question("b", R"("type": "text", "other_of": "a")")}), List{});
  EXPECT_EQ(
      problems({question("a", R"("type": "single", "options": [{"name": "x"}])"),
                question("b", R"("type": "text", "other_of": "a")"),
                question("c", R"("type": "text", "other_of": "nowhere")")}),
      (List{"codebook.no_residual_option /questions/1/other_of", "codebook.no_residual_option /questions/2/other_of"}));
}

TEST(Codebook, RefusesMoreOptionsThanFit) {
  Json options = Json::array();
  for (int i = 0; i <= 32'000; ++i) options.push_back({{"name", std::to_string(i)}});
  EXPECT_EQ(problems({{{"name", "a"}, {"type", "single"}, {"options", options}}}),
            (List{"codebook.too_many_options /questions/0/options"}));
}

std::string asked_if(const std::string& target, const std::string& answer = "x") {
  return R"("type": "single", "options": [{"name": "x"}, {"name": "y"}], "asked_if": {"question": ")" + target +
         R"(", "in": [")" + answer + R"("]})";
}

TEST(Codebook, RefusesRoutingToWhatIsNotThere) {
  const Json first = question("first", R"("type": "single", "options": [{"name": "x"}])");
  EXPECT_EQ(problems({first, question("a", asked_if("firts"))}),
            (List{"codebook.unknown_question /questions/1/asked_if/question"}));
  EXPECT_EQ(problems({first, question("a", asked_if("first", "z"))}),
            (List{"codebook.unknown_answer /questions/1/asked_if/in/0"}));
  EXPECT_EQ(problems({question("n", R"("type": "number")"), question("a", asked_if("n", "1"))}),
            (List{"codebook.unknown_answer /questions/1/asked_if/in/0"}));
  EXPECT_EQ(problems({question("a", R"("type": "text", "asked_if": {"question": "b", "in": []})"),
                      question("b", R"("type": "text")")}),
            (List{"codebook.wrong_type /questions/0/asked_if/in"}));
}

TEST(Codebook, RefusesRoutingInCircles) {
  EXPECT_EQ(problems({question("a", asked_if("a"))}), (List{"codebook.cyclic_routing /questions/0/asked_if/question"}));
  EXPECT_EQ(problems({question("a", asked_if("b")), question("b", asked_if("c")), question("c", asked_if("b"))}),
            (List{"codebook.cyclic_routing /questions/1/asked_if"}));
  EXPECT_EQ(problems({question("a", R"("type": "single", "options": [{"name": "x"}])"), question("b", asked_if("a")),
                      question("c", asked_if("b")), question("d", asked_if("b"))}),
            List());
}

TEST(Question, FindsAnAnswerByNameCodeOrLabelInAnyLanguage) {
  const Codebook codebook = Codebook::parse(complete);
  const Question& occupation = *codebook.find("occupation");
  for (const Code& answer :
       {Code("social"), Code(1), Code(1.0), Code("1"), Code("Socialsekreterare"), Code("Social worker")})
    EXPECT_EQ(occupation.option_index(answer), 0U);
  EXPECT_EQ(occupation.option_index("x"), 1U);
}

TEST(Question, RefusesUnknownAndAmbiguousAnswers) {
  const Codebook codebook = Codebook::parse(complete);
  try {
    codebook.find("occupation")->option_index("socal");
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.code, "codebook.unknown_answer");
    EXPECT_NE(std::string(error.what()).find("did you mean 'social'?; its answers are 'social', 'other'"),
              std::string::npos)
        << error.what();
  }
  EXPECT_THROW(codebook.find("age")->option_index(3), UsageError);
  Question shifted;
  shifted.name = "q";
  shifted.options = {{.name = "0", .code = 1, .label = {}, .column = ""},
                     {.name = "1", .code = 2, .label = {}, .column = ""}};
  try {
    shifted.option_index(1);
    FAIL();
  } catch (const UsageError& error) {
    EXPECT_EQ(error.code, "codebook.ambiguous_answer");
  }
}

TEST(Code, IsTheSameAsNumberAndAsText) {
  EXPECT_EQ(Code(1), Code("1"));
  EXPECT_EQ(number_text(0.5), "0.5");
  EXPECT_EQ(number_text(-0.0), "0");
  EXPECT_EQ(number_text(9007199254740992.0), "9007199254740992");
  EXPECT_EQ(number_in("1.50"), 1.5);
  for (const char* text : {"", "1 kg", "nan", "inf", "0x10", "1,5"}) EXPECT_EQ(number_in(text), std::nullopt) << text;
}

}  // namespace enkat::codebook_test
