#include "enkat/data/row_truth.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "enkat/basics/json.hpp"
#include "enkat/data/recode.hpp"

namespace enkat::row_truth_test {

constexpr std::array every{Truth::no, Truth::yes, Truth::missing};

/// Whether a row is inside, for each row of a table of numbers.
std::vector<Truth> rows(const Json& tree) {
  const double none = std::nan("");
  const Table table = Table::from_columns({{"a", std::vector<double>{1, 1, 1, 0, 0, 0, none, none, none}},
                                           {"b", std::vector<double>{1, 0, none, 1, 0, none, 1, 0, none}}});
  const RowExpression expression({{"text", "…"}, {"tree", tree}});
  const RowSources sources{
      &table, [](const std::string&) { return nullptr; },
      [&](const std::string& name) {
        return std::make_shared<const Answers>(recode(table, Codebook(), infer_number(table.column(name), name)));
      }};
  std::vector<Truth> out(table.rows());
  RowTruth(expression, sources).evaluate({0, table.rows()}, out);
  return out;
}

Json is_one(const char* name) { return {{"op", "=="}, {"args", {{{"name", name}}, {{"value", 1}}}}}; }

TEST(RowTruth, AndOrAndNotAreThoseOfThreeValues) {
  using enum Truth;
  const Json a = is_one("a"), b = is_one("b");
  EXPECT_EQ(rows({{"op", "and"}, {"args", {a, b}}}), (std::vector{yes, no, missing, no, no, no, missing, no, missing}));
  EXPECT_EQ(rows({{"op", "or"}, {"args", {a, b}}}),
            (std::vector{yes, yes, yes, yes, no, missing, yes, missing, missing}));
  EXPECT_EQ(rows({{"op", "not"}, {"args", Json::array({b})}}),
            (std::vector{no, yes, missing, no, yes, missing, no, yes, missing}));
}

TEST(RowTruth, BothIsCommutativeAndAssociative) {
  for (const Truth a : every)
    for (const Truth b : every) {
      EXPECT_EQ(both(a, b), both(b, a));
      for (const Truth c : every) EXPECT_EQ(both(both(a, b), c), both(a, both(b, c)));
    }
}

TEST(RowTruth, NumbersThatDoNotExistAreMissing) {
  const Json ratio{{"op", "/"}, {"args", {{{"name", "a"}}, {{"name", "b"}}}}};
  const std::vector<Truth> above = rows({{"op", ">"}, {"args", {ratio, {{"value", 0}}}}});
  EXPECT_EQ(above[0], Truth::yes);
  EXPECT_EQ(above[1], Truth::missing);  // 1 / 0
  EXPECT_EQ(above[4], Truth::missing);  // 0 / 0
  EXPECT_EQ(above[3], Truth::no);
}

TEST(RowTruth, ATreeOfSomethingElseIsRefused) {
  for (const char* tree : {R"({"op": "and"})", R"([1])", R"({"value": null})", R"({"value": [1]})"})
    EXPECT_THROW(RowExpression({{"text", "…"}, {"tree", Json::parse(tree)}}), UsageError) << tree;
}

}  // namespace enkat::row_truth_test
