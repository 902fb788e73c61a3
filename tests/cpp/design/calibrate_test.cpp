#include "enkat/design/calibrate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numeric>

#include "enkat/basics/json.hpp"
#include "enkat/design/replicate.hpp"

namespace enkat::calibrate_test {

using Numbers = std::vector<double>;
using Names = std::vector<std::string>;

NoMonitor nobody;

Table people() {
  const Names sexes{"k", "m", "k"}, regions{"north", "north", "south", "west"};
  Names sex, region;
  Numbers age, w, hw;
  std::vector<std::int64_t> household, cluster;
  for (int i = 0; i < 24; ++i) {
    sex.push_back(sexes[static_cast<std::size_t>(i) % 3]);
    region.push_back(regions[static_cast<std::size_t>(i) % 4]);
    age.push_back(20 + ((i + 1) * 7) % 41);
    w.push_back(1 + ((i + 1) % 5) * 0.5);
    household.push_back(i / 2);
    cluster.push_back(i / 3);
  }
  for (std::size_t i = 0; i < 24; ++i) hw.push_back((w[i / 2 * 2] + w[i / 2 * 2 + 1]) / 2);
  Numbers holes = age;
  holes[4] = std::nan("");
  return Table::from_columns({{"sex", sex},
                              {"region", region},
                              {"age", age},
                              {"w", w},
                              {"hw", hw},
                              {"hh", household},
                              {"c", cluster},
                              {"holes", holes}});
}

Survey survey(const std::string& weight = "w") {
  Design design;
  design.weight = weight;
  design.cluster = {"c"};
  return Survey(people(), Codebook(), design);
}

Numbers weights(const Survey& survey) {
  Numbers w(survey.rows());
  survey.weights({0, survey.rows()}, w);
  return w;
}

void expect_weights(const Survey& survey, const Numbers& wanted) {
  const Numbers w = weights(survey);
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(w[i], wanted[i], 1e-9) << "row " << i;
}

/// The largest miss of a target, relative to it.
double miss(const Survey& survey) {
  const Calibration& calibration = *survey.calibration();
  const Numbers w = weights(survey);
  Eigen::VectorXd reached = Eigen::VectorXd::Zero(calibration.totals.size());
  ModelRows x;
  calibration.x().observe({0, survey.rows()}, x);
  for (std::size_t k = 0; k < x.column.size(); ++k)
    if (x.column[k] >= 0) reached[x.column[k]] += w[k / x.entries] * x.value[k];
  return ((reached - calibration.totals).array().abs() / (1 + calibration.totals.array().abs())).maxCoeff();
}

std::string code_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code;
  }
  return "";
}

CalibrateRequest request(const std::string& method = "linear") {
  CalibrateRequest request;
  request.terms = {{"sex"}, {"region"}, {"age"}};
  request.totals =
      Json::parse(R"j({"(Intercept)": 50, "sexm": 18, "regionsouth": 14, "regionwest": 12, "age": 1950})j");
  request.method = method;
  return request;
}

const Json sex_and_region =
    Json::parse(R"j({"sex": {"k": 32, "m": 18}, "region": {"north": 24, "south": 14, "west": 12}})j");

// Expected weights of the next tests: R survey 4.1, calibrate(epsilon = 1e-13), on the same 24 rows.
TEST(Calibrate, LinearWeightsAreThoseOfR) {
  expect_weights(calibrate(survey(), request(), nobody),
                 {1.402026268777467, 2.256411138334968, 2.654942299929643, 2.719340157248221, 1.179442481724639,
                  1.380067591967257, 2.060517662491999, 2.627927623717509, 2.913845921605980});
}

TEST(Calibrate, RakingWeightsAreThoseOfR) {
  expect_weights(calibrate(survey(), request("raking"), nobody),
                 {1.4067158832952764, 2.2508946782216874, 2.6365488201564484, 2.7152441960309623, 1.1795884017686786,
                  1.3879579254580106, 2.0487734748367852, 2.5965940720602148, 2.9094547814323604});
}

