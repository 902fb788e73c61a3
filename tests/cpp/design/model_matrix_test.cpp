#include "enkat/design/model_matrix.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "enkat/basics/json.hpp"
#include "enkat/design/pass.hpp"

namespace enkat::model_matrix_test {

using Texts = std::vector<std::string>;
using Numbers = std::vector<double>;
using Dense = std::vector<Numbers>;  // rows of x, of NaN where a value is missing

const double none = std::nan("");

// In R:
//   d <- data.frame(sex = factor(c("m", "k", "m", "k", "m", "k")), region = factor(c("s", "n", "v", "v", "n", "s")),
//                   age = c(30, 41, NA, 62, 25, 50), trust = c(1, 5, 3, 3, 2, 4))
//   x <- function(f) model.matrix(f, model.frame(f, d, na.action = na.pass))
Table six() {
  return Table::from_columns({{"sex", Texts{"m", "k", "m", "k", "m", "k"}},
                              {"region", Texts{"s", "n", "v", "v", "n", "s"}},
                              {"age", Numbers{30, 41, none, 62, 25, 50}},
                              {"trust", Numbers{1, 5, 3, 3, 2, 4}},
                              {"home", Numbers{1, 0, 1, 0, 1, 0}}});
}

Codebook codebook() {
  return Codebook::from_json(Json::parse(R"({"schema_version": 1, "questions": [
    {"name": "trust", "type": "scale", "label": "Trust", "options": [
      {"name": "none", "code": 1, "label": "None"}, {"name": "little", "code": 2, "label": "Little"},
      {"name": "some", "code": 3, "label": "Some"}, {"name": "much", "code": 4, "label": "Much"},
      {"name": "full", "code": 5, "label": "Full"}]},
    {"name": "place", "type": "multiple", "label": "Place", "options": [{"name": "home", "column": "home"}]}]})"));
}

Survey survey() { return {six(), codebook(), Design()}; }

/// A term of which a value is missing is NaN in all its columns, as in R.
Dense dense(const ModelMatrix& x) {
  ModelRows rows;
  x.observe({0, x.rows()}, rows);
  Dense all(x.rows(), Numbers(x.columns(), 0));
  for (std::size_t i = 0; i < x.rows(); ++i) {
    for (std::size_t t = 0; t < rows.entries; ++t) {
      const std::int32_t column = rows.column[i * rows.entries + t];
      const ModelMatrix::Term& term = x.terms()[t];
      if (column >= 0) all[i][static_cast<std::size_t>(column)] += rows.value[i * rows.entries + t];
      if (column == ModelRows::missing)
        std::fill_n(all[i].begin() + static_cast<std::ptrdiff_t>(term.first_column), term.columns(), none);
    }
    const bool complete = std::ranges::none_of(all[i], [](double value) { return std::isnan(value); });
    EXPECT_EQ(rows.complete(i), complete) << "row " << i;
  }
  return all;
}

void expect_rows(const Dense& rows, const Dense& wanted) {
  ASSERT_EQ(rows.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    ASSERT_EQ(rows[i].size(), wanted[i].size());
    for (std::size_t j = 0; j < wanted[i].size(); ++j)
      if (!(std::isnan(wanted[i][j]) && std::isnan(rows[i][j])))
        EXPECT_EQ(rows[i][j], wanted[i][j]) << "row " << i << ", column " << j;
  }
}

void expect_matrix(const ModelFormula& formula, const Texts& names, const Dense& wanted) {
  const ModelMatrix x(survey(), formula);
  EXPECT_EQ(x.names(), names);
  expect_rows(dense(x), wanted);
}

ModelFormula all_levels(const std::vector<ModelTerm>& terms) { return {true, terms, Coding::all_levels}; }
ModelFormula treatment(const std::vector<ModelTerm>& terms, bool intercept = true) { return {intercept, terms}; }

TEST(ModelMatrix, OfAllLevelsHasAColumnForEveryOneWithTheLastOfACrossingFastest) {
  expect_matrix(all_levels({{{"region", "sex"}}, {{"age"}}, {{"sex"}}}),
                {"(Intercept)", "region:sex:n:k", "region:sex:n:m", "region:sex:s:k", "region:sex:s:m",
                 "region:sex:v:k", "region:sex:v:m", "age", "sex:k", "sex:m"},
                {{1, 0, 0, 0, 1, 0, 0, 30, 0, 1},
                 {1, 1, 0, 0, 0, 0, 0, 41, 1, 0},
                 {1, 0, 0, 0, 0, 0, 1, none, 0, 1},
                 {1, 0, 0, 0, 0, 1, 0, 62, 1, 0},
                 {1, 0, 1, 0, 0, 0, 0, 25, 0, 1},
                 {1, 0, 0, 1, 0, 0, 0, 50, 1, 0}});
}

