#include "enkat/variance/score_variance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "enkat/basics/json.hpp"
#include "enkat/basics/record_bytes.hpp"
#include "enkat/design/calibrate.hpp"
#include "enkat/design/replicate.hpp"
#include "enkat/estimate/estimate.hpp"
#include "tests/cpp/nobody.hpp"

namespace enkat::score_variance_test {

using namespace testing;
using Numbers = std::vector<double>;

constexpr std::size_t people = 600;

Table rows(std::size_t first, std::size_t last) {
  Numbers y, w, c, s, n;
  std::vector<std::string> g, sex;
  for (std::size_t i = first; i < last; ++i) {
    const auto mixed = [i](std::size_t by) { return i * 2654435761U % by; };
    y.push_back(static_cast<double>(mixed(97)) + 0.25 * static_cast<double>(mixed(11)));
    w.push_back(i % 50 == 7 ? 0 : 1 + static_cast<double>(mixed(5)));
    c.push_back(static_cast<double>(mixed(40)));
    s.push_back(static_cast<double>(mixed(40) % 4));
    n.push_back(30 + static_cast<double>(mixed(40) % 4));
    g.push_back(mixed(3) == 0 ? "a" : "b");
    sex.push_back(mixed(7) < 3 ? "k" : "m");
  }
  return Table::from_columns({{"y", y}, {"w", w}, {"c", c}, {"s", s}, {"n", n}, {"g", g}, {"sex", sex}});
}

Design design(bool clusters, bool strata) {
  Design design;
  design.weight = "w";
  if (clusters) design.cluster = {"c"};
  if (strata) design.strata = {"s"};
  if (clusters && strata) design.fpc = {"n"};
  return design;
}

/// The means of y in the groups a and b: (y − mean)/Σw in the rows of the group.
struct MeanScores {
  static constexpr std::string_view name = "scores of two means";
  Numbers mean, weight;

  std::vector<double> bounds() const { return {200 / weight[0], 200 / weight[1]}; }
  void observe(const Survey& part, Rows rows, Eigen::MatrixXd& out) const {
    const auto y = part.numbers("y");
    const auto g = part.labels("g");
    Numbers value(rows.size());
    y->numbers(rows.first, value);
    out.setZero();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::size_t k = g->text(static_cast<std::size_t>(g->code[rows.first + i])) == "a" ? 0 : 1;
      out(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k)) = (value[i] - mean[k]) / weight[k];
    }
  }
  void write(ByteWriter& out) const {
    put_value(out, mean);
    put_value(out, weight);
  }
  static MeanScores read(ByteReader& in, const Survey&) {
    Numbers mean = get_value<Numbers>(in);
    return {std::move(mean), get_value<Numbers>(in)};
  }
};
const KnownScores<MeanScores> known;

EstimateRequest means(const std::string& estimator = "mean") {
  EstimateRequest request;
  request.estimator = estimator;
  request.variables = {"y"};
  request.by = {"g"};
  return request;
}

/// The scores of the survey's own means; sums of weights are totals of a column of ones, by the difference of totals.
MeanScores scores_of(const Survey& survey, const Estimates& estimates) {
  const Estimates totals = estimate(survey, means("total"), nobody);
  MeanScores scores;
  for (std::size_t k = 0; k < 2; ++k) {
    scores.mean.push_back(*estimates.rows[k].estimate);
    scores.weight.push_back(*totals.rows[k].estimate / scores.mean[k]);
  }
  return scores;
}

void expect_the_covariance_of_the_means(const Survey& survey) {
  const Estimates estimates = estimate(survey, means(), nobody);
  const Survey ready = survey.reading({{"y"}, {}, {"g"}}, nobody);
  const auto found = score_variance(ready, scores_of(survey, estimates), nobody);
  const Eigen::MatrixXd expected = estimates.covariance(nobody), covariance = found->covariance(nobody);
  EXPECT_TRUE(covariance.isApprox(expected, 1e-10)) << covariance << "\n\n" << expected;
  EXPECT_TRUE(found->variances().isApprox(expected.diagonal(), 1e-10));
}

const Json margins = Json::parse(R"({"sex": {"k": 800, "m": 900}})");

TEST(ScoreVariance, OfTheScoresOfMeansIsThatOfTheMeans) {
  for (const bool clusters : {false, true}) {
    for (const bool strata : {false, true}) {
      const Survey survey(rows(0, people), Codebook(), design(clusters, strata));
      expect_the_covariance_of_the_means(survey);
      expect_the_covariance_of_the_means(rake(survey, margins, nobody));
    }
  }
}

/// The six hundred in three parts.
class Thirds final : public Parts {
 public:
  void run(Pass& pass, const std::vector<std::string>&, Monitor& monitor) override {
    pass.see(rows(250, people), monitor);
    pass.see(rows(0, 40), monitor);
    const auto there = pass_from(rows(0, 0), design(clusters, true), pass.sent());  // as another machine would
    there->see(rows(40, 250), monitor);
    pass.add(there->bytes());
  }
  bool clusters = false;
};

TEST(ScoreVariance, IsTheSameWhereverRowsAre) {
  for (const bool clusters : {false, true}) {
    const auto thirds = std::make_shared<Thirds>();
    thirds->clusters = clusters;
    const Survey scanned(rows(0, 0), Codebook(), design(clusters, true), thirds, nobody);
    const Survey whole(rows(0, people), Codebook(), design(clusters, true));
    for (const bool calibrated : {false, true}) {
      const Survey there = calibrated ? rake(scanned, margins, nobody) : scanned;
      const Survey here = calibrated ? rake(whole, margins, nobody) : whole;
      const MeanScores scores = scores_of(here, estimate(here, means(), nobody));
      const auto found = score_variance(there.reading({{"y"}, {}, {"g"}}, nobody), scores, nobody);
      EXPECT_EQ(found->covariance(nobody), score_variance(here, scores, nobody)->covariance(nobody));
    }
    if (!clusters) continue;  // replicates of single rows need them in memory
    const ReplicateRequest bootstrap{.method = "bootstrap", .replicates = 20, .seed = 5};
    const MeanScores scores = scores_of(whole, estimate(whole, means(), nobody));
    const auto found =
        score_variance(replicate(scanned, bootstrap, nobody).reading({{"y"}, {}, {"g"}}, nobody), scores, nobody);
    EXPECT_EQ(found->covariance(nobody),
              score_variance(replicate(whole, bootstrap, nobody), scores, nobody)->covariance(nobody));
  }
}

// A linear value is repeated exactly: the total of y.
TEST(ScoreVariance, OfReplicatesIsThatOfTheirTotals) {
  struct Source {
    static Survey with(const Survey& survey, bool rows_are_units) {
      return replicate(survey, {.method = rows_are_units ? "JKn" : "bootstrap", .replicates = 30, .seed = 3}, nobody);
    }
  };
  for (const bool clusters : {false, true}) {
    const Survey survey = Source::with(Survey(rows(0, people), Codebook(), design(clusters, true)), !clusters);
    for (const Survey& repeated : {survey, rake(survey, margins, nobody)}) {
      MeanScores totals{{0, 0}, {1, 1}};
      const auto found = score_variance(repeated, totals, nobody);
      const Eigen::MatrixXd expected = estimate(repeated, means("total"), nobody).covariance(nobody);
      EXPECT_TRUE(found->covariance(nobody).isApprox(expected, 1e-10));
    }
  }
}

}  // namespace enkat::score_variance_test