TEST(Calibrate, LogitWeightsAreThoseOfR) {
  CalibrateRequest logit = request("logit");
  logit.bounds = {0.5, 1.9};
  expect_weights(calibrate(survey(), logit, nobody),
                 {1.4033277709493088, 2.2545201772052712, 2.6466772583783960, 2.7154313331273490, 1.1817670702266057,
                  1.3833780836801761, 2.0529794753204840, 2.6036040633921695, 2.9093236277055601});
}

TEST(Calibrate, TruncatedWeightsMeetTotalsWithinTheirBounds) {
  CalibrateRequest truncated = request();
  truncated.bounds = {0.8731, 1.2498};
  const Survey result = calibrate(survey(), truncated, nobody);
  EXPECT_LT(miss(result), 1e-12);
  const Numbers before = weights(survey()), after = weights(result);
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_GE(after[i] / before[i], 0.8731 - 1e-12);
    EXPECT_LE(after[i] / before[i], 1.2498 + 1e-12);
  }
}

TEST(Calibrate, CrossedTotalsAreReadAsRNamesThem) {
  CalibrateRequest crossed;
  crossed.terms = {{"sex"}, {"region"}, {"sex", "region"}};
  crossed.totals = Json::parse(R"j({"(Intercept)": 50, "sexm": 18, "regionsouth": 14, "regionwest": 12,
                                   "sexm:regionsouth": 5, "sexm:regionwest": 4})j");
  const Survey result = calibrate(survey(), crossed, nobody);
  expect_weights(result, {1.4516129032258065, 2.25, 2.6470588235294117, 2.5263157894736845, 1.125, 1.4516129032258065});
  // The model is saturated: the same as poststratification by the crossing.
  const Survey strata = poststratify(
      survey(),
      Json::parse(
          R"j({"sex:region": {"k:north": 15, "k:south": 9, "k:west": 8, "m:north": 9, "m:south": 5, "m:west": 4}})j"),
      nobody);
  expect_weights(strata, weights(result));
}

TEST(Calibrate, EverybodyInAHouseholdGetsTheSameFactor) {
  CalibrateRequest integrated;
  integrated.terms = {{"sex"}, {"age"}};
  integrated.totals = Json::parse(R"j({"sex": {"k": 32, "m": 18}, "age": 1950})j");
  integrated.unit = "hh";
  const Survey result = calibrate(survey("hw"), integrated, nobody);
  EXPECT_LT(miss(result), 1e-12);
  // R: calibrate(svydesign(ids = ~hh, weights = ~hw), ~sex + age, ..., aggregate.stage = 1)
  expect_weights(result, {1.522774128043294, 1.522774128043294, 2.349605054272769, 2.349605054272769, 1.451528263572496,
                          1.451528263572496, 2.045172240219927, 2.045172240219927});
  const Numbers before = weights(survey()), after = weights(calibrate(survey(), integrated, nobody));
  double women = 0;
  for (std::size_t i = 0; i < 24; ++i) women += people().column("sex").size() > 0 && i % 3 != 1 ? after[i] : 0;
  EXPECT_NEAR(women, 32, 1e-10) << "also where weights differ within a household";
  for (std::size_t i = 0; i < 24; i += 2) EXPECT_NEAR(after[i] / before[i], after[i + 1] / before[i + 1], 1e-12);
}

