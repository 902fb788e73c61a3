#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "enkat/basics/error.hpp"
#include "enkat/basics/record.hpp"
#include "enkat/basics/reduce.hpp"
#include "enkat/design/design.hpp"
#include "enkat/design/distance.hpp"

namespace enkat {

class DistinctRows;
class Sample;
class Survey;
class Table;

/// Weights under repetition of the sampling, from which variances come: V = scale · Σ_r rscale_r (θ_r − centre)².
///
/// Either columns of the table (supplied), or multipliers of the weights of each sampling unit (made by enkat); then,
/// where the survey is calibrated, each replicate has its own calibration. Wolter (2007), ch. 3–5.
struct Replicates {
  std::string method;  ///< "JK1", "JKn", "BRR", "Fay", "bootstrap", "SDR", "other"
  double scale = 1;
  std::vector<double> rscales;  ///< one a replicate
  bool mse = true;              ///< centre: the full-sample estimate, else the mean of the replicates
  double df = 0;                ///< rank of the replicate weights less 1
  std::vector<Issue> notes;     ///< what a user should know about these replicates

  /// Multipliers of the full-sample weight, unit-major (units × replicates); empty when weights are supplied.
  std::vector<double> multiplier;
  /// Unit of every row in `multiplier`: its PSU, or for bootstrap="preston" its unit of the last stage; the rows
  /// themselves when empty.
  std::vector<std::int32_t> unit;
  /// Supplied analysis weights, row-major (rows × replicates); empty when multipliers are used.
  std::vector<double> weight;
  bool combined = false;  ///< analysis weights are supplied, not multipliers
  double largest = 0;     ///< of the multipliers, or of the supplied weights

  /// The calibration of each replicate: column r of `lambda` (columns of x × replicates); null where there is none.
  std::shared_ptr<const DistinctRows> calibrated;
  Distance distance;
  Eigen::MatrixXd lambda;

  std::size_t count() const { return rscales.size(); }
  /// Multipliers are those of units of several rows, not of the rows themselves.
  bool by_units() const { return !unit.empty(); }
  std::size_t units() const { return multiplier.size() / count(); }
  std::size_t unit_of(std::size_t row) const { return by_units() ? static_cast<std::size_t>(unit[row]) : row; }
  /// Whether a replicate's totals are those of the units, each times its multiplier.
  bool repeats_units() const { return by_units() && !calibrated; }
  /// What a pass over a part of the rows needs: the unit of each, given which of the rows of the whole it is like.
  std::shared_ptr<const Replicates> of_part(std::span<const std::int32_t> like, const Survey& part) const;
  /// units × replicates.
  Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>> multipliers() const {
    return {multiplier.data(), static_cast<Eigen::Index>(units()), static_cast<Eigen::Index>(count())};
  }
  /// Analysis weights of some rows in every replicate: out[i · count() + r]. `before` is the design's weight of each.
  void weights(Rows rows, std::span<const double> before, std::span<double> out) const;
  /// Largest magnitude of an analysis weight, given that of the weights before.
  double largest_weight(double largest_before) const;
};

/// What `survey.replicate` asks for.
struct ReplicateRequest {
  std::string method;                ///< "JK1", "JKn", "BRR", "Fay", "bootstrap"
  std::size_t replicates = 0;        ///< bootstrap only
  std::uint64_t seed = 0;            ///< bootstrap only
  std::string bootstrap = "rao-wu";  ///< or "canty-davison", "preston"
  double rho = 0;                    ///< Fay only
  bool mse = true;
};

template <>
struct Fields<ReplicateRequest> {
  static constexpr auto list =
      std::tuple{Field{"method", &ReplicateRequest::method, "JK1, JKn, BRR, Fay or bootstrap"},
                 Field{"replicates", &ReplicateRequest::replicates, "of the bootstrap: how many"},
                 Field{"seed", &ReplicateRequest::seed, "of the bootstrap: what its draws are made of"},
                 Field{"bootstrap", &ReplicateRequest::bootstrap, "rao-wu, canty-davison or preston"},
                 Field{"rho", &ReplicateRequest::rho, "Fay's, from 0 to 1"},
                 Field{"mse", &ReplicateRequest::mse, "whether deviations are from the full sample's estimate"}};
};

/// Replicates of a sample as drawn. A DesignError where the method does not fit the design.
///
/// `row_order` lists the rows by their `id`; draws of rows that are PSUs go by it, else by the order of the table.
Replicates make_replicates(const Sample& sample, const ReplicateRequest& request,
                           std::span<const std::int32_t> row_order = {});

}  // namespace enkat
