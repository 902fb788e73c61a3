#include <algorithm>
#include <cmath>

#include "enkat/design/design_column.hpp"
#include "enkat/design/sample.hpp"

namespace enkat {
namespace {

constexpr std::size_t most_units = 5000;  // a matrix of 200 MB

/// 1 − π_i π_j / π_ij of units of one stratum with `n` units drawn; `sum` is Σ π²/n over the population.
double expanded_delta(const UnequalProbabilities& pps, double a, double b, double n, double sum) {
  if (pps.method == "overton") return 1 - (n - (a + b) / 2) / (n - 1);
  return 1 - (n - a - b + sum) / (n - 1);
}

}  // namespace

/// The inclusion probability of every unit of a stage, and the weights that follow from them.
void Sample::read_inclusion(const Table& table, const std::string& column, std::size_t s) {
  const std::vector<double> probability = design_numbers(table, "fpc", column);
  if (const auto rows = std::ranges::count_if(probability, [](double p) { return !(p > 0 && p <= 1); }))
    throw DesignError("design.inclusion_range",
                      std::to_string(rows) + " values of '" + column +
                          "' are no inclusion probabilities: with `pps` they are above 0 and at most 1",
                      {{"column", column}, {"rows", rows}});
  Stage& stage = tree_->stages[s];
  stage.inclusion.assign(stage.stratum_of_unit.size(), -1);
  for (std::size_t row = 0; row < rows_; ++row) {
    double& known = stage.inclusion[static_cast<std::size_t>(unit_of_row_[s][row])];
    if (known < 0) known = probability[row];
    if (known != probability[row])
      throw DesignError("design.fpc_varies",
                        "'" + column + "' has more than one value in a sampling unit: it is drawn with one probability",
                        {{"column", column}});
  }
  for (std::size_t unit = 0; unit < stage.inclusion.size(); ++unit)  // a stratum of one unit drawn for certain
    if (Stratum& h = stage.strata[static_cast<std::size_t>(stage.stratum_of_unit[unit])];
        h.psus == 1 && stage.inclusion[unit] == 1)
      h.fraction = 1;
}

/// Inclusion probabilities of the units, and what the variance needs of pairs of them.
///
/// Brewer (2002), Combined Survey Sampling Inference, ch. 9; Overton (1985); Hartley & Rao (1962), in the form of
/// Berger (2004); Särndal, Swensson & Wretman (1992), §2.8 for Horvitz–Thompson and Yates–Grundy.
void Sample::read_unequal(const Table& table, const Design& design) {
  const UnequalProbabilities& pps = *design.pps;
  if (design.fpc.empty())
    throw DesignError("design.pps_needs_fpc", "with `pps`, `fpc` is the column of inclusion probabilities");
  if (design.fpc.size() > 1 && pps.method != "brewer")
    throw DesignError("design.pps_stages",
                      "pps='" + pps.method + "' knows one stage: give one column of probabilities, or use pps='brewer'",
                      {{"pps", pps.method}, {"fpc", design.fpc}});
  if (design.phase2) throw DesignError("design.pps_two_phase", "`pps` and `phase2` cannot be combined");
  for (std::size_t s = 0; s < design.fpc.size(); ++s) read_inclusion(table, design.fpc[s], s);
  tree_->with_fractions = true;
  if (!design.weight) {
    design.check_probabilities();
    weight_.assign(rows_, 1.0);
    for (std::size_t s = 0; s < tree_->stages.size(); ++s)
      for (std::size_t row = 0; row < rows_; ++row)
        weight_[row] /= tree_->stages[s].inclusion[static_cast<std::size_t>(unit_of_row_[s][row])];
  }
  if (pps.method == "brewer" || pps.method == "poisson") {
    tree_->unequal = pps.method == "brewer" ? UnequalDrawing::brewer : UnequalDrawing::poisson;
    return;
  }

  tree_->unequal = UnequalDrawing::quadratic;
  const std::vector<double>& inclusion = tree_->stages[0].inclusion;
  const std::size_t n = inclusion.size();
  if (n > most_units)
    throw DesignError("design.pps_too_large",
                      "joint probabilities of " + std::to_string(n) + " units need too much memory: use pps='brewer'",
                      {{"units", n}, {"most", most_units}});
  if (pps.method == "joint" && pps.joint.size() != n)
    throw DesignError("design.joint_size",
                      "`joint_probabilities` has " + std::to_string(pps.joint.size()) + " rows, the sample " +
                          std::to_string(n) + " units: give one row and column a unit, in the order of the rows",
                      {{"rows", pps.joint.size()}, {"units", n}});
  tree_->quadratic = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(n));
  for (std::size_t i = 0; i < n; ++i) {
    const auto h = static_cast<std::size_t>(psu_stratum()[i]);
    const auto drawn = static_cast<double>(strata()[h].psus);
    double sum = 0;  // Σ π over the sample estimates Σ π² over the population
    for (std::size_t j = 0; j < n; ++j)
      if (psu_stratum()[j] == psu_stratum()[i]) sum += inclusion[j] / drawn;
    for (std::size_t j = 0; j < n; ++j) {
      double delta = 0;
      if (i == j) {
        delta = 1 - inclusion[i];
      } else if (pps.method == "joint") {
        if (pps.joint[i].size() != n || !(pps.joint[i][j] > 0 && pps.joint[i][j] == pps.joint[j][i]))
          throw DesignError(
              "design.joint_range",
              "`joint_probabilities` is a symmetric matrix of probabilities above 0: a pair of units that "
              "cannot be drawn together has no variance estimate");
        if (pps.joint[i][j] > std::min(inclusion[i], inclusion[j]) * (1 + 1e-9))
          throw DesignError("design.joint_range",
                            "a joint inclusion probability is larger than that of one of the two units: the rows of "
                            "`joint_probabilities` are in the order of the rows of the sample");
        delta = 1 - inclusion[i] * inclusion[j] / pps.joint[i][j];
      } else if (psu_stratum()[i] == psu_stratum()[j]) {
        delta = expanded_delta(pps, inclusion[i], inclusion[j], drawn, pps.sum_pi2_n.value_or(sum));
      }
      tree_->quadratic(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = delta;
    }
  }
  if (pps.variance == "YG") {
    tree_->quadratic.diagonal().setZero();
    tree_->quadratic.diagonal() = -tree_->quadratic.rowwise().sum();
  }
}

}  // namespace enkat