TEST(ModelMatrix, LeavesOutReferenceLevels) {
  expect_matrix(treatment({{{"sex"}}, {{"age"}}}), {"(Intercept)", "sex:m", "age"},  // x(~ sex + age)
                {{1, 1, 30}, {1, 0, 41}, {1, 1, none}, {1, 0, 62}, {1, 1, 25}, {1, 0, 50}});
}

TEST(ModelMatrix, MultipliesTheColumnsOfCategories) {
  const Texts names{"(Intercept)", "sex:m", "region:s", "region:v", "sex:region:m:s", "sex:region:m:v"};
  const Dense wanted{{1, 1, 1, 0, 1, 0}, {1, 0, 0, 0, 0, 0}, {1, 1, 0, 1, 0, 1},
                     {1, 0, 0, 1, 0, 0}, {1, 1, 0, 0, 0, 0}, {1, 0, 1, 0, 0, 0}};
  expect_matrix(treatment({{{"sex"}}, {{"region"}}, {{"sex", "region"}}}), names, wanted);  // x(~ sex * region)
  expect_matrix(treatment({{{"sex", "region"}}, {{"sex"}}, {{"region"}}}), names, wanted);  // x(~ sex:region + ...)
}

TEST(ModelMatrix, ASmallerCrossingThatIsNotThereLeavesNoReferenceOut) {
  expect_matrix(treatment({{{"sex"}}, {{"sex", "region"}}}),  // x(~ sex + sex:region)
                {"(Intercept)", "sex:m", "sex:region:k:s", "sex:region:m:s", "sex:region:k:v", "sex:region:m:v"},
                {{1, 1, 0, 1, 0, 0},
                 {1, 0, 0, 0, 0, 0},
                 {1, 1, 0, 0, 0, 1},
                 {1, 0, 0, 0, 1, 0},
                 {1, 1, 0, 0, 0, 0},
                 {1, 0, 1, 0, 0, 0}});
  expect_matrix(
      treatment({{{"sex", "region"}}}, false),  // x(~ 0 + sex:region)
      {"sex:region:k:n", "sex:region:m:n", "sex:region:k:s", "sex:region:m:s", "sex:region:k:v", "sex:region:m:v"},
      {{0, 0, 0, 1, 0, 0},
       {1, 0, 0, 0, 0, 0},
       {0, 0, 0, 0, 0, 1},
       {0, 0, 0, 0, 1, 0},
       {0, 1, 0, 0, 0, 0},
       {0, 0, 1, 0, 0, 0}});
}

TEST(ModelMatrix, WithoutAnInterceptTheFirstCategoryHasAllItsLevels) {
  expect_matrix(treatment({{{"sex"}}, {{"region"}}}, false),  // x(~ 0 + sex + region)
                {"sex:k", "sex:m", "region:s", "region:v"},
                {{0, 1, 1, 0}, {1, 0, 0, 0}, {0, 1, 0, 1}, {1, 0, 0, 1}, {0, 1, 0, 0}, {1, 0, 1, 0}});
}

TEST(ModelMatrix, ANumberMayBeInACrossing) {
  expect_matrix(treatment({{{"age"}}, {{"region"}}, {{"age", "region"}}}),  // x(~ age * region)
                {"(Intercept)", "age", "region:s", "region:v", "age:region:s", "age:region:v"},
                {{1, 30, 1, 0, 30, 0},
                 {1, 41, 0, 0, 0, 0},
                 {1, none, 0, 1, none, none},
                 {1, 62, 0, 1, 0, 62},
                 {1, 25, 0, 0, 0, 0},
                 {1, 50, 1, 0, 50, 0}});
  expect_matrix(treatment({{{"region", "age"}}}),  // x(~ region:age)
                {"(Intercept)", "region:age:n", "region:age:s", "region:age:v"},
                {{1, 0, 30, 0}, {1, 41, 0, 0}, {1, none, none, none}, {1, 0, 0, 62}, {1, 25, 0, 0}, {1, 0, 50, 0}});
  expect_matrix(treatment({{{"age", "trust"}}}), {"(Intercept)", "age:trust"},  // x(~ age:trust)
                {{1, 30}, {1, 205}, {1, none}, {1, 186}, {1, 50}, {1, 200}});
}

TEST(ModelMatrix, AScaleIsItsCodesOrItsLevels) {
  expect_matrix(treatment({{{"trust"}}}), {"(Intercept)", "trust"},  // x(~ trust)
                {{1, 1}, {1, 5}, {1, 3}, {1, 3}, {1, 2}, {1, 4}});
  expect_matrix(treatment({{{"trust"}, true}}),  // x(~ factor(trust))
                {"(Intercept)", "trust:little", "trust:some", "trust:much", "trust:full"},
                {{1, 0, 0, 0, 0}, {1, 0, 0, 0, 1}, {1, 0, 1, 0, 0}, {1, 0, 1, 0, 0}, {1, 1, 0, 0, 0}, {1, 0, 0, 1, 0}});
}