TEST(Calibrate, TheSamplesOwnTotalsChangeNothing) {
  const Numbers w = weights(survey());
  CalibrateRequest own = request();
  double all = 0, men = 0, age = 0, south = 0, west = 0;
  Numbers ages(24);
  people().column("age").numbers(0, ages);
  for (std::size_t i = 0; i < 24; ++i) {
    all += w[i];
    men += i % 3 == 1 ? w[i] : 0;
    south += i % 4 == 2 ? w[i] : 0;
    west += i % 4 == 3 ? w[i] : 0;
    age += w[i] * ages[i];
  }
  own.totals = {{"(Intercept)", all}, {"sexm", men}, {"regionsouth", south}, {"regionwest", west}, {"age", age}};
  for (const std::string method : {"linear", "raking", "logit"}) {
    own.method = method;
    own.bounds.reset();
    if (method == "logit") own.bounds = {0.5, 2};
    expect_weights(calibrate(survey(), own, nobody), w);
  }
}

TEST(Calibrate, WhatTheVarianceNeedsIsKept) {
  const Survey result = calibrate(survey(), request("raking"), nobody);
  const Calibration& calibration = *result.calibration();
  Numbers before(24);
  result.weights_before({0, 24}, before);
  EXPECT_EQ(before, weights(survey()));
  // A A⁻ A = A for A = Σ w₀ x xᵀ, although columns are dependent.
  const Eigen::Index p = calibration.totals.size();
  Eigen::MatrixXd products = Eigen::MatrixXd::Zero(p, p);
  ModelRows x;
  calibration.x().observe({0, 24}, x);
  for (std::size_t i = 0; i < 24; ++i)
    for (std::size_t s = 0; s < x.entries; ++s)
      for (std::size_t t = 0; t < x.entries; ++t)
        products(x.column[i * x.entries + s], x.column[i * x.entries + t]) +=
            before[i] * x.value[i * x.entries + s] * x.value[i * x.entries + t];
  EXPECT_LT((products * calibration.inverse * products - products).norm(), 1e-9 * products.norm());
  // Totals of units add up to the targets.
  const ExactSums& unit_x = result.calibrated_unit_sums(nobody);
  for (Eigen::Index j = 0; j < p; ++j) {
    double sum = 0;
    for (std::size_t unit = 0; unit < result.sample().units(); ++unit)
      sum += unit_x[unit * static_cast<std::size_t>(p) + static_cast<std::size_t>(j)];
    EXPECT_NEAR(sum, calibration.totals[j], 1e-10);
  }
  EXPECT_LT(calibration.convergence.misfit.back(), 1e-12);
}

TEST(Calibrate, NegativeWeightsAreKeptCountedAndNoted) {
  CalibrateRequest far = request();
  far.totals["age"] = 2400;
  const Survey result = calibrate(survey(), far, nobody);
  const Numbers w = weights(result);
  const auto negative = std::ranges::count_if(w, [](double x) { return x < 0; });
  ASSERT_GT(negative, 0);
  ASSERT_FALSE(result.notes().empty());
  EXPECT_EQ(result.notes().back().code, "calibrate.negative_weights");
  EXPECT_EQ(result.notes().back().context["rows"], negative);
}

TEST(Calibrate, EstimatedTotalsKeepTheirCovarianceForEveryLevel) {
  CalibrateRequest estimated;
  estimated.terms = {{"sex"}};
  estimated.totals = Json::parse(R"j({"(Intercept)": 50, "sexm": 18})j");
  estimated.covariance = Json::parse(R"j({"columns": ["sexm"], "covariance": [[4]]})j");
  const Eigen::MatrixXd v = calibrate(survey(), estimated, nobody).calibration()->totals_covariance;
  // Of the intercept, known; of women = 50 − men; of men.
  EXPECT_TRUE(v.isApprox((Eigen::MatrixXd(3, 3) << 0, 0, 0, 0, 4, -4, 0, -4, 4).finished()));
}

TEST(Poststratify, FactorsBringEachLevelToItsTotal) {
  const Survey result = poststratify(survey(), Json::parse(R"j({"sex": {"k": 32, "m": 18}})j"), nobody);
  const Numbers before = weights(survey()), after = weights(result);
  double men = 0;
  for (std::size_t i = 1; i < 24; i += 3) men += before[i];
  for (std::size_t i = 1; i < 24; i += 3) EXPECT_NEAR(after[i], before[i] * 18 / men, 1e-14);
  EXPECT_LT(miss(result), 1e-14);
}

