#include "enkat/variance/score_variance.hpp"

#include <array>
#include <cmath>

#include "enkat/basics/record_bytes.hpp"
#include "enkat/totals/plan.hpp"
#include "enkat/variance/design_variance.hpp"
#include "enkat/variance/replicate_variance.hpp"

namespace enkat::detail {
namespace {

using Eigen::Index;

Index index(std::size_t i) { return static_cast<Index>(i); }

/// The unit of each row that sums are kept for: that which replicates repeat, where they repeat whole units.
const std::vector<std::int32_t>& units_of(const Survey& survey) {
  return survey.replicates() ? survey.replicates()->unit : survey.sample().unit();
}

std::size_t unit_of(const std::vector<std::int32_t>& units, std::size_t row) {
  return units.empty() ? 0 : static_cast<std::size_t>(units[row]);
}

/// Where Σ of the products of the scores of a and b is among the sums of a unit, a ≤ b; before them are those of one.
std::size_t product(std::size_t a, std::size_t b, std::size_t values) {
  return values + a * (2 * values - a + 1) / 2 + (b - a);
}

/// The scatter of rows within units, about c.
class Scatter {
 public:
  Scatter(ExactSums sums, Eigen::MatrixXd centre, std::size_t stride)
      : sums_(std::move(sums)), centre_(std::move(centre)), stride_(stride) {}

  /// Σ s_a s_b over the n rows of a unit.
  double about_zero(std::size_t unit, double n, std::size_t a, std::size_t b) const {
    return sum(unit, a, b) + centre(unit, a) * level(unit, b) + centre(unit, b) * level(unit, a) +
           n * centre(unit, a) * centre(unit, b);
  }
  /// The same about the means.
  double about_means(std::size_t unit, double n, std::size_t a, std::size_t b) const {
    constexpr double rounding = 1e-14;  // what subtracting two sums that are correctly rounded can leave of nothing
    const double products = sum(unit, a, b), scatter = products - level(unit, a) * level(unit, b) / n;
    return a == b && scatter < rounding * products ? 0 : scatter;
  }

 private:
  double level(std::size_t unit, std::size_t a) const { return sums_[unit * stride_ + a]; }
  double sum(std::size_t unit, std::size_t a, std::size_t b) const {
    return sums_[unit * stride_ + product(std::min(a, b), std::max(a, b), static_cast<std::size_t>(centre_.rows()))];
  }
  double centre(std::size_t unit, std::size_t a) const { return centre_(index(a), index(unit)); }

  ExactSums sums_;
  Eigen::MatrixXd centre_;
  std::size_t stride_;
};

/// Values of which only the scores are known.
class ScoredVariance final : public JointVariance {
 public:
  ScoredVariance(const Survey& survey, Eigen::MatrixXd unit_sums, Eigen::MatrixXd slope,
                 std::shared_ptr<const Scatter> scatter)
      : survey_(survey), unit_sums_(std::move(unit_sums)), slope_(std::move(slope)), scatter_(std::move(scatter)) {}

  Index size() const override { return unit_sums_.rows(); }
  Eigen::VectorXd variances() const override {
    return design_variances(survey_.sample(), scores(), true) + of_totals(slope_).diagonal();
  }
  Eigen::VectorXd variances_without_fpc() const override { return design_variances(survey_.sample(), scores(), false); }
  Eigen::VectorXd variances_of(const ValueSums& sums, Monitor& monitor) const override {
    return covariance_of(sums, monitor).diagonal();
  }
  Eigen::MatrixXd covariance_of(const ValueSums& sums, Monitor&) const override {
    return sums * (design_covariance(survey_.sample(), scores()) + of_totals(slope_)) * sums.transpose();
  }

 private:
  UnitScores scores() const {
    const auto place = [](Index i) { return static_cast<std::size_t>(i); };
    const auto rows = [this](std::size_t unit) {  // of two phases, scores are not centred
      return survey_.sample().two_phases() ? 0 : survey_.sample().rows_of_unit(unit);
    };
    return {unit_sums_,
            [=, this](std::size_t unit, Index a, Index b) {
              return scatter_->about_zero(unit, rows(unit), place(a), place(b));
            },
            [=, this](std::size_t unit, double n, Index a, Index b) {
              return scatter_->about_means(unit, n, place(a), place(b));
            }};
  }
  /// What estimated totals of x, that weights are calibrated to, add.
  Eigen::MatrixXd of_totals(const Eigen::MatrixXd& slope) const {
    const auto& calibration = survey_.calibration();
    if (!calibration || calibration->totals_covariance.size() == 0) return Eigen::MatrixXd::Zero(size(), size());
    return slope.transpose() * calibration->totals_covariance * slope;
  }

