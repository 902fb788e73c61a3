#include "enkat/design/survey.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "enkat/basics/json.hpp"

namespace enkat::survey_test {

const double none = std::nan("");

Survey survey(Design design = {}) {
  const Table table = Table::from_columns({{"job", std::vector<double>{1, 1, 2, 2, none, 1}},
                                           {"area_home", std::vector<double>{1, 0, 1, 0, 1, 0}},
                                           {"area_school", std::vector<double>{0, 1, 1, 0, 0, none}},
                                           {"cases", std::vector<double>{3, 5, 2, none, 7, 1}},
                                           {"w", std::vector<double>{1, 1, 0, 2, 1, 1}}});
  return Survey(table, Codebook::from_json(Json::parse(R"({"schema_version": 1, "questions": [
    {"name": "job", "type": "single", "label": "Job", "options": [
      {"name": "nurse", "code": 1, "label": "Nurse"}, {"name": "doctor", "code": 2, "label": "Doctor"}]},
    {"name": "area", "type": "multiple", "label": "Area", "options": [
      {"name": "home", "label": "Home"}, {"name": "school", "label": "School"}]},
    {"name": "cases", "type": "number", "label": "Cases"}]})")),
                std::move(design));
}

std::vector<std::uint8_t> inside(const Survey& domain) {
  std::vector<std::uint8_t> rows(domain.rows());
  domain.inside({0, domain.rows()}, rows);
  return rows;
}

using Mask = std::vector<std::uint8_t>;

TEST(Survey, WhereIsADomainOfTheSameSample) {
  const Survey all = survey(), nurses = all.where({{"job", {"nurse"}}});
  EXPECT_EQ(inside(nurses), (Mask{1, 1, 0, 0, 0, 1}));
  EXPECT_EQ(nurses.rows(), all.rows());
  EXPECT_EQ(&nurses.sample(), &all.sample());
  EXPECT_FALSE(all.has_domain());
}

TEST(Survey, NameCodeAndLabelFindTheSameRows) {
  for (const char* value : {"nurse", "1", "Nurse"})
    EXPECT_EQ(inside(survey().where({{"job", {value}}})), (Mask{1, 1, 0, 0, 0, 1})) << value;
}

TEST(Survey, SeveralValuesOfAQuestionAreAnyOfThem) {
  EXPECT_EQ(inside(survey().where({{"job", {"nurse", "doctor"}}})), (Mask{1, 1, 1, 1, 0, 1}));
  EXPECT_EQ(inside(survey().where({{"area", {"home", "school"}}})), (Mask{1, 1, 1, 0, 1, 0}));
}

TEST(Survey, ConditionsAreAllRequiredWhateverTheirOrder) {
  const Mask both{1, 0, 0, 0, 0, 0};
  EXPECT_EQ(inside(survey().where({{"job", {"nurse"}}, {"area", {"home"}}})), both);
  EXPECT_EQ(inside(survey().where({{"job", {"nurse"}}}).where({{"area", {"home"}}})), both);
  EXPECT_EQ(inside(survey().where({{"area", {"home"}}}).where({{"job", {"nurse"}}})), both);
  EXPECT_EQ(inside(survey().where(Mask{1, 1, 1, 0, 0, 0}).where({{"area", {"home"}}})), (Mask{1, 0, 1, 0, 0, 0}));
}

TEST(Survey, RowsWithoutAValueOfTheFilterAreOutsideAndCounted) {
  EXPECT_EQ(survey().where({{"job", {"nurse"}}}).domain_counts().filter_missing, 1);
  EXPECT_EQ(survey().domain_counts().filter_missing, 0);
}

TEST(Survey, ARowWithoutAValueOfSeveralFiltersIsCountedOnce) {
  const Condition nurse{"job", {"nurse"}};
  EXPECT_EQ(survey().where({nurse}).where({nurse}).domain_counts().filter_missing, 1);
  EXPECT_EQ(survey().where({nurse}).where(Mask(6, 1)).domain_counts().filter_missing, 1);
}

TEST(Survey, RowsWithWeightZeroAreInNoBase) {
  Design design;
  design.weight = "w";
  EXPECT_EQ(survey(design).domain_counts().rows, 5);
  EXPECT_EQ(survey(design).where({{"job", {"doctor"}}}).domain_counts().rows, 1);
  ASSERT_EQ(survey(design).notes().size(), 1U);
  EXPECT_EQ(survey(design).notes()[0].code, "design.zero_weights");
}

TEST(Survey, AnswersAreReadOnceAndSharedByDomains) {
  const Survey all = survey();
  EXPECT_EQ(all.answers("job"), all.where({{"area", {"home"}}}).answers("job"));
}

TEST(Survey, AMeanOfASingleQuestionIsRefused) {
  try {
    survey().numbers("job");
    FAIL() << "codes of answers are no numbers";
  } catch (const EstimateError& error) {
    EXPECT_EQ(error.code, "estimate.not_a_number");
  }
}

TEST(Survey, MasksAndValuesThatDoNotFitAreRefused) {
  EXPECT_THROW(survey().where(Mask{1, 0}), UsageError);
  EXPECT_THROW(survey().where({{"job", {"teacher"}}}), UsageError);
  EXPECT_THROW(survey().where({{"jobb", {"nurse"}}}), DataError);
}

}  // namespace enkat::survey_test