TEST(Rake, IsCalibrationWithTheRakingDistance) {
  CalibrateRequest raking;
  raking.terms = {{"sex"}, {"region"}};
  raking.totals = sex_and_region;
  raking.method = "raking";
  const Survey raked = rake(survey(), sex_and_region, nobody);
  expect_weights(raked, weights(calibrate(survey(), raking, nobody)));
  EXPECT_LT(miss(raked), 1e-13);
  EXPECT_GT(raked.calibration()->convergence.misfit.size(), 1U);
}

TEST(Rake, OfOneMarginIsPoststratification) {
  const Json margin = Json::parse(R"j({"region": {"north": 24, "south": 14, "west": 12}})j");
  expect_weights(rake(survey(), margin, nobody), weights(poststratify(survey(), margin, nobody)));
}

TEST(Calibrate, EveryReplicateMeetsTheTotals) {
  ReplicateRequest jackknife;
  jackknife.method = "JK1";
  const Survey replicated = replicate(survey(), jackknife, nobody);
  const Survey result = calibrate(replicated, request("raking"), nobody);
  const Replicates& replicates = *result.replicates();
  ASSERT_EQ(replicates.count(), 8U);
  Numbers w(24 * 8);
  replicates.weights({0, 24}, weights(survey()), w);
  // R: weights(calibrate(as.svrepdesign(d, type = "JK1"), ..., calfun = "raking"), "analysis")[, 1]
  const Numbers wanted{0, 0, 0, 2.452710511327072, 1.313450265158753, 1.802451171816980, 2.699010094583315};
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(w[i * 8], wanted[i], 1e-9);
  for (std::size_t r = 0; r < 8; ++r) {
    double men = 0;
    for (std::size_t i = 1; i < 24; i += 3) men += w[i * 8 + r];
    EXPECT_NEAR(men, 18, 1e-10);
  }
  for (const Survey& levels : {rake(replicated, sex_and_region, nobody),
                               poststratify(replicated, Json{{"sex", sex_and_region["sex"]}}, nobody)}) {
    levels.replicates()->weights({0, 24}, weights(survey()), w);
    for (std::size_t r = 0; r < 8; ++r) {
      double men = 0;
      for (std::size_t i = 1; i < 24; i += 3) men += w[i * 8 + r];
      EXPECT_NEAR(men, 18, 1e-10);
    }
  }
}

TEST(Calibrate, TotalsThatCannotBeAreRefused) {
  const auto linear = [](const std::string& totals) {
    return code_of([&] {
      CalibrateRequest wanted = request();
      wanted.totals = Json::parse(totals);
      calibrate(survey(), wanted, nobody);
    });
  };
  EXPECT_EQ(linear(R"j({"(Intercept)": 50, "sexm": 18, "regionsouth": 14, "regionwest": 12})j"),
            "calibrate.total_missing");
  EXPECT_EQ(linear(R"j({"(Intercept)": 50, "sexn": 18, "regionsouth": 14, "regionwest": 12, "age": 1950
  })j"),
            "calibrate.unknown_total");
  EXPECT_EQ(linear(R"j({"(Intercept)": 50, "sexm": 58, "regionsouth": 14, "regionwest": 12, "age": 1950
  })j"),
            "calibrate.total_negative");
  EXPECT_EQ(linear(R"j({"sex": {"k": 32, "m": 18}, "region": {"north": 25, "south": 14, "west": 12}, "age": 1950})j"),
            "calibrate.totals_disagree");
  EXPECT_EQ(linear(R"j({"sex": {"k": 32, "m": null}, "region": {"north": 24, "south": 14, "west": 12}, "age": 1950})j"),
            "calibrate.total_not_finite");
  const auto margins = [](const std::string& totals) {
    return code_of([&] { rake(survey(), Json::parse(totals), nobody); });
  };
  EXPECT_EQ(margins(R"j({"sex": {"k": 32}})j"), "calibrate.empty_cell");
  EXPECT_EQ(margins(R"j({"sex": {"k": 32, "m": 18, "x": 3}})j"), "calibrate.empty_cell");
  EXPECT_EQ(margins(R"j({"sex": {"k": 32, "m": 18, "x": 0}})j"), "");
  EXPECT_EQ(margins(R"j({"sex": {"k": 32, "m": 0}})j"), "calibrate.total_zero");
  EXPECT_EQ(margins(R"j({"sex": {"k": 32, "m": -1}})j"), "calibrate.total_negative");
  EXPECT_EQ(margins(R"j({"sex": 32})j"), "calibrate.totals");
  EXPECT_EQ(margins(R"j({"sx": {"k": 32, "m": 18}})j"), "data.unknown_column");
}