  Survey survey_;
  Eigen::MatrixXd unit_sums_;  // of the residuals
  Eigen::MatrixXd slope_;
  std::shared_ptr<const Scatter> scatter_;  // null where rows were not drawn within units
};

Eigen::MatrixXd matrix_of(const ExactSums& sums, std::size_t rows) {
  Eigen::MatrixXd matrix(index(rows), index(sums.size() / std::max<std::size_t>(rows, 1)));
  for (std::size_t i = 0; i < sums.size(); ++i) matrix.data()[i] = sums[i];
  return matrix;
}

/// Σ w s, then Σ w_r s of every replicate.
void add_repeated(const Survey& part, Rows rows, const Eigen::MatrixXd& scores, ExactSums& sums) {
  const Replicates& replicates = *part.replicates();
  const auto values = static_cast<std::size_t>(scores.cols());
  std::vector<double> weight(rows.size()), before(rows.size()), repeated(rows.size() * replicates.count());
  part.weights(rows, weight);
  if (part.calibration()) part.weights_before(rows, before);
  replicates.weights(rows, part.calibration() ? before : weight, repeated);
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t a = 0; a < values; ++a) {
      const double s = scores(index(i), index(a));
      if (s == 0) continue;
      sums.add(a, weight[i] * s);
      for (std::size_t r = 0; r < replicates.count(); ++r)
        sums.add((1 + r) * values + a, repeated[i * replicates.count() + r] * s);
    }
}

std::shared_ptr<const JointVariance> of_replicates(const Survey& survey, std::size_t values, const RunScoreTask& run) {
  const Replicates& replicates = *survey.replicates();
  if (replicates.repeats_units()) {
    const Eigen::MatrixXd of_units = matrix_of(run({ScoreSums::units, replicates.units(), {}, {}}), values);
    return std::make_shared<const ReplicateVariance>(replicates, of_units * replicates.multipliers(),
                                                     of_units.rowwise().sum());
  }
  if (survey.in_parts() && replicates.by_units())
    throw EstimateError("estimate.in_memory_only",
                        "replicates that are calibrated in turn need all rows in memory for this: read the data with "
                        "enkat.read");
  const Eigen::MatrixXd sums = matrix_of(run({ScoreSums::replicates, 0, {}, {}}), values);
  return std::make_shared<const ReplicateVariance>(replicates, sums.rightCols(index(replicates.count())), sums.col(0));
}

}  // namespace

ExactSums empty_score_sums(const Survey& survey, const ScoreTask& task, const std::vector<double>& bounds) {
  const std::size_t values = bounds.size();
  const double heaviest = survey.largest_weight();
  std::vector<double> all;
  const auto each = [&](double factor) {
    for (const double bound : bounds) all.push_back(factor * bound);
  };
  switch (task.sums) {
    case ScoreSums::units:
      for (std::size_t unit = 0; unit < task.units; ++unit) each(heaviest);
      break;
    case ScoreSums::auxiliaries:
      for (const double x : survey.calibration()->x().bounds()) each(survey.largest_weight_before() * x);
      break;
    case ScoreSums::replicates: {
      const Replicates& replicates = *survey.replicates();
      each(heaviest);
      const double repeated =
          replicates.largest_weight(survey.calibration() ? survey.largest_weight_before() : heaviest);
      for (std::size_t r = 0; r < replicates.count(); ++r) each(repeated);
      break;
    }
    case ScoreSums::scatter: {
      std::vector<double> residual(values);
      for (std::size_t a = 0; a < values; ++a) {
        residual[a] = bounds[a];
        for (Index j = 0; j < task.slope.rows(); ++j)
          residual[a] +=
              std::abs(task.slope(j, index(a))) * survey.calibration()->x().bounds()[static_cast<std::size_t>(j)];
        residual[a] = heaviest * residual[a] + task.centre.row(index(a)).cwiseAbs().maxCoeff();
      }
      for (Index unit = 0; unit < task.centre.cols(); ++unit) {
        all.insert(all.end(), residual.begin(), residual.end());
        for (std::size_t a = 0; a < values; ++a)
          for (std::size_t b = a; b < values; ++b) all.push_back(residual[a] * residual[b]);
      }
      break;
    }
  }
  return ExactSums(all);
}

