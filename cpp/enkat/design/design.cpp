#include "enkat/design/design.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "enkat/basics/json.hpp"

namespace enkat {
namespace {

std::vector<std::string> columns(const Json& json, const std::string& key) {
  if (json.is_string()) return {json.get<std::string>()};
  if (!json.is_array() || json.empty() || !std::ranges::all_of(json, [](const Json& j) { return j.is_string(); }))
    throw DesignError("design.wrong_type", "'" + key + "' of the design is a column name or a list of column names",
                      {{"key", key}});
  return json.get<std::vector<std::string>>();
}

std::string column(const Json& json, const std::string& key) {
  if (!json.is_string())
    throw DesignError("design.wrong_type", "'" + key + "' of the design is a column name", {{"key", key}});
  return json.get<std::string>();
}

[[noreturn]] void wrong_type(const std::string& key, const std::string& wanted) {
  throw DesignError("design.wrong_type", "'" + key + "' of the design is " + wanted, {{"key", key}});
}

bool truth(const Json& json, const std::string& key) {
  if (!json.is_boolean()) wrong_type(key, "true or false");
  return json.get<bool>();
}

double number(const Json& json, const std::string& key) {
  if (!json.is_number()) wrong_type(key, "a number");
  return json.get<double>();
}

std::vector<double> numbers(const Json& json, const std::string& key) {
  if (!json.is_array()) wrong_type(key, "a list of numbers");
  std::vector<double> list;
  for (const Json& item : json) list.push_back(number(item, key));
  return list;
}

std::vector<std::vector<double>> matrix(const Json& json, const std::string& key) {
  if (!json.is_array() || json.empty()) wrong_type(key, "a matrix: a list of rows");
  std::vector<std::vector<double>> rows;
  for (const Json& row : json) rows.push_back(numbers(row, key));
  return rows;
}

const std::vector<std::string> pps_methods{"brewer", "overton", "hartley-rao", "poisson", "joint"};

std::string one_of(const Json& json, const std::string& key, const std::vector<std::string>& words) {
  std::string word = column(json, key);
  if (std::ranges::find(words, word) == words.end())
    throw UsageError("design.unknown_word", "'" + word + "' is no value of '" + key + "'" + suggestion(word, words),
                     {{"key", key}, {"known", words}});
  return word;
}

SecondPhase second_phase(const Json& json, const std::string& key) {
  if (json.is_string()) return {json.get<std::string>(), {}};
  if (!json.is_object() || !json.contains("column")) wrong_type(key, "an object with `column` and `strata`");
  SecondPhase phase{column(json["column"], "phase2.column"), {}};
  for (const auto& [name, value] : json.items()) {
    if (name == "strata" && !value.is_null()) phase.strata = column(value, "phase2.strata");
    if (name != "strata" && name != "column")
      throw UsageError("design.unknown_key", "phase2 has no '" + name + "'" + suggestion(name, {"column", "strata"}),
                       {{"key", name}});
  }
  return phase;
}

/// A key of a design and how its value is read.
struct Key {
  std::string name;
  std::function<void(const Json&, const std::string&)> read;
};

}  // namespace

template <>
SinglePsu named<SinglePsu>(const std::string& name) {
  if (const auto rule = from_name<SinglePsu>(name)) return *rule;
  throw UsageError("design.unknown_single_psu",
                   "single_psu is 'fail', 'remove', 'adjust', 'average' or 'certainty', not '" + name + "'",
                   {{"single_psu", name}});
}

Design Design::from_json(const Json& json) {
  if (!json.is_object()) throw DesignError("design.wrong_type", "the design is an object such as {\"weight\": \"w\"}");
  Design design;
  SuppliedReplicates replicates;
  UnequalProbabilities pps;
  bool of_replicates = false, of_pps = false;  // an option of either was given
  const auto replicate = [&](auto& field, const auto& value) {
    field = value;
    of_replicates = true;
  };
  const auto unequal = [&](auto& field, const auto& value) {
    field = value;
    of_pps = true;
  };
  const std::vector<Key> keys{
      {"weight", [&](const Json& v, const std::string& k) { design.weight = column(v, k); }},
      {"strata", [&](const Json& v, const std::string& k) { design.strata = columns(v, k); }},
      {"cluster", [&](const Json& v, const std::string& k) { design.cluster = columns(v, k); }},
      {"fpc", [&](const Json& v, const std::string& k) { design.fpc = columns(v, k); }},
      {"nest", [&](const Json& v, const std::string& k) { design.nest = truth(v, k); }},
      {"single_psu", [&](const Json& v, const std::string& k) { design.single_psu = named<SinglePsu>(column(v, k)); }},
      {"population", [&](const Json& v, const std::string& k) { design.population = number(v, k); }},
      {"id", [&](const Json& v, const std::string& k) { design.id = column(v, k); }},
      {"replicate_weights", [&](const Json& v, const std::string& k) { replicates.columns = columns(v, k); }},
      {"method", [&](const Json& v, const std::string& k) { replicate(replicates.method, column(v, k)); }},
      {"rho", [&](const Json& v, const std::string& k) { replicate(replicates.rho, number(v, k)); }},
      {"scale", [&](const Json& v, const std::string& k) { replicate(replicates.scale, number(v, k)); }},
      {"rscales", [&](const Json& v, const std::string& k) { replicate(replicates.rscales, numbers(v, k)); }},
      {"combined", [&](const Json& v, const std::string& k) { replicate(replicates.combined, truth(v, k)); }},
      {"mse", [&](const Json& v, const std::string& k) { replicate(replicates.mse, truth(v, k)); }},
      {"pps", [&](const Json& v, const std::string& k) { pps.method = one_of(v, k, pps_methods); }},
      {"variance", [&](const Json& v, const std::string& k) { unequal(pps.variance, one_of(v, k, {"HT", "YG"})); }},
      {"sum_pi2_n", [&](const Json& v, const std::string& k) { unequal(pps.sum_pi2_n, number(v, k)); }},
      {"joint_probabilities", [&](const Json& v, const std::string& k) { unequal(pps.joint, matrix(v, k)); }},
      {"phase2", [&](const Json& v, const std::string& k) { design.phase2 = second_phase(v, k); }},
  };
  for (const auto& [key, value] : json.items()) {
    if (value.is_null()) continue;
    const auto known = std::ranges::find(keys, key, &Key::name);
    if (known == keys.end()) {
      std::vector<std::string> names;
      for (const Key& k : keys) names.push_back(k.name);
      throw UsageError("design.unknown_key", "a design has no '" + key + "'" + suggestion(key, names), {{"key", key}});
    }
    known->read(value, key);
  }

  if (!replicates.columns.empty()) {
    if (replicates.method.empty())
      throw DesignError("design.replicate_method",
                        "say how the replicate weights were made: method='BRR', 'Fay', 'JK1', 'JKn', 'bootstrap', "
                        "'SDR' or 'other'");
    if (!design.strata.empty() || !design.cluster.empty() || !design.fpc.empty() || design.population ||
        design.phase2 || !pps.method.empty())
      throw UsageError("design.replicate_structure",
                       "replicate weights hold all that is known of the sampling: leave strata, cluster, fpc, "
                       "population, pps and phase2 out, or leave the replicate weights out");
    design.replicates = std::move(replicates);
  } else if (of_replicates) {
    throw UsageError("design.replicate_option",
                     "method, rho, scale, rscales, combined and mse of a design are about `replicate_weights`: give "
                     "those columns, or make replicates with survey.replicate()");
  }
  if (!pps.joint.empty() && pps.method.empty()) pps.method = "joint";
  if (!pps.method.empty()) {
    if (pps.method == "joint" && pps.joint.empty())
      throw DesignError("design.joint_missing", "pps='joint' needs `joint_probabilities`, a matrix with a row a unit");
    if (pps.sum_pi2_n && pps.method != "hartley-rao")
      throw UsageError("design.pps_option", "sum_pi2_n is for pps='hartley-rao' only");
    if (pps.variance == "YG" && (pps.method == "brewer" || pps.method == "poisson"))
      throw UsageError("design.pps_option",
                       "variance='YG' needs joint probabilities: pps='" + pps.method + "' has none, leave it out");
    design.pps = std::move(pps);
  } else if (of_pps) {
    throw UsageError("design.pps_option", "variance, sum_pi2_n and joint_probabilities are for designs with `pps`");
  }
  return design;
}

void Design::check_probabilities() const {
  if (weight || population || fpc.size() >= cluster.size()) return;
  throw DesignError("design.weights_unknown",
                    "no weights follow from `fpc`: it is given for " + std::to_string(fpc.size()) + " of " +
                        std::to_string(cluster.size()) +
                        " stages. Name the column of weights in `weight`, or give `fpc` for every stage of `cluster`",
                    {{"cluster", cluster}, {"fpc", fpc}});
}

}  // namespace enkat
