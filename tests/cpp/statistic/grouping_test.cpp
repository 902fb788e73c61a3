#include "enkat/statistic/grouping.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "enkat/basics/json.hpp"

namespace enkat::grouping_test {

const double none = std::nan("");
using Names = std::vector<std::string>;

Survey survey() {
  const Table table = Table::from_columns({{"job", std::vector<double>{1, 2, 2, 1, none}},
                                           {"region", Names{"s", "n", "s", "n", "n"}},
                                           {"area_home", std::vector<double>{1, 0, 1, none, 1}},
                                           {"area_school", std::vector<double>{0, 1, 1, none, 0}}});
  return Survey(table, Codebook::from_json(Json::parse(R"({"schema_version": 1, "questions": [
    {"name": "job", "type": "single", "label": "Job", "options": [
      {"name": "nurse", "code": 1}, {"name": "doctor", "code": 2}, {"name": "porter", "code": 3}]},
    {"name": "area", "type": "multiple", "label": "Area", "options": [{"name": "home"}, {"name": "school"}]}]})")),
                Design());
}

std::vector<std::int32_t> cells(const Grouping& grouping, std::size_t rows = 5) {
  std::vector<std::int32_t> out(rows);
  grouping.cells_of({0, rows}, out);
  return out;
}

std::vector<std::uint8_t> members(const Grouping& grouping, std::size_t combination) {
  std::vector<std::uint8_t> out(5);
  grouping.overlap(combination, {0, 5}, out);
  return out;
}

TEST(Grouping, WithoutByEverybodyIsInOneCell) {
  const Survey all = survey();
  const Grouping grouping(all, {});
  EXPECT_EQ(grouping.groups().size(), 1U);
  EXPECT_EQ(cells(grouping), (std::vector<std::int32_t>{0, 0, 0, 0, 0}));
  EXPECT_EQ(grouping.missing_rows(), 0U);
}

TEST(Grouping, AnswersNobodyGaveAreGroupsOfACodebookColumn) {
  const Survey all = survey();
  const Grouping by_job(all, {"job"});
  EXPECT_EQ(by_job.cells(), 3U);
  EXPECT_TRUE(by_job.keeps_empty());
  EXPECT_EQ(cells(by_job), (std::vector<std::int32_t>{0, 1, 1, 0, -1}));
  EXPECT_EQ(by_job.missing_rows(), 1U);
  EXPECT_FALSE(Grouping(all, {"region"}).keeps_empty());
  EXPECT_FALSE(Grouping(all, {"job", "region"}).keeps_empty());
}

TEST(Grouping, TheFirstColumnIsTheSlowest) {
  const Survey all = survey();
  const Grouping grouping(all, {"region", "job"});
  Names seen;
  for (const auto& [cell, combination] : grouping.groups()) {
    const Names names = grouping.names(cell, combination);
    seen.push_back(names[0] + " " + names[1]);
  }
  EXPECT_EQ(seen, (Names{"n nurse", "n doctor", "n porter", "s nurse", "s doctor", "s porter"}));
}

TEST(Grouping, OptionsOfAMultipleQuestionOverlapWithinOneBase) {
  const Survey all = survey();
  const Grouping grouping(all, {"area"});
  EXPECT_EQ(grouping.cells(), 1U);
  EXPECT_EQ(grouping.overlaps(), 2U);
  EXPECT_EQ(members(grouping, 0), (std::vector<std::uint8_t>{1, 0, 1, 0, 1}));
  EXPECT_EQ(members(grouping, 1), (std::vector<std::uint8_t>{0, 1, 1, 0, 0}));
  EXPECT_EQ(cells(grouping)[3], -1);  // who did not answer is in no group
  EXPECT_EQ(grouping.missing_rows(), 1U);
}

TEST(Grouping, AMultipleAndASingleQuestionCross) {
  const Survey all = survey();
  for (const Names& by : {Names{"area", "job"}, Names{"job", "area"}}) {
    const Grouping grouping(all, by);
    ASSERT_EQ(grouping.groups().size(), 6U);
    const auto [cell, combination] = grouping.groups()[by[0] == "area" ? 4 : 3];
    const Names names = grouping.names(cell, combination);
    EXPECT_EQ(names, (by[0] == "area" ? Names{"school", "doctor"} : Names{"doctor", "school"}));
    EXPECT_EQ(cells(grouping)[1], static_cast<std::int32_t>(cell));
    EXPECT_EQ(members(grouping, combination)[1], 1);
  }
}

TEST(Grouping, RowsOutsideTheDomainAreInNoCellAndNotMissing) {
  const Survey nurses = survey().where({{"job", {"nurse"}}});
  const Grouping grouping(nurses, {"area"});
  EXPECT_EQ(cells(grouping), (std::vector<std::int32_t>{0, -1, -1, -1, -1}));
  EXPECT_EQ(grouping.missing_rows(), 1U);
}

}  // namespace enkat::grouping_test
