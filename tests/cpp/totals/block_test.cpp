#include "enkat/totals/block.hpp"

#include <gtest/gtest.h>

#include "enkat/basics/json.hpp"
#include "enkat/totals/add_up.hpp"

namespace enkat::block_test {

using Numbers = std::vector<double>;
using Names = std::vector<std::string>;

NoMonitor nobody;
const double nan = std::nan("");

const Codebook areas = Codebook::from_json(Json::parse(R"({"schema_version": 1, "questions": [
  {"name": "area", "type": "multiple", "label": "Area", "options": [{"name": "a"}, {"name": "b"}]}]})"));

/// Groups k = {rows 0, 1, 4} and m = {rows 2, 3, 5}; row 1 has weight 0, row 3 has not answered y.
Survey survey() {
  Design design;
  design.weight = "w";
  design.cluster = {"c"};
  return Survey(Table::from_columns({{"y", Numbers{1, 50, 6, nan, 4, 2}},
                                     {"w", Numbers{3, 0, 1, 2, 2, 1}},
                                     {"g", Names{"k", "k", "m", "m", "k", "m"}},
                                     {"c", Numbers{7, 7, 8, 8, 9, 9}},
                                     {"area_a", Numbers{1, 1, 0, 0, 1, 1}},
                                     {"area_b", Numbers{0, 1, 1, 1, 1, 0}}}),
                areas, design);
}

std::shared_ptr<Plan> plan_of(const Survey& survey, const std::string& by) {
  return make_plan(survey, {by}, {{testing::request(Variance::name, "y")}});
}

TEST(Block, RowsOfWeightZeroAndRowsOutsideTheDomainAreInNoCell) {
  const auto whole = plan_of(survey(), "g");
  Block block(*whole);
  block.observe({0, 6});
  const std::vector<std::int32_t> cells{0, -1, 1, 1, 0, 1};
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(block.cell(i), cells[i]) << i;
  const auto domain = plan_of(survey().where({{"g", {"m"}}}), "g");
  Block inside(*domain);
  inside.observe({0, 6});
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(inside.cell(i) >= 0, cells[i] == 1) << i;
}

TEST(Block, HasTheWeightUnitAndTermsOfEveryRowFromWhereverItStarts) {
  const auto plan = plan_of(survey(), "g");
  Block block(*plan);
  block.observe({2, 5});
  ASSERT_EQ(block.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(block.weight(i), (Numbers{1, 2, 2}[i]));
    EXPECT_EQ(block.unit(i), (std::vector<std::size_t>{1, 1, 2}[i]));
    EXPECT_EQ(block.term(0, i), (Numbers{1, 0, 1}[i]));  // who answered
  }
  EXPECT_EQ(block.term(1, 0), 6);
  EXPECT_EQ(block.term(1, 2), 4);
}

// Group k has the weighted mean (3·1 + 2·4)/5 = 2.2, so that row 4 is 1.8 from it.
TEST(Block, TermsAreCentredAboutTheirCellAndTheirProductsFollow) {
  const auto plan = plan_of(survey(), "g");
  add_up(plan, nobody);  // moves the centres from the column's mean to the cells'
  Block block(*plan);
  block.observe({0, 6});
  EXPECT_NEAR(plan->centre(0, 1), 2.2, 1e-12);
  const std::vector<ActiveTerm> active = block.active(4);
  ASSERT_EQ(active.size(), 3U);
  EXPECT_EQ(active[0].term, 0U);
  EXPECT_EQ(active[0].value, 1);
  EXPECT_EQ(active[1].term, 1U);
  EXPECT_NEAR(active[1].value, 1.8, 1e-12);
  EXPECT_EQ(active[2].term, 2U);
  EXPECT_EQ(active[2].value, active[1].value * active[1].value);
  EXPECT_TRUE(block.active(3).empty());
}

TEST(Block, ARowHasTermsInEveryOverlappingGroupItIsIn) {
  const auto plan = plan_of(survey(), "area");  // one estimator for each option
  Block block(*plan);
  block.observe({0, 6});
  const std::size_t b = plan->variables[1].first_term;
  EXPECT_EQ(plan->variables[1].overlap, 1U);
  for (std::size_t i = 0; i < 6; ++i) {
    const bool answered = i != 3;
    EXPECT_EQ(block.term(0, i), (Numbers{1, 1, 0, 0, 1, 1}[i]) * answered) << i;
    EXPECT_EQ(block.term(b, i), (Numbers{0, 1, 1, 1, 1, 0}[i]) * answered) << i;
  }
}

}  // namespace enkat::block_test
