#pragma once

#include <Eigen/Core>
#include <concepts>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "enkat/basics/exact_sums.hpp"
#include "enkat/basics/matrix_bytes.hpp"
#include "enkat/design/pass.hpp"
#include "enkat/variance/joint_variance.hpp"

namespace enkat {

/// Scores of rows, as a value: by how much each of some values would change if the row counted a little more, such as
/// the residuals of a mean or the estimating functions of a model's coefficients. Rows outside the domain score 0.
///
/// `observe` fills rows × values; none of its numbers is larger in magnitude than `bounds` says.
template <class S>
concept RowScores =
    requires(const S& scores, const Survey& part, Rows rows, Eigen::MatrixXd& out, ByteWriter& bytes, ByteReader& in) {
      { S::name } -> std::convertible_to<std::string_view>;
      { scores.bounds() } -> std::same_as<std::vector<double>>;
      { scores.observe(part, rows, out) } -> std::same_as<void>;
      { scores.write(bytes) } -> std::same_as<void>;
      { S::read(in, part) } -> std::same_as<S>;
    };

namespace detail {

/// What is added up of each row, whoever its scores are of.
enum class ScoreSums {
  units,        ///< Σ w s of every unit that the variance is of
  auxiliaries,  ///< Σ w₀ s x, w₀ the weights before calibration
  scatter,      ///< Σ (w e − c) and the products of two of them, of every unit; e = s − Bᵀx
  replicates,   ///< Σ w_r s of every replicate r
};

/// Which sums, and what they need to know.
struct ScoreTask {
  ScoreSums sums = ScoreSums::units;
  std::size_t units = 0;   ///< that sums are kept for
  Eigen::MatrixXd slope;   ///< B: columns of x × values; empty without calibration
  Eigen::MatrixXd centre;  ///< c: values × units
};

ExactSums empty_score_sums(const Survey& survey, const ScoreTask& task, const std::vector<double>& bounds);
void add_scores(const Survey& part, const ScoreTask& task, Rows rows, const Eigen::MatrixXd& scores, ExactSums& sums);
void write(ByteWriter& out, const ScoreTask& task);
ScoreTask read_task(ByteReader& in);

/// Runs a task and returns its sums.
using RunScoreTask = std::function<ExactSums(const ScoreTask&)>;
std::shared_ptr<const JointVariance> score_variance(const Survey& survey, std::size_t values, const RunScoreTask& run);

template <RowScores S>
struct ScoresPass {
  using State = ExactSums;
  static constexpr std::string_view name = S::name;
  S scores;
  ScoreTask task;

  State empty(const Survey& all) const { return empty_score_sums(all, task, scores.bounds()); }
  void observe(const Survey& part, State& sums, Monitor& monitor) const {
    const auto see = [&](Rows rows, State& seen) {
      Eigen::MatrixXd of_rows(static_cast<Eigen::Index>(rows.size()),
                              static_cast<Eigen::Index>(scores.bounds().size()));
      scores.observe(part, rows, of_rows);
      add_scores(part, task, rows, of_rows, seen);
    };
    reduce_into(sums, part.rows(), [&] { return empty(part); }, see, monitor);
  }
  void write(ByteWriter& out) const {
    scores.write(out);
    detail::write(out, task);
  }
  static ScoresPass read(ByteReader& in, const Survey& survey) {
    S scores = S::read(in, survey);
    return {std::move(scores), read_task(in)};
  }
};

}  // namespace detail

/// Makes scores known to whoever has some of the rows, once, in their file, as KnownPass does.
template <RowScores S>
using KnownScores = KnownPass<detail::ScoresPass<S>>;

/// The joint variance of values whose linearised variables are these scores, under the survey's design: its units and
/// stages, residuals where weights are calibrated, replicates where it has them. One pass over the rows, wherever they
/// are; one more where weights are calibrated, and one where rows were drawn within units.
///
/// A survey that is ready to read what the scores read. Binder (1983), International Statistical Review 51; Deville &
/// Särndal (1992), §3.
template <RowScores S>
std::shared_ptr<const JointVariance> score_variance(const Survey& survey, const S& scores, Monitor& monitor) {
  return detail::score_variance(survey, scores.bounds().size(), [&](const detail::ScoreTask& task) {
    return run_pass(survey, detail::ScoresPass<S>{scores, task}, monitor);
  });
}

}  // namespace enkat