void add_scores(const Survey& part, const ScoreTask& task, Rows rows, const Eigen::MatrixXd& scores, ExactSums& sums) {
  if (task.sums == ScoreSums::replicates) return add_repeated(part, rows, scores, sums);
  const auto values = static_cast<std::size_t>(scores.cols());
  std::array<double, block_rows> weights;
  const auto weight = std::span(weights).first(rows.size());
  const std::vector<std::int32_t>& units = units_of(part);
  const bool before = task.sums == ScoreSums::auxiliaries;
  ModelRows x;
  if (task.sums == ScoreSums::auxiliaries || task.slope.size() > 0) part.calibration()->x().observe(rows, x);
  if (before) part.weights_before(rows, weight);
  if (!before) part.weights(rows, weight);
  Eigen::VectorXd e(index(values));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (weight[i] == 0 && task.sums != ScoreSums::scatter) continue;
    e = scores.row(index(i)).transpose();
    if (task.sums == ScoreSums::auxiliaries) {
      for (std::size_t t = i * x.entries; t < (i + 1) * x.entries; ++t)
        for (std::size_t a = 0; x.column[t] >= 0 && a < values; ++a)
          sums.add(static_cast<std::size_t>(x.column[t]) * values + a, weight[i] * e[index(a)] * x.value[t]);
      continue;
    }
    const std::size_t unit = unit_of(units, rows.first + i);
    if (task.sums == ScoreSums::units) {
      for (std::size_t a = 0; a < values; ++a) sums.add(unit * values + a, weight[i] * e[index(a)]);
      continue;
    }
    // A row without weight is in the sample: it scores 0, which is not the mean.
    for (std::size_t t = i * x.entries; t < (i + 1) * x.entries; ++t)
      if (x.column[t] >= 0) e -= x.value[t] * task.slope.row(x.column[t]).transpose();
    e = weight[i] * e - task.centre.col(index(unit));
    const std::size_t first = unit * product(values, values, values);
    for (std::size_t a = 0; a < values; ++a) {
      sums.add(first + a, e[index(a)]);
      for (std::size_t b = a; b < values; ++b) sums.add(first + product(a, b, values), e[index(a)] * e[index(b)]);
    }
  }
}

void write(ByteWriter& out, const ScoreTask& task) {
  put_value(out, task.sums);
  out.put(task.units);
  put_matrix(out, task.slope);
  put_matrix(out, task.centre);
}

ScoreTask read_task(ByteReader& in) {
  const auto sums = get_value<ScoreSums>(in);
  const auto units = in.get<std::size_t>();
  Eigen::MatrixXd slope = get_matrix(in);
  return {sums, units, std::move(slope), get_matrix(in)};
}

std::shared_ptr<const JointVariance> score_variance(const Survey& survey, std::size_t values, const RunScoreTask& run) {
  if (survey.replicates()) return of_replicates(survey, values, run);
  const Sample& sample = survey.sample();
  need_variance(sample);
  Eigen::MatrixXd unit_sums = matrix_of(run({ScoreSums::units, sample.units(), {}, {}}), values), slope;
  if (const auto& calibration = survey.calibration()) {
    slope = calibration->inverse * matrix_of(run({ScoreSums::auxiliaries, 0, {}, {}}), values).transpose();
    NoMonitor nobody;
    const Eigen::MatrixXd x = matrix_of(survey.calibrated_unit_sums(nobody), calibration->x().columns());
    unit_sums -= slope.transpose() * x;
  }
  std::shared_ptr<const Scatter> scatter;
  if (sample.rows_are_units()) {
    Eigen::MatrixXd centre = Eigen::MatrixXd::Zero(unit_sums.rows(), unit_sums.cols());
    if (!sample.two_phases())
      for (std::size_t unit = 0; unit < sample.units(); ++unit)
        centre.col(index(unit)) = unit_sums.col(index(unit)) / sample.rows_of_unit(unit);
    const std::size_t bytes =
        sample.units() * product(values, values, values) * ExactSums::limbs * sizeof(std::int64_t);
    if (bytes > memory_budget)
      throw EstimateError("estimate.too_many_cells",
                          "the covariance of these " + std::to_string(values) + " values needs " +
                              std::to_string(bytes >> 20) + " MiB: ask for fewer of them at a time",
                          {{"bytes", bytes}, {"units", sample.units()}, {"values", values}});
    ExactSums sums = run({ScoreSums::scatter, sample.units(), slope, centre});
    scatter = std::make_shared<const Scatter>(std::move(sums), std::move(centre), product(values, values, values));
  }
  return std::make_shared<const ScoredVariance>(survey, std::move(unit_sums), std::move(slope), std::move(scatter));
}

}  // namespace enkat::detail
