#include "enkat/variance/design_variance.hpp"

#include <algorithm>
#include <cmath>

namespace enkat {
namespace {

/// Adds up squares of scores: variances only, or the whole matrix of covariances.
class Squares {
 public:
  Squares(Eigen::Index forms, bool all)
      : all_(all), variance_(Eigen::VectorXd::Zero(forms)), covariance_(all ? forms : 0, all ? forms : 0) {
    covariance_.setZero();
  }

  /// factor · Y Yᵀ; columns are units.
  void add(const Eigen::MatrixXd& y, double factor = 1) {
    if (all_) {
      covariance_ += factor * (y * y.transpose());
    } else {
      variance_ += factor * y.rowwise().squaredNorm();
    }
  }
  /// factor · `product` of all forms, or of each with itself.
  void add_products(const std::function<double(Eigen::Index a, Eigen::Index b)>& product, double factor) {
    for (Eigen::Index a = 0; a < variance_.size(); ++a) {
      const double square = factor * product(a, a);
      if (!all_) {
        variance_[a] += square;
        continue;
      }
      covariance_(a, a) += square;
      for (Eigen::Index b = a + 1; b < variance_.size(); ++b) {
        const double both = factor * product(a, b);
        covariance_(a, b) += both;
        covariance_(b, a) += both;
      }
    }
  }
  void add_scatter(const UnitScores& scores, std::size_t unit, double factor) {
    add_products([&](Eigen::Index a, Eigen::Index b) { return scores.scatter(unit, a, b); }, factor);
  }
  void add_within(const UnitScores& scores, std::size_t unit, double n, double factor) {
    add_products([&](Eigen::Index a, Eigen::Index b) { return scores.within(unit, n, a, b); }, factor);
  }
  void add_quadratic(const Eigen::MatrixXd& z, const Eigen::MatrixXd& q) {
    if (all_) {
      covariance_ += z * q * z.transpose();
    } else {
      variance_ += (z * q).cwiseProduct(z).rowwise().sum();
    }
  }

  const Eigen::VectorXd& variance() const { return variance_; }
  const Eigen::MatrixXd& covariance() const { return covariance_; }

