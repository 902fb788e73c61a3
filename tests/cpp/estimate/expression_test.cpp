#include "enkat/estimate/expression.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "enkat/basics/json.hpp"

namespace enkat::expression_test {

Expression parsed(const char* tree) { return Expression("e", Json::parse(tree)); }

std::string refusal(const char* tree, const Eigen::VectorXd& values) {
  try {
    parsed(tree).at(values);
  } catch (const EstimateError& error) {
    EXPECT_EQ(error.code, "estimate.expression");
    return error.what();
  }
  return "";
}

std::string refusal(const char* tree, double value = 1) { return refusal(tree, Eigen::VectorXd::Constant(1, value)); }

// Trees of rows 0 and 1, all defined at (0.3, 0.7).
const std::vector<const char*> smooth{
    R"({"op": "+", "args": [{"row": 0}, {"row": 1}, 2, {"row": 0}]})",
    R"({"op": "-", "args": [{"op": "-", "args": [{"row": 0}]}, {"row": 1}]})",
    R"({"op": "*", "args": [{"row": 0}, {"row": 1}, {"row": 1}, 3]})",
    R"({"op": "/", "args": [{"row": 0}, {"row": 1}]})",
    R"({"op": "**", "args": [{"row": 0}, {"row": 1}]})",
    R"({"op": "+", "args": [{"op": "**", "args": [{"row": 0}, -3]}, {"row": 1}]})",
    R"({"op": "+", "args": [{"op": "**", "args": [{"op": "-", "args": [{"row": 0}]}, 3]}, {"row": 1}]})",
    R"({"call": "log", "args": [{"op": "/", "args": [{"row": 0}, {"row": 1}]}]})",
    R"({"op": "-", "args": [{"call": "logit", "args": [{"row": 0}]}, {"call": "logit", "args": [{"row": 1}]}]})",
    R"({"op": "*", "args": [{"call": "exp", "args": [{"row": 0}]}, {"call": "sqrt", "args": [{"row": 1}]}]})",
    R"({"op": "*", "args": [{"call": "log1p", "args": [{"row": 0}]}, {"call": "expm1", "args": [{"row": 1}]}]})",
    R"({"op": "*", "args": [{"call": "expit", "args": [{"row": 0}]}, {"row": 1}]})"};

TEST(Expression, TheGradientIsTheSlope) {
  const Eigen::Vector2d at(0.3, 0.7);
  for (const char* tree : smooth) {
    const Expression expression = parsed(tree);
    const Derivative derivative = expression.at(at);
    for (Eigen::Index k = 0; k < 2; ++k) {
      const Eigen::Vector2d step = 1e-6 * Eigen::Vector2d::Unit(k);
      const double slope = (expression.at(at + step).value - expression.at(at - step).value) / 2e-6;
      EXPECT_NEAR(derivative.gradient[k], slope, 1e-8 * std::max(1.0, std::abs(slope))) << tree;
    }
  }
}

TEST(Expression, HasTheValueOfTheFormula) {
  const Eigen::Vector2d at(0.3, 0.7);
  EXPECT_DOUBLE_EQ(parsed(smooth[0]).at(at).value, 3.3);
  EXPECT_DOUBLE_EQ(parsed(smooth[1]).at(at).value, -1);
  EXPECT_DOUBLE_EQ(parsed(smooth[4]).at(at).value, std::pow(0.3, 0.7));
  EXPECT_DOUBLE_EQ(parsed(smooth[6]).at(at).value, -0.027 + 0.7);
  EXPECT_DOUBLE_EQ(parsed(smooth[8]).at(at).value, std::log(0.3 / 0.7) - std::log(0.7 / 0.3));
}

TEST(Expression, LogitAndExpitUndoEachOther) {
  const Expression both = parsed(R"({"call": "expit", "args": [{"call": "logit", "args": [{"row": 0}]}]})");
  for (const double p : {1e-12, 0.2, 1 - 1e-9}) {
    const Derivative derivative = both.at(Eigen::VectorXd::Constant(1, p));
    EXPECT_NEAR(derivative.value, p, 1e-14);
    EXPECT_NEAR(derivative.gradient[0], 1, 1e-6);
  }
}

TEST(Expression, NamesTheRowsItUsesOnce) {
  const Expression expression =
      parsed(R"({"op": "+", "args": [{"row": 7}, {"op": "*", "args": [{"row": 2}, {"row": 7}]}]})");
  EXPECT_EQ(expression.rows(), (std::vector<std::size_t>{2, 7}));
  EXPECT_EQ(expression.at(Eigen::Vector2d(3, 5)).value, 20);  // values in the order of rows()
  EXPECT_EQ(expression.at(Eigen::Vector2d(3, 5)).gradient, Eigen::Vector2d(5, 4));
}

TEST(Expression, RefusesWhatHasNoValueOrNoDerivative) {
  const Eigen::Vector2d zero_and_one(0, 1);
  EXPECT_NE(refusal(R"({"call": "log", "args": [{"row": 0}]})", -1), "");
  EXPECT_NE(refusal(R"({"call": "log", "args": [{"row": 0}]})", 0), "");
  EXPECT_NE(refusal(R"({"call": "sqrt", "args": [{"row": 0}]})", 0), "");
  EXPECT_NE(refusal(R"({"call": "log1p", "args": [{"row": 0}]})", -1), "");
  EXPECT_NE(refusal(R"({"call": "logit", "args": [{"row": 0}]})", 1), "");
  EXPECT_NE(refusal(R"({"call": "exp", "args": [{"row": 0}]})", 1000), "");
  EXPECT_NE(refusal(R"({"op": "/", "args": [1, {"row": 0}]})", 0), "");
  EXPECT_NE(refusal(R"({"op": "**", "args": [{"row": 0}, 0.5]})", -1), "");
  EXPECT_NE(refusal(R"({"op": "**", "args": [{"row": 0}, 0.5]})", 0), "");
  EXPECT_NE(refusal(R"({"op": "**", "args": [{"row": 0}, {"row": 1}]})", zero_and_one), "");
  EXPECT_EQ(refusal(R"({"op": "**", "args": [{"row": 0}, 2]})", 0), "");
}

TEST(Expression, RefusesWhatItDoesNotKnowAndSuggests) {
  EXPECT_NE(refusal(R"({"call": "lgo", "args": [{"row": 0}]})").find("log"), std::string::npos);
  EXPECT_NE(refusal(R"({"call": "abs", "args": [{"row": 0}]})"), "");
  EXPECT_NE(refusal(R"({"op": "%", "args": [{"row": 0}, 2]})"), "");
  EXPECT_NE(refusal(R"({"op": "/", "args": [{"row": 0}]})"), "");
  EXPECT_NE(refusal(R"({"call": "log", "args": [{"row": 0}, 2]})"), "");
  EXPECT_NE(refusal(R"({"row": -1})"), "");
  EXPECT_NE(refusal(R"(["row", 1])"), "");
  EXPECT_NE(refusal(R"(7)"), "");
}

}  // namespace enkat::expression_test