/// Two crossings whose cells read the same when they are joined: x:y with z, and x with y:z.
Survey colons() {
  return Survey(Table::from_columns({{"a", Names{"x:y", "x", "x:y", "x"}}, {"b", Names{"z", "y:z", "z", "y:z"}}}),
                Codebook(), Design());
}

TEST(Calibrate, CellsOfACrossingGivenInPartsAreNeverMistaken) {
  const Json margin = Json::parse(R"j([[["a", "b"], [[["x:y", "z"], 100], [["x", "y:z"], 300]]]])j");
  expect_weights(poststratify(colons(), margin, nobody), {50, 150, 50, 150});
  expect_weights(rake(colons(), margin, nobody), {50, 150, 50, 150});
  CalibrateRequest wanted;
  wanted.terms = {{"a", "b"}};
  wanted.intercept = false;
  wanted.totals = margin;
  wanted.covariance = Json::parse(R"j({"covariance": [[4, 1], [1, 9]]})j");
  const Survey calibrated = calibrate(colons(), wanted, nobody);
  expect_weights(calibrated, {50, 150, 50, 150});
  const ModelMatrix::Term& term = calibrated.calibration()->x().terms().front();
  for (std::size_t j = 0; j < term.columns(); ++j) {
    const double total = calibrated.calibration()->totals[static_cast<Eigen::Index>(j)];
    const double variance =
        calibrated.calibration()->totals_covariance(static_cast<Eigen::Index>(j), static_cast<Eigen::Index>(j));
    EXPECT_EQ(variance, total == 100 ? 4 : total == 300 ? 9 : 0);
  }
}

TEST(Calibrate, ANameOfSeveralCellsIsRefused) {
  const auto margins = [](const std::string& totals) {
    return code_of([&] { rake(colons(), Json::parse(totals), nobody); });
  };
  EXPECT_EQ(margins(R"j({"a:b": {"x:y:z": 100}})j"), "calibrate.ambiguous_total");
  const Survey survey(Table::from_columns({{"s", Names{"ab", "c"}}, {"sa", Names{"b", "c"}}}), Codebook(), Design());
  CalibrateRequest wanted;
  wanted.terms = {{"s"}, {"sa"}};
  wanted.totals = Json::parse(R"j({"(Intercept)": 10, "sab": 4})j");  // of s = ab, or of sa = b
  EXPECT_EQ(code_of([&] { calibrate(survey, wanted, nobody); }), "calibrate.ambiguous_total");
}

TEST(Calibrate, AFailedFitNamesTheColumnAndGivesNoWeights) {
  CalibrateRequest tight = request("logit");
  tight.bounds = {0.99, 1.01};
  try {
    calibrate(survey(), tight, nobody);
    FAIL() << "the bounds cannot be met";
  } catch (const DesignError& error) {
    EXPECT_EQ(error.code, "calibrate.not_converged");
    EXPECT_TRUE(error.context.contains("wanted"));
    EXPECT_TRUE(error.context.contains("reached"));
    EXPECT_FALSE(std::get<std::string>(error.context["column"].held()).empty());
  }
  tight.method = "linear";
  EXPECT_EQ(code_of([&] { calibrate(survey(), tight, nobody); }), "calibrate.not_converged");
  CalibrateRequest old = request("raking");
  old.totals["age"] = 50 * 90;
  EXPECT_EQ(code_of([&] { calibrate(survey(), old, nobody); }), "calibrate.not_converged");
}