 private:
  bool all_;
  Eigen::VectorXd variance_;
  Eigen::MatrixXd covariance_;
};

Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }
Eigen::Index index(std::int32_t i) { return static_cast<Eigen::Index>(i); }

/// Sums of columns by group.
Eigen::MatrixXd by_group(const Eigen::MatrixXd& z, const std::vector<std::int32_t>& group, std::size_t groups) {
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(z.rows(), index(groups));
  for (Eigen::Index i = 0; i < z.cols(); ++i) sum.col(index(group[static_cast<std::size_t>(i)])) += z.col(i);
  return sum;
}

/// How the variance of a stage counts: the product of the probabilities of the units it was drawn within.
std::vector<double> path_fraction(const std::vector<Stage>& stages, std::size_t s) {
  std::vector<double> product;
  for (const Stratum& stratum : stages[s].strata) {
    double fraction = 1;
    std::int32_t unit = stratum.parent;
    for (std::size_t t = s; t-- > 0;) {
      const auto at = static_cast<std::size_t>(unit);
      const Stratum& above = stages[t].strata[static_cast<std::size_t>(stages[t].stratum_of_unit[at])];
      fraction *= stages[t].inclusion.empty() ? above.fraction : stages[t].inclusion[at];
      unit = above.parent;
    }
    product.push_back(fraction);
  }
  return product;
}

/// Strata left out by single_psu="average" get the average variance of the others.
double average_factor(const Sample& sample) {
  if (sample.single_psu() != SinglePsu::average) return 1;
  const double all = static_cast<double>(sample.strata().size());
  const double single = static_cast<double>(sample.single_psu_strata().size());
  if (all == single)
    throw DesignError("design.single_psu",
                      "every stratum has one PSU: there is no variance to average; merge strata or use 'adjust'");
  return all / (all - single);
}

/// Variance of one stage, given the sums of its units (of its strata, where rows are units).
void add_stage(const Sample& sample, std::size_t s, const UnitScores& scores, const Eigen::MatrixXd& z, bool with_fpc,
               Squares& squares) {
  const Stage& stage = sample.stages()[s];
  const std::vector<double> path = path_fraction(sample.stages(), s);
  const bool first = s == 0;
  const double average = first ? average_factor(sample) : 1;
  std::int64_t units = 0;
  for (const Stratum& stratum : stage.strata) units += stratum.psus;
  const Eigen::VectorXd grand_mean = z.rowwise().sum() / static_cast<double>(units);
  const auto adjusted = [&](const Stratum& h) {
    return first && h.psus == 1 && h.fraction < 1 && sample.single_psu() == SinglePsu::adjust;
  };
  const auto factor = [&](std::size_t h) {
    const Stratum& stratum = stage.strata[h];
    const double n = static_cast<double>(stratum.psus), left = 1 - (with_fpc ? stratum.fraction : 0);
    if (stratum.psus > 1) return average * path[h] * left * n / (n - 1);
    return adjusted(stratum) ? path[h] * left : 0;
  };

  if (stage.rows_are_units()) {
    for (std::size_t h = 0; h < stage.strata.size(); ++h) {
      const double c = factor(h);
      if (c == 0) continue;
      if (stage.strata[h].psus == 1) {
        squares.add(z.col(index(h)) - grand_mean, c);
      } else {
        squares.add_within(scores, h, static_cast<double>(stage.strata[h].psus), c);
      }
    }
    return;
  }
  Eigen::MatrixXd centre = by_group(z, stage.stratum_of_unit, stage.strata.size());
  Eigen::VectorXd root(centre.cols());
  for (std::size_t h = 0; h < stage.strata.size(); ++h) {
    centre.col(index(h)) /= static_cast<double>(stage.strata[h].psus);
    if (adjusted(stage.strata[h])) centre.col(index(h)) = grand_mean;
    root[index(h)] = std::sqrt(factor(h));
  }
  Eigen::MatrixXd y(z.rows(), z.cols());
  for (Eigen::Index i = 0; i < z.cols(); ++i) {
    const Eigen::Index h = index(stage.stratum_of_unit[static_cast<std::size_t>(i)]);
    y.col(i) = root[h] * (z.col(i) - centre.col(h));
    // Brewer: each unit's own 1 − π_i in the place of 1 − f_h; z̄ is the mean of the units' weighted totals.
    if (with_fpc && !stage.inclusion.empty()) y.col(i) *= std::sqrt(1 - stage.inclusion[static_cast<std::size_t>(i)]);
  }
  squares.add(y);
}

/// Independent draws: Σ (1 − π_i) z_i².
void add_poisson(const Sample& sample, const Eigen::MatrixXd& z, bool with_fpc, Squares& squares) {
  Eigen::MatrixXd y = z;
  for (Eigen::Index i = 0; with_fpc && i < y.cols(); ++i)
    y.col(i) *= std::sqrt(1 - sample.stages()[0].inclusion[static_cast<std::size_t>(i)]);
  squares.add(y);
}

void add_stages(const Sample& sample, const UnitScores& scores, bool with_fpc, Squares& squares) {
  Eigen::MatrixXd z = scores.sum;
  for (std::size_t s = sample.stages().size(); s-- > 0;) {
    if (s == 0 && sample.unequal() == UnequalDrawing::poisson) {
      add_poisson(sample, z, with_fpc, squares);
    } else if (s == 0 && sample.unequal() == UnequalDrawing::quadratic) {
      squares.add_quadratic(z, sample.quadratic());
    } else if (with_fpc || s == 0) {
      add_stage(sample, s, scores, z, with_fpc, squares);
    }
    if (s == 0) break;
    const Stage& stage = sample.stages()[s];
    if (!stage.rows_are_units()) z = by_group(z, stage.stratum_of_unit, stage.strata.size());
    std::vector<std::int32_t> parent;
    for (const Stratum& stratum : stage.strata) parent.push_back(stratum.parent);
    z = by_group(z, parent, sample.stages()[s - 1].stratum_of_unit.size());
  }
}

/// Two phases: the first phase's quadratic form, estimated from those drawn in the second, plus the second phase's.
///
/// With z of both phases' weights, f_g and (M_g, m_g) of the second phase, Σ ž_i² of the first phase is estimated by
/// Σ_g f_g Σ z², and (Σ ž)² by (Σ z)² + Σ_g [(c_g − 1)((Σ_g z)² − Σ_g z²) + (f_g − 1) Σ_g z²], c_g =
/// f_g(M_g−1)/(m_g−1): pairs are weighted by their inclusion probabilities in the second phase.
void add_two_phases(const Sample& sample, const UnitScores& scores, bool with_fpc, Squares& squares) {
  const std::vector<Stratum>& second = sample.second_strata();
  const std::size_t groups = second.size(), firsts = sample.units() / groups;
  const bool rows_are_psus = sample.rows_are_psus();
  const auto stratum_of = [&](std::size_t first) {
    return rows_are_psus ? first : static_cast<std::size_t>(sample.psu_stratum()[first]);
  };
  const Eigen::VectorXd none = Eigen::VectorXd::Zero(scores.sum.rows());
  const auto add_pairs = [&](std::size_t g, double factor, const Eigen::VectorXd& sum,
                             const std::vector<std::size_t>& units) {
    const double m = static_cast<double>(second[g].psus), f = second[g].fraction;
    if (m == 0) return;
    const double pairs = m > 1 ? f * (m / f - 1) / (m - 1) : 1;
    squares.add(sum, factor * (pairs - 1));
    for (const std::size_t unit : units) squares.add_scatter(scores, unit, factor * (f - pairs));
  };

  for (std::size_t h = 0; h < sample.strata().size(); ++h) {
    const double n = static_cast<double>(sample.strata()[h].psus);
    if (n < 2) continue;
    const double left = 1 - (with_fpc ? sample.strata()[h].fraction : 0);
    Eigen::VectorXd all = none;
    for (std::size_t g = 0; g < groups; ++g) {
      Eigen::VectorXd sum = none;
      std::vector<std::size_t> units;
      for (std::size_t first = 0; first < firsts; ++first) {
        if (stratum_of(first) != h) continue;
        const std::size_t unit = first * groups + g;
        units.push_back(unit);
        sum += scores.sum.col(index(unit));
        if (rows_are_psus) {
          squares.add_scatter(scores, unit, left * n / (n - 1) * second[g].fraction);
        } else {
          add_pairs(g, left * n / (n - 1), scores.sum.col(index(unit)), {unit});
        }
      }
      all += sum;
      add_pairs(g, -left / (n - 1), sum, units);
    }
    squares.add(all, -left / (n - 1));
    for (std::size_t first = 0; !rows_are_psus && first < firsts; ++first)
      if (stratum_of(first) == h)
        squares.add(scores.sum.middleCols(index(first * groups), index(groups)).rowwise().sum(), left * n / (n - 1));
  }

  for (std::size_t g = 0; g < groups; ++g) {
    const double m = static_cast<double>(second[g].psus), left = 1 - second[g].fraction;
    if (m < 2 || left == 0) continue;
    Eigen::VectorXd sum = none;
    for (std::size_t first = 0; first < firsts; ++first) {
      sum += scores.sum.col(index(first * groups + g));
      squares.add_scatter(scores, first * groups + g, left * m / (m - 1));
    }
    squares.add(sum, -left / (m - 1));
  }
}

Squares squares_of(const Sample& sample, const UnitScores& scores, bool with_fpc, bool all) {
  Squares squares(scores.sum.rows(), all);
  if (sample.two_phases()) {
    add_two_phases(sample, scores, with_fpc, squares);
  } else {
    add_stages(sample, scores, with_fpc, squares);
  }
  return squares;
}

std::string listed(const std::vector<std::string>& labels) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(labels.size(), 5); ++i)
    text += (i == 0 ? "'" : ", '") + labels[i] + "'";
  return labels.size() > 5 ? text + " and " + std::to_string(labels.size() - 5) + " more" : text;
}

}  // namespace

