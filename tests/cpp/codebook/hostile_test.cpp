#include <gtest/gtest.h>

#include "enkat/basics/json.hpp"
#include "enkat/codebook/check_rows.hpp"
#include "enkat/codebook/codebook.hpp"
#include "enkat/codebook/row_expression.hpp"
#include "tests/cpp/mutated.hpp"

namespace enkat::hostile_codebook_test {

const std::vector<std::string> pieces{"{",
                                      "}",
                                      "[",
                                      "]",
                                      ",",
                                      ":",
                                      "null",
                                      "true",
                                      "-1",
                                      "1e999",
                                      "1e400",
                                      "\"\"",
                                      "\"name\":",
                                      "\"a\"",
                                      "\"\\u0000\"",
                                      "\"\\ud800\"",
                                      "99999999999999999999",
                                      "{\"sv\":1}"};

const std::string codebook = R"({"schema_version": 1, "language": "sv", "questions": [
  {"name": "a", "type": "single", "label": {"sv": "A", "en": "B"}, "options": [{"name": "x", "code": 1}, {"name": "y"}],
   "missing": [{"code": 9, "reason": "refused"}], "asked_if": {"question": "n", "in": ["1"]}},
  {"name": "m", "type": "multiple", "storage": "columns", "ticked": ["Y", 1], "options": [{"name": "o", "column": "c"}]},
  {"name": "n", "type": "number", "range": [0, 10], "unit": "kg", "sensitive": true},
  {"name": "d", "derived": {"bands": {"low": [0, 4], "high": [5, null]}, "of": "n"}}]})";

TEST(HostileCodebook, EndsInACodebookOrACodedError) {
  testing::Mutations mutated(1);
  for (int i = 0; i < testing::mutations; ++i) {
    const std::string text = mutated.of(codebook, pieces);
    try {
      Codebook::parse(text);
    } catch (const Error&) {
    } catch (const std::exception& error) {
      FAIL() << error.what() << "\n" << text;
    }
  }
}

TEST(HostileCodebook, TreesOfExpressionsEndInAnExpressionOrACodedError) {
  const std::string tree = R"({"text": "a == 'x' and n + 1 > 2", "tree": {"op": "and", "at": 1, "args": [
    {"op": "==", "args": [{"name": "a", "at": 2}, {"value": "x"}]},
    {"op": ">", "args": [{"op": "+", "args": [{"name": "n"}, {"value": 1}]}, {"value": 2.5}]}]}})";
  testing::Mutations mutated(2);
  for (int i = 0; i < testing::mutations; ++i) {
    const std::string text = mutated.of(tree, pieces);
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) continue;
    try {
      const RowExpression expression(json);
      expression.names();
      expression.to_json();
    } catch (const Error&) {
    } catch (const std::exception& error) {
      FAIL() << error.what() << "\n" << text;
    }
  }
}

TEST(HostileCodebook, ATreeOfAnyDepthIsRefused) {
  Json tree{{"name", "a"}};
  for (int i = 0; i < 100'000; ++i) tree = Json{{"op", "not"}, {"args", Json::array({std::move(tree)})}};
  EXPECT_THROW(RowExpression(Json{{"text", "a"}, {"tree", std::move(tree)}}), UsageError);
}

}  // namespace enkat::hostile_codebook_test
