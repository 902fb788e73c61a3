#include <gtest/gtest.h>

#include "tests/cpp/mutated.hpp"
#include "tests/fuzz/estimate.hpp"

namespace enkat::hostile_estimate_test {

TEST(HostileExpression, EndsInAValueOrACodedError) {
  const std::vector<std::string> pieces{
      "{", "}",       "[",      "]",        ",",           "null",         "-1",      "1e308",
      "0", "\"row\"", "\"op\"", "\"call\"", "99999999999", "{\"row\": 2}", "\"exp\"", "\"logit\""};
  testing::try_inputs("expression", fuzz::expression, pieces);
}

}  // namespace enkat::hostile_estimate_test