TEST(ModelMatrix, BoundsAreTheLargestMagnitudes) {
  const ModelMatrix x(survey(), treatment({{{"sex"}}, {{"age"}}, {{"sex", "age"}}, {{"age", "trust"}}}));
  EXPECT_EQ(x.bounds(), (Numbers{1, 1, 62, 62, 310}));
}

/// Many terms of all kinds, with a missing value.
ModelFormula formula(Coding coding) {
  return {true,
          {{{"sex"}}, {{"age"}}, {{"region", "sex"}}, {{"trust"}}, {{"trust", "region"}, true}, {{"region", "age"}}},
          coding};
}

TEST(ModelMatrix, IsMadeAgainOfWhatIsSent) {
  for (const Coding coding : {Coding::all_levels, Coding::treatment}) {
    const ModelMatrix x(survey(), formula(coding));
    ByteWriter out;
    x.write(out);
    ByteReader in(out.bytes());
    const ModelMatrix there = ModelMatrix::read(in, survey());
    EXPECT_EQ(there.names(), x.names());
    EXPECT_EQ(there.bounds(), x.bounds());
    expect_rows(dense(there), dense(x));
  }
}

/// Rows of x in the order in which they are read.
struct Seen {
  Dense rows;
  Seen& operator+=(const Seen& other) {
    rows.insert(rows.end(), other.rows.begin(), other.rows.end());
    return *this;
  }
  void write(ByteWriter& out) const { out.put(rows.size()); }
  Seen read(ByteReader& in) const { return {Dense(in.get<std::size_t>())}; }
};

struct RowsPass {
  using State = Seen;
  static constexpr std::string_view name = "rows of x";
  ModelMatrix x;

  State empty(const Survey&) const { return {}; }
  void observe(const Survey& part, State& seen, Monitor&) const { seen += {dense(x.on(part))}; }
  void write(ByteWriter& out) const { x.write(out); }
  static RowsPass read(ByteReader& in, const Survey& survey) { return {ModelMatrix::read(in, survey)}; }
};
const KnownPass<RowsPass> known;

class Listed final : public Parts {
 public:
  explicit Listed(std::vector<Table> parts) : parts_(std::move(parts)) {}
  void run(Pass& pass, const std::vector<std::string>&, Monitor& monitor) override {
    for (const Table& part : parts_) pass.see(part, monitor);
  }

 private:
  std::vector<Table> parts_;
};

TEST(ModelMatrix, OfPartsHasTheRowsOfTheWhole) {
  NoMonitor nobody;
  // No part has all levels of region.
  const Table first = Table::from_columns({{"sex", Texts{"m", "k"}},
                                           {"region", Texts{"s", "n"}},
                                           {"age", Numbers{30, 41}},
                                           {"trust", Numbers{1, 5}},
                                           {"home", Numbers{1, 0}}}),
              rest = Table::from_columns({{"sex", Texts{"m", "k"}},
                                          {"region", Texts{"v", "v"}},
                                          {"age", Numbers{none, 62}},
                                          {"trust", Numbers{3, 3}},
                                          {"home", Numbers{1, 0}}}),
              last = Table::from_columns({{"sex", Texts{"m", "k"}},
                                          {"region", Texts{"n", "s"}},
                                          {"age", Numbers{25, 50}},
                                          {"trust", Numbers{2, 4}},
                                          {"home", Numbers{1, 0}}});
  const auto parts = std::make_shared<Listed>(std::vector{first, rest, last});
  const Survey scanned(first, codebook(), Design(), parts, nobody);
  for (const Coding coding : {Coding::all_levels, Coding::treatment}) {
    const Survey ready = scanned.reading(reads_of(scanned, formula(coding)), nobody);
    const ModelMatrix x(ready, formula(coding)), whole(survey(), formula(coding));
    EXPECT_TRUE(x.in_parts());
    EXPECT_EQ(x.rows(), 6U);
    EXPECT_EQ(x.names(), whole.names());
    EXPECT_EQ(x.bounds(), whole.bounds());
    expect_rows(run_pass(ready, RowsPass{x}, nobody).rows, dense(whole));
  }
}

TEST(ModelMatrix, RefusalsSayWhatItIsFor) {
  const auto code = [](const ModelFormula& refused) -> std::string {
    try {
      const ModelMatrix x(survey(), refused);
    } catch (const Error& error) {
      return error.code;
    }
    return "";
  };
  EXPECT_EQ(code(treatment({{{"place"}}})), "model.multiple_question");
  EXPECT_EQ(code({true, {{{"sex", "place"}}}, Coding::all_levels, "calibrate"}), "calibrate.multiple_question");
  // 2⁷ · 5⁵ combinations
  EXPECT_EQ(
      code(all_levels(
          {{{"sex", "sex", "sex", "sex", "sex", "sex", "sex", "trust", "trust", "trust", "trust", "trust"}, true}})),
      "model.too_many_levels");
  EXPECT_EQ(code(treatment({{{"sexx"}}})), "data.unknown_column");
}

}  // namespace enkat::model_matrix_test
