#pragma once

#include <optional>
#include <string>
#include <vector>

#include "enkat/basics/error.hpp"
#include "enkat/basics/json_fwd.hpp"
#include "enkat/basics/names.hpp"

namespace enkat {

/// What to do with a stratum of which one PSU was drawn from more than one.
enum class SinglePsu { fail, remove, adjust, average, certainty };

template <>
struct Names<SinglePsu> {
  static constexpr std::string_view list[] = {"fail", "remove", "adjust", "average", "certainty"};
};

template <>
SinglePsu named<SinglePsu>(const std::string& name);

/// Who of a first sample was asked again: the column that says so, and the strata the second sample was drawn from.
struct SecondPhase {
  std::string column;
  std::optional<std::string> strata;

  friend bool operator==(const SecondPhase&, const SecondPhase&) = default;
};

/// Replicate weights that come with the answers.
struct SuppliedReplicates {
  std::vector<std::string> columns;
  std::string method;  ///< "BRR", "Fay", "JK1", "JKn", "bootstrap", "SDR", "other"
  std::optional<double> rho;
  std::optional<double> scale;
  std::vector<double> rscales;
  bool combined = true;  ///< the columns are analysis weights, not multipliers of `weight`
  bool mse = true;

  friend bool operator==(const SuppliedReplicates&, const SuppliedReplicates&) = default;
};

/// Drawing with unequal probabilities without replacement; `fpc` holds the inclusion probabilities.
struct UnequalProbabilities {
  std::string method;               ///< "brewer", "overton", "hartley-rao", "poisson", "joint"
  std::string variance = "HT";      ///< Horvitz–Thompson, or "YG": Yates–Grundy
  std::optional<double> sum_pi2_n;  ///< Hartley–Rao: Σ π²/n over the population; estimated from the sample if not known
  std::vector<std::vector<double>> joint;  ///< joint inclusion probabilities of the rows of the sample

  friend bool operator==(const UnequalProbabilities&, const UnequalProbabilities&) = default;
};

/// How the sample was drawn, in column names; an empty Design is a simple random sample with replacement.
struct Design {
  std::optional<std::string> weight;
  std::vector<std::string> strata;  ///< one a stage
  std::vector<std::string> cluster;
  std::vector<std::string> fpc;
  bool nest = false;
  SinglePsu single_psu = SinglePsu::fail;
  std::optional<double> population;
  std::optional<std::string> id;
  std::optional<SuppliedReplicates> replicates;
  std::optional<UnequalProbabilities> pps;
  std::optional<SecondPhase> phase2;

  static Design from_json(const Json& json);
  /// Refuses a design from which no weights follow: without `weight`, every stage must say with which probability its
  /// units were drawn.
  void check_probabilities() const;
  friend bool operator==(const Design&, const Design&) = default;
};

}  // namespace enkat
