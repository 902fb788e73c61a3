#include "enkat/statistic/choice_codes.hpp"

#include <gtest/gtest.h>

#include "tests/cpp/statistic/choosers.hpp"

namespace enkat::choice_codes_test {

using namespace testing;

TEST(ChoiceCodes, OfRowsThatTickSeveralAreTheirTicksAsBits) {
  const auto plan = shares(choosing());
  const Rows rows{4096, choosers};
  std::vector<std::uint16_t> code(rows.size());
  std::size_t answers = 0;
  for (const ChoiceSet& set : plan->variables[0].statistic->codes()->choice_sets(0)) {
    plan->variables[0].statistic->codes()->choice_codes(set, rows, code);
    EXPECT_EQ(set.first, answers);
    answers += set.answers;
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t k = 0; k < set.answers; ++k)
        EXPECT_EQ(set.gives(code[i], k), chose(rows.first + i, set.first + k)) << i << ' ' << k;
  }
  EXPECT_EQ(answers, chosen_from);
}

TEST(ChoiceCodes, OfRowsThatGiveOneAnswerAreItsPlace) {
  const auto plan = shares(choosing());
  const Rows rows{0, 4096};
  const std::vector<ChoiceSet> sets = plan->variables[1].statistic->codes()->choice_sets(10);
  ASSERT_EQ(sets.size(), 1U);
  EXPECT_EQ(sets[0].place, 10U);
  EXPECT_EQ(sets[0].codes(), 4U);
  std::vector<std::uint16_t> code(rows.size());
  std::vector<std::uint8_t> base(rows.size());
  plan->variables[1].statistic->codes()->choice_codes(sets[0], rows, code);
  plan->variables[1].statistic->codes()->choice_base(rows, base);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(base[i] != 0, answered(i));
    EXPECT_EQ(code[i], answered(i) ? i % 3 : 3);
  }
}

}  // namespace enkat::choice_codes_test
