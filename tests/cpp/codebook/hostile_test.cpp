#include <gtest/gtest.h>

#include "tests/cpp/mutated.hpp"
#include "tests/fuzz/codebook.hpp"

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

TEST(HostileCodebook, EndsInACodebookOrACodedError) { testing::try_inputs("codebook", fuzz::codebook, pieces); }

TEST(HostileCodebook, TreesOfExpressionsEndInAnExpressionOrACodedError) {
  testing::try_inputs("row_expression", fuzz::row_expression, pieces);
}

TEST(HostileCodebook, ATreeOfAnyDepthIsRefused) {
  Json tree{{"name", "a"}};
  for (int i = 0; i < 100'000; ++i) tree = Json{{"op", "not"}, {"args", Json::array({std::move(tree)})}};
  EXPECT_THROW(RowExpression(Json{{"text", "a"}, {"tree", std::move(tree)}}), UsageError);
}

}  // namespace enkat::hostile_codebook_test
