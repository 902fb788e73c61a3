#include "enkat/statistic/kappa.hpp"

#include "enkat/basics/json.hpp"
#include "tests/cpp/cases.hpp"
#include "tests/cpp/statistic/cell_totals.hpp"

namespace enkat::kappa_test {

using Texts = std::vector<std::string>;

Survey two_raters(const Texts& first, const Texts& second) {
  return Survey(Table::from_columns({{"a", first}, {"b", second}}), Codebook(), Design());
}

double kappa_of(const Survey& survey) {
  const Kappa kappa(survey.answers("a"), survey.answers("b"));
  return kappa.solve(testing::row_terms(survey, kappa, 0).totals).value[0];
}

TEST(Kappa, AgreesWithRsSvykappa) {
  Design design;
  design.weight = "w";
  const Survey survey(testing::read_data("members"), Codebook(), design);
  const Kappa kappa(survey.answers("trust"), survey.answers("trust2"));
  const auto rows = testing::row_terms(survey, kappa, 0);
  const Solution solution = kappa.solve(rows.totals);
  EXPECT_NEAR(solution.value[0], 0.233850381342841, 1e-13);
  EXPECT_NEAR(testing::linearised_se(rows, solution), 0.0308942515804649, 1e-13);
  testing::expect_gradient_is_slope(kappa, rows.totals);
}

TEST(Kappa, IsOneWhenBothAlwaysAgreeAndZeroWhenTheyAreIndependent) {
  EXPECT_NEAR(kappa_of(two_raters({"no", "yes", "yes"}, {"no", "yes", "yes"})), 1, 1e-14);
  EXPECT_NEAR(kappa_of(two_raters({"no", "no", "yes", "yes"}, {"no", "yes", "no", "yes"})), 0, 1e-14);
}

TEST(Kappa, MatchesAnswersByNameNotByOrder) {
  const Codebook codebook = Codebook::from_json(Json::parse(R"({"schema_version": 1, "questions": [
    {"name": "a", "type": "single", "label": "A",
      "options": [{"name": "no", "code": 0}, {"name": "yes", "code": 1}]},
    {"name": "b", "type": "single", "label": "B",
      "options": [{"name": "yes", "code": 1}, {"name": "no", "code": 0}]}]})"));
  const std::vector<double> codes{0, 1, 1, 0, 1};
  const Survey survey(Table::from_columns({{"a", codes}, {"b", codes}}), codebook, Design());
  EXPECT_NEAR(kappa_of(survey), 1, 1e-14);
}

TEST(Kappa, DoesNotExistWhenEverybodyAnswersTheSame) {
  const Codebook codebook = Codebook::from_json(Json::parse(R"({"schema_version": 1, "questions": [
    {"name": "a", "type": "single", "label": "A",
      "options": [{"name": "no", "code": 0}, {"name": "yes", "code": 1}]},
    {"name": "b", "type": "single", "label": "B",
      "options": [{"name": "no", "code": 0}, {"name": "yes", "code": 1}]}]})"));
  const std::vector<double> codes{1, 1, 1};
  EXPECT_TRUE(std::isnan(kappa_of(Survey(Table::from_columns({{"a", codes}, {"b", codes}}), codebook, Design()))));
}

TEST(Kappa, RefusesQuestionsWithDifferentAnswers) {
  const Survey survey = two_raters({"no", "yes", "yes"}, {"no", "yes", "perhaps"});
  try {
    Kappa(survey.answers("a"), survey.answers("b"));
    FAIL();
  } catch (const EstimateError& error) {
    EXPECT_EQ(error.code, "estimate.kappa_levels");
  }
}

}  // namespace enkat::kappa_test