TEST(Calibrate, WhatMakesNoSenseIsRefused) {
  const Survey once = rake(survey(), sex_and_region, nobody);
  EXPECT_EQ(code_of([&] { rake(once, sex_and_region, nobody); }), "calibrate.twice");
  EXPECT_EQ(code_of([&] { rake(survey().where({{"sex", {"k"}}}), sex_and_region, nobody); }), "calibrate.domain");
  EXPECT_EQ(code_of([&] { poststratify(survey(), sex_and_region, nobody); }), "calibrate.one_margin");
  const auto with = [](const std::string& method, std::optional<std::array<double, 2>> bounds) {
    return code_of([&] {
      CalibrateRequest wanted = request(method);
      wanted.bounds = bounds;
      calibrate(survey(), wanted, nobody);
    });
  };
  EXPECT_EQ(with("logit", {}), "calibrate.bounds");
  EXPECT_EQ(with("logit", {{1.1, 2}}), "calibrate.bounds");
  EXPECT_EQ(with("raking", {{0.5, 2}}), "calibrate.bounds");
  EXPECT_EQ(with("ranking", {}), "calibrate.method");
  CalibrateRequest holes = request();
  holes.terms = {{"holes"}};
  holes.totals = Json::parse(R"j({"(Intercept)": 50, "holes": 1950
  })j");
  EXPECT_EQ(code_of([&] { calibrate(survey(), holes, nobody); }), "calibrate.missing");
}

TEST(Trim, CutsWeightsAndSpreadsTheExcessEqually) {
  const Numbers before = weights(survey());
  const Survey trimmed = trim(survey(), 2.5, 0);
  const Numbers after = weights(trimmed);
  EXPECT_NEAR(std::accumulate(after.begin(), after.end(), 0.0), std::accumulate(before.begin(), before.end(), 0.0),
              1e-12);
  const auto cut = std::ranges::count_if(before, [](double w) { return w > 2.5; });
  for (std::size_t i = 0; i < 24; ++i)
    EXPECT_NEAR(after[i],
                before[i] > 2.5 ? 2.5 : before[i] + 0.5 * static_cast<double>(cut) / static_cast<double>(24 - cut),
                1e-14);
  EXPECT_EQ(trimmed.notes().back().code, "trim.weights");
  EXPECT_EQ(trimmed.notes().back().context["rows"], cut);
  EXPECT_EQ(weights(trim(survey(), 99, 0)), before);
}

TEST(Trim, KeepsACalibrationWithTheTotalsOfItsUnits) {
  const Survey raked = rake(survey(), sex_and_region, nobody), trimmed = trim(raked, 2.8, 0);
  ASSERT_TRUE(trimmed.calibration());
  const Numbers w = weights(trimmed);
  double men = 0, unit_men = 0;
  for (std::size_t i = 1; i < 24; i += 3) men += w[i];
  for (std::size_t unit = 0; unit < 8; ++unit) unit_men += trimmed.calibrated_unit_sums(nobody)[unit * 5 + 1];
  EXPECT_NEAR(unit_men, men, 1e-12);
}

TEST(Trim, BoundsThatLeaveNothingAreRefused) {
  EXPECT_EQ(code_of([] { trim(survey(), 1, 2); }), "trim.bounds");
  EXPECT_EQ(code_of([] { trim(survey(), 0.5, 0); }), "trim.nothing_left");
}

}  // namespace enkat::calibrate_test
