#include "enkat/estimate/estimate.hpp"

#include <random>

#include "enkat/basics/json.hpp"
#include "enkat/statistic/registry.hpp"
#include "tests/cpp/cases.hpp"
#include "tests/cpp/nobody.hpp"

namespace enkat::estimate_test {

class ReferenceCases : public ::testing::TestWithParam<std::string> {};

TEST_P(ReferenceCases, AgreeWithIndependentSystems) {
  std::size_t cases = 0;
  for (const auto& file : std::filesystem::directory_iterator(testing::cases_folder() / GetParam())) {
    if (!file.is_regular_file()) continue;
    const Json listing = testing::read_json(file.path());
    for (const Json& test_case : listing["cases"]) {
      testing::check_case(test_case);
      ++cases;
    }
  }
  EXPECT_GT(cases, 0U);
}

/// The folders of tests/cases that hold calls of a verb; a new one is read without being named here.
std::vector<std::string> verbs() {
  // contrast: its expressions are text, which Python alone reads. interval: results of one function of the core.
  const std::vector<std::string> others{"contrast", "data", "interval", "make"};
  std::vector<std::string> verbs;
  for (const auto& folder : std::filesystem::directory_iterator(testing::cases_folder()))
    if (const std::string name = folder.path().filename().string();
        folder.is_directory() && std::ranges::find(others, name) == others.end())
      verbs.push_back(name);
  std::ranges::sort(verbs);
  return verbs;
}

INSTANTIATE_TEST_SUITE_P(Verbs, ReferenceCases, ::testing::ValuesIn(verbs()),
                         [](const auto& verb) { return verb.param; });

Table random_table(std::size_t rows, double shift = 0) {
  std::mt19937_64 random(1473);
  std::vector<double> y, x, v, w, h, c;
  std::vector<std::string> g;
  for (std::size_t i = 0; i < rows; ++i) {
    const auto draw = static_cast<double>(random() % 1000);
    y.push_back(random() % 13 == 0 ? std::nan("") : shift + draw);
    x.push_back(1 + static_cast<double>(random() % 7));
    v.push_back(random() % 3 == 0 ? 1 + static_cast<double>(random() % 7) : x.back());
    w.push_back(1 + static_cast<double>(random() % 8));
    h.push_back(static_cast<double>(random() % 4));
    c.push_back(static_cast<double>(random() % 9) + 10 * h.back());
    g.push_back(std::string(1, static_cast<char>('a' + random() % 3)));
  }
  return Table::from_columns({{"y", y}, {"x", x}, {"v", v}, {"w", w}, {"h", h}, {"c", c}, {"g", g}});
}

Estimates run(const Table& table, const Design& design, EstimateRequest request) {
  NoMonitor monitor;
  return estimate(Survey(table, Codebook(), design), request, monitor);
}

Design clustered() {
  Design design;
  design.weight = "w";
  design.strata = {"h"};
  design.cluster = {"c"};
  return design;
}

Design elements() {
  Design design;
  design.weight = "w";
  design.strata = {"h"};
  return design;
}

std::vector<EstimateRequest> requests() {
  std::vector<EstimateRequest> list;
  for (const std::string& name : statistic_names()) {
    EstimateRequest request;
    request.estimator = name;
    request.variables = {"y"};
    request.by = {};
    if (name == "ratio" || name == "covariance" || name == "correlation") request.others = {"x"};
    if (name == "alpha") request.variables = {"y", "x"};
    if (name == "cdf") request.points = {300, 500};
    if (name == "proportion") request.variables = {"g"};
    if (name == "kappa") {
      request.variables = {"x"};
      request.others = {"v"};
    }
    list.push_back(request);
    request.by = {name == "proportion" ? "x" : "g"};
    list.push_back(request);
  }
  return list;
}

void expect_same_bits(const Estimates& a, const Estimates& b) {
  ASSERT_EQ(a.rows.size(), b.rows.size());
  for (std::size_t i = 0; i < a.rows.size(); ++i) {
    EXPECT_EQ(a.rows[i].estimate, b.rows[i].estimate);
    EXPECT_EQ(a.rows[i].se, b.rows[i].se);
    EXPECT_EQ(a.rows[i].n, b.rows[i].n);
    EXPECT_EQ(a.rows[i].df, b.rows[i].df);
  }
}

Table shuffled(const std::vector<std::string>& names, const Table& table) {
  std::vector<std::size_t> order(table.rows());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::shuffle(order, std::mt19937_64(7));
  std::vector<std::pair<std::string, Values>> columns;
  for (const std::string& name : names) {
    if (name == "g") {
      std::vector<std::string_view> cells(table.rows());
      table.column(name).texts(0, cells);
      std::vector<std::string> moved;
      for (const std::size_t i : order) moved.emplace_back(cells[i]);
      columns.emplace_back(name, moved);
    } else {
      std::vector<double> cells(table.rows()), moved;
      table.column(name).numbers(0, cells);
      for (const std::size_t i : order) moved.push_back(cells[i]);
      columns.emplace_back(name, moved);
    }
  }
  return Table::from_columns(columns);
}

TEST(Laws, TheOrderOfRowsChangesNoBit) {
  const Table table = random_table(9000);
  const Table moved = shuffled(table.names(), table);
  for (const Design& design : {Design(), elements(), clustered()})
    for (const EstimateRequest& request : requests())
      expect_same_bits(run(table, design, request), run(moved, design, request));
}

TEST(Laws, DoublingEveryWeightChangesNoMeanShareOrRatio) {
  const Table table = random_table(2000);
  std::vector<double> w(table.rows()), y(table.rows()), x(table.rows()), v(table.rows()), h(table.rows()),
      c(table.rows());
  table.column("w").numbers(0, w);
  table.column("y").numbers(0, y);
  table.column("x").numbers(0, x);
  table.column("v").numbers(0, v);
  table.column("h").numbers(0, h);
  table.column("c").numbers(0, c);
  std::vector<std::string> g;
  std::vector<std::string_view> cells(table.rows());
  table.column("g").texts(0, cells);
  g.assign(cells.begin(), cells.end());
  for (double& weight : w) weight *= 2;
  const Table heavier = Table::from_columns({{"y", y}, {"x", x}, {"v", v}, {"w", w}, {"h", h}, {"c", c}, {"g", g}});
  for (const Design& design : {elements(), clustered()}) {
    for (const EstimateRequest& request : requests()) {
      if (request.estimator == "total") continue;
      expect_same_bits(run(table, design, request), run(heavier, design, request));
    }
  }
}

TEST(Laws, ALargeConstantAddedToIntegersChangesNoStandardError) {
  EstimateRequest request;
  request.estimator = "mean";
  request.variables = {"y"};
  for (const std::vector<std::string>& by : {std::vector<std::string>{}, {"g"}}) {
    request.by = by;
    for (const Design& design : {Design(), elements(), clustered()}) {
      const Estimates small = run(random_table(5000), design, request);
      const Estimates large = run(random_table(5000, 1e9), design, request);
      for (std::size_t i = 0; i < small.rows.size(); ++i) EXPECT_NEAR(*large.rows[i].se / *small.rows[i].se, 1, 1e-12);
    }
  }
}

TEST(Laws, SharesOfASingleQuestionAddUpToOneAndTheirCovarianceToZero) {
  EstimateRequest request;
  request.estimator = "proportion";
  request.variables = {"g"};
  const Estimates shares = run(random_table(3000), clustered(), request);
  double sum = 0;
  for (const Estimate& row : shares.rows) sum += *row.estimate;
  EXPECT_NEAR(sum, 1, 1e-15);
  EXPECT_NEAR(shares.covariance(testing::nobody).sum(), 0, 1e-16);
}

TEST(Laws, DomainsAndTheirComplementAddUpToTheTotal) {
  EstimateRequest request;
  request.estimator = "total";
  request.variables = {"y"};
  const Table table = random_table(3000);
  const Estimates all = run(table, clustered(), request);
  request.by = {"g"};
  const Estimates parts = run(table, clustered(), request);
  double sum = 0;
  for (const Estimate& row : parts.rows) sum += *row.estimate;
  EXPECT_NEAR(sum / *all.rows[0].estimate, 1, 1e-14);
  EXPECT_NEAR(parts.covariance(testing::nobody).sum() / (*all.rows[0].se * *all.rows[0].se), 1, 1e-10);
}

TEST(Mean, OfEqualValuesIsExact) {
  const Table table = Table::from_columns({{"y", std::vector<double>(100000, 0.1)}});
  EstimateRequest request;
  request.estimator = "mean";
  request.variables = {"y"};
  const Estimates mean = run(table, Design(), request);
  EXPECT_DOUBLE_EQ(*mean.rows[0].estimate, 0.1);
  EXPECT_EQ(*mean.rows[0].se, 0);
}

// Every simple random sample of 3 from 6: the mean of the variance estimates is the variance of the estimates.
TEST(Mean, VarianceIsUnbiasedOverAllSamplesOfASmallPopulation) {
  const std::vector<double> population{3, 1, 4, 1, 5, 9};
  double sum = 0, square = 0, variance = 0;
  int samples = 0;
  Design design;
  design.population = 6;
  EstimateRequest request;
  request.estimator = "total";
  request.variables = {"y"};
  for (std::size_t a = 0; a < 6; ++a) {
    for (std::size_t b = a + 1; b < 6; ++b) {
      for (std::size_t c = b + 1; c < 6; ++c) {
        const std::vector<double> y{population[a], population[b], population[c]};
        const Estimates total = run(Table::from_columns({{"y", y}}), design, request);
        sum += *total.rows[0].estimate;
        square += *total.rows[0].estimate * *total.rows[0].estimate;
        variance += *total.rows[0].se * *total.rows[0].se;
        ++samples;
      }
    }
  }
  EXPECT_EQ(samples, 20);
  EXPECT_NEAR(sum / samples, 23, 1e-12);
  EXPECT_NEAR(variance / samples, square / samples - 23 * 23, 1e-10);
}

TEST(Estimate, OneRowOfADomainHasAValueAndNoStandardError) {
  const Table table =
      Table::from_columns({{"y", std::vector<double>{1, 2, 3}}, {"g", std::vector<std::string>{"a", "b", "b"}}});
  EstimateRequest request;
  request.estimator = "mean";
  request.variables = {"y"};
  request.by = {"g"};
  const Estimates means = run(table, Design(), request);
  EXPECT_EQ(*means.rows[0].estimate, 1);
  EXPECT_FALSE(means.rows[0].se.has_value());
  EXPECT_EQ(means.rows[0].notes.text(), "estimate.no_df");
}

TEST(Estimate, AShareOfZeroHasTheClopperPearsonInterval) {
  const Table table = Table::from_columns({{"g", std::vector<bool>(20, false)}, {"y", std::vector<double>(20, 1)}});
  const Codebook codebook = Codebook::from_json(Json::parse(R"({"schema_version": 1, "questions": [
    {"name": "g", "type": "single", "label": "g", "options": [{"name": "no", "code": 0}, {"name": "yes", "code": 1}]}]})"));
  NoMonitor monitor;
  EstimateRequest request;
  request.estimator = "proportion";
  request.variables = {"g"};
  const Estimates shares = estimate(Survey(table, codebook, Design()), request, monitor);
  const Estimate& yes = shares.rows[1];
  EXPECT_EQ(*yes.estimate, 0);
  EXPECT_EQ(*yes.se, 0);
  EXPECT_EQ(*yes.ci_low, 0);
  EXPECT_NEAR(*yes.ci_high, 1 - std::pow(0.025, 1.0 / 20), 1e-12);
  EXPECT_TRUE(yes.notes.has("interval.beta_at_bound"));
}

TEST(Estimate, AStratumWithOnePsuIsRefusedByName) {
  const Table table = Table::from_columns(
      {{"y", std::vector<double>{1, 2, 3}}, {"h", std::vector<std::string>{"nurses", "doctors", "doctors"}}});
  Design design;
  design.strata = {"h"};
  EstimateRequest request;
  request.estimator = "mean";
  request.variables = {"y"};
  try {
    run(table, design, request);
    FAIL() << "one PSU must be refused";
  } catch (const DesignError& error) {
    EXPECT_EQ(error.code, "design.single_psu");
    EXPECT_NE(std::string(error.what()).find("nurses"), std::string::npos);
  }
}

}  // namespace enkat::estimate_test
