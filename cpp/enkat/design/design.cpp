#include "enkat/design/design.hpp"

#include <array>
#include <utility>

namespace enkat {
namespace {

constexpr std::array<std::pair<SinglePsu, const char*>, 5> rules{{{SinglePsu::fail, "fail"},
                                                                  {SinglePsu::remove, "remove"},
                                                                  {SinglePsu::adjust, "adjust"},
                                                                  {SinglePsu::average, "average"},
                                                                  {SinglePsu::certainty, "certainty"}}};

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

}  // namespace

SinglePsu single_psu_from(const std::string& name) {
  for (const auto& [rule, text] : rules)
    if (name == text) return rule;
  throw UsageError("design.unknown_single_psu",
                   "single_psu is 'fail', 'remove', 'adjust', 'average' or 'certainty', not '" + name + "'",
                   {{"single_psu", name}});
}

std::string to_string(SinglePsu rule) { return rules[static_cast<std::size_t>(rule)].second; }

Design Design::from_json(const Json& json) {
  Design design;
  if (!json.is_object()) throw DesignError("design.wrong_type", "the design is an object such as {\"weight\": \"w\"}");
  for (const auto& [key, value] : json.items()) {
    if (value.is_null()) continue;
    if (key == "weight") {
      design.weight = column(value, key);
    } else if (key == "strata") {
      design.strata = column(value, key);
    } else if (key == "cluster") {
      design.cluster = columns(value, key);
    } else if (key == "fpc") {
      design.fpc = columns(value, key);
    } else if (key == "nest") {
      if (!value.is_boolean()) throw DesignError("design.wrong_type", "'nest' is true or false", {{"key", key}});
      design.nest = value.get<bool>();
    } else if (key == "single_psu") {
      design.single_psu = single_psu_from(column(value, key));
    } else if (key == "population") {
      if (!value.is_number()) throw DesignError("design.wrong_type", "'population' is a number", {{"key", key}});
      design.population = value.get<double>();
    } else if (key == "id") {
      design.id = column(value, key);
    } else {
      throw UsageError(
          "design.unknown_key",
          "a design has no '" + key + "'" +
              suggestion(key, {"weight", "strata", "cluster", "fpc", "nest", "single_psu", "population", "id"}),
          {{"key", key}});
    }
  }
  return design;
}

}  // namespace enkat