Eigen::VectorXd design_variances(const Sample& sample, const UnitScores& scores, bool with_fpc) {
  return squares_of(sample, scores, with_fpc, false).variance();
}

Eigen::MatrixXd design_covariance(const Sample& sample, const UnitScores& scores) {
  return squares_of(sample, scores, true, true).covariance();
}

void need_variance(const Sample& sample) {
  if (sample.single_psu() != SinglePsu::fail) return;
  if (const std::vector<std::string> later = sample.single_unit_strata(); !later.empty())
    throw DesignError("design.single_psu",
                      "at a later stage one unit was drawn from more than one within " + listed(later) +
                          ", so its variance cannot be estimated; choose a rule such as single_psu='remove', or leave "
                          "later stages out of `fpc` and `cluster`",
                      {{"units", later}});
  const std::vector<std::string> single = sample.single_psu_strata();
  if (single.empty()) return;
  const bool whole = sample.strata().size() == 1 && sample.strata()[0].psus == 1;
  throw DesignError("design.single_psu",
                    (whole ? "the sample has one PSU"
                           : (single.size() == 1 ? "stratum " : "strata ") + listed(single) +
                                 (single.size() == 1 ? " has one PSU" : " have one PSU each")) +
                        std::string(", so the variance cannot be estimated; merge strata, or choose a rule: "
                                    "single_psu='remove', 'certainty', 'adjust' or 'average'"),
                    {{"strata", single}, {"n_psu", 1}});
}

}  // namespace enkat
