#include <gtest/gtest.h>

#include "tests/cpp/mutated.hpp"
#include "tests/fuzz/totals.hpp"

namespace enkat::hostile_totals_test {

TEST(HostileStates, OfValuesEndInAStateOrACodedError) {
  testing::try_inputs("values", fuzz::values);
  testing::try_inputs("bins", fuzz::bins);
}

}  // namespace enkat::hostile_totals_test
