#include <gtest/gtest.h>

#include "enkat/basics/error.hpp"
#include "enkat/basics/json.hpp"
#include "enkat/estimate/expression.hpp"
#include "enkat/estimate/value_bins.hpp"
#include "enkat/estimate/weighted_values.hpp"
#include "tests/cpp/mutated.hpp"

namespace enkat::hostile_estimate_test {

TEST(HostileExpression, EndsInAValueOrACodedError) {
  const std::string tree =
      R"({"op": "/", "args": [{"op": "-", "args": [{"row": 0}, {"row": 1}]}, {"call": "log", "args": [{"op": "**", "args": [{"row": 2}, 2]}]}]})";
  const std::vector<std::string> pieces{
      "{", "}",       "[",      "]",        ",",           "null",         "-1",      "1e308",
      "0", "\"row\"", "\"op\"", "\"call\"", "99999999999", "{\"row\": 2}", "\"exp\"", "\"logit\""};
  testing::Mutations mutated(5);
  for (int i = 0; i < 2 * testing::mutations; ++i) {
    const std::string text = mutated.of(tree, pieces);
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) continue;
    try {
      const Expression expression("x", std::move(json));
      if (expression.rows().size() < 100)
        expression.at(Eigen::VectorXd::Constant(static_cast<Eigen::Index>(expression.rows().size()), 0.5));
    } catch (const Error&) {
    } catch (const std::exception& error) {
      FAIL() << error.what() << "\n" << text;
    }
  }
}

TEST(HostileStates, OfValuesEndInAStateOrACodedError) {
  const ValueWindows windows({{0, -10, 10}, {1, -10, 10}});
  WeightedValues values(4, windows);
  ValueBins bins(windows, 64, 4);
  for (int i = 0; i < 100; ++i) {
    values.add(static_cast<std::size_t>(i % 2), i / 10.0 - 5, 1.5);
    bins.add(static_cast<std::size_t>(i % 2), i / 10.0 - 5, 1.5);
  }
  testing::try_states(values, WeightedValues(4, windows), 6);
  testing::try_states(bins, ValueBins(windows, 64, 4), 7);
}

}  // namespace enkat::hostile_estimate_test
