#pragma once

#include <optional>
#include <string>
#include <vector>

#include "enkat/basics/record.hpp"

namespace enkat {

/// What to do with a stratum of which one PSU was drawn from more than one.
enum class SinglePsu { fail, remove, adjust, average, certainty };

SinglePsu single_psu_from(const std::string& name);
std::string to_string(SinglePsu rule);

/// How the sample was drawn, in column names; an empty Design is a simple random sample with replacement.
struct Design {
  std::optional<std::string> weight;
  std::optional<std::string> strata;
  std::vector<std::string> cluster;
  std::vector<std::string> fpc;
  bool nest = false;
  SinglePsu single_psu = SinglePsu::fail;
  std::optional<double> population;
  std::optional<std::string> id;

  static Design from_json(const Json& json);
  friend bool operator==(const Design&, const Design&) = default;
};

template <>
struct Fields<Design> {
  static constexpr auto list = std::tuple{
      Field{"weight", &Design::weight, "column of sampling weights"},
      Field{"strata", &Design::strata, "column of strata"},
      Field{"cluster", &Design::cluster, "column of primary sampling units, one a stage"},
      Field{"fpc", &Design::fpc, "column of population sizes (above 1) or sampling fractions (up to 1), one a stage"},
      Field{"nest", &Design::nest, "cluster ids repeat between strata"},
      Field{"population", &Design::population, "size of the population of a simple random sample"},
      Field{"id", &Design::id, "column that identifies a respondent"},
  };
};

}  // namespace enkat
