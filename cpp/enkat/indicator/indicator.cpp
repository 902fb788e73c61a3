#include "enkat/indicator/indicator.hpp"

#include <set>

#include "enkat/basics/json.hpp"
#include "enkat/estimate/proportion.hpp"
#include "enkat/estimate/rank.hpp"
#include "enkat/estimate/registry.hpp"

namespace enkat {
namespace {

const std::vector<std::string> known_keys{"name",    "estimator", "question", "denominator", "by",    "where",
                                          "answers", "interval",  "level",    "whiskers",    "label", "nets"};

/// Reads one object and notes what is wrong with it instead of stopping.
class Reader {
 public:
  Reader(const Json& object, std::string at, std::vector<Issue>& problems)
      : object_(object), at_(std::move(at)), problems_(problems) {}

  void problem(const std::string& key, const std::string& code, const std::string& message) {
    problems_.push_back({code, at_ + (key.empty() ? "" : "/" + key) + ": " + message, {{"at", at_ + "/" + key}}});
  }

  std::string text(const std::string& key, bool required) {
    if (!object_.contains(key)) {
      if (required) problem(key, "indicator.missing_key", "'" + key + "' is needed");
      return "";
    }
    if (object_[key].is_string()) return object_[key].get<std::string>();
    problem(key, "indicator.wrong_type", "is a text");
    return "";
  }

  std::vector<std::string> texts(const std::string& key) {
    if (!object_.contains(key)) return {};
    const Json& value = object_[key];
    if (value.is_string()) return {value.get<std::string>()};
    std::vector<std::string> list;
    if (value.is_array())
      for (const Json& item : value)
        if (item.is_string()) list.push_back(item.get<std::string>());
    if (!value.is_array() || list.size() != value.size()) problem(key, "indicator.wrong_type", "is a list of texts");
    return list;
  }

 private:
  const Json& object_;
  std::string at_;
  std::vector<Issue>& problems_;
};

Indicator read(const Json& json, const std::string& at, std::vector<Issue>& problems) {
  Indicator indicator;
  Reader reader(json, at, problems);
  if (!json.is_object()) {
    reader.problem("", "indicator.wrong_type", "an indicator is an object");
    return indicator;
  }
  for (const auto& [key, value] : json.items())
    if (std::ranges::find(known_keys, key) == known_keys.end())
      reader.problem(key, "indicator.unknown_key", "there is no such key" + suggestion(key, known_keys));
  indicator.name = reader.text("name", true);
  indicator.estimator = reader.text("estimator", true);
  indicator.question = reader.text("question", true);
  std::vector<std::string> estimators = indicator_names();
  estimators.emplace_back("ranking");
  const bool known = std::ranges::find(estimators, indicator.estimator) != estimators.end();
  const bool of_pairs =
      known && indicator.estimator != "ranking" && statistic_called(indicator.estimator).arity == Arity::pair;
  indicator.denominator = reader.text("denominator", of_pairs);
  indicator.by = reader.texts("by");
  indicator.answers = reader.texts("answers");
  indicator.nets = reader.texts("nets");
  if (json.contains("where")) indicator.where = conditions_from_json(json["where"], at + "/where", problems);
  if (!indicator.estimator.empty() && !known)
    reader.problem("estimator", "indicator.unknown_estimator",
                   "there is no estimator '" + indicator.estimator + "'" + suggestion(indicator.estimator, estimators));
  if (json.contains("interval")) {
    try {
      indicator.interval = interval_method_from(reader.text("interval", false));
    } catch (const UsageError& error) {
      reader.problem("interval", "indicator.unknown_interval", error.what());
    }
  }
  if (json.contains("level")) {
    if (json["level"].is_number() && json["level"] > 0 && json["level"] < 1) {
      indicator.level = json["level"].get<double>();
    } else {
      reader.problem("level", "indicator.level", "is a share between 0 and 1, such as 0.95");
    }
  }
  if (json.contains("whiskers")) {
    if (json["whiskers"].is_boolean()) {
      indicator.whiskers = json["whiskers"].get<bool>();
    } else {
      reader.problem("whiskers", "indicator.wrong_type", "is true or false");
    }
  }
  return indicator;
}

}  // namespace

std::vector<Condition> conditions_from_json(const Json& json, const std::string& at, std::vector<Issue>& problems) {
  std::vector<Condition> conditions;
  const auto text = [](const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); };
  if (json.is_array() && json.size() == 1 && json[0].is_object() && json[0].contains("text")) {
    if (json[0].contains("problem")) {
      problems.push_back({"usage.expression", at + ": " + json[0]["problem"].get<std::string>(), {{"at", at}}});
      return conditions;
    }
    return conditions_from_list(json);
  }
  if (!json.is_object()) {
    problems.push_back(
        {"where.wrong_type",
         at + R"(: conditions are an object such as {"region": ["north"]}, or an expression such as "age >= 65")",
         {{"at", at}}});
    return conditions;
  }
  for (const auto& [column, value] : json.items()) {
    Condition condition{column, {}};
    if (value.is_array()) {
      for (const Json& item : value) condition.values.push_back(text(item));
    } else {
      condition.values.push_back(text(value));
    }
    if (condition.values.empty())
      problems.push_back(
          {"where.no_value", at + "/" + column + ": give at least one value", {{"at", at + "/" + column}}});
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

std::vector<Indicator> indicators_from_json(const Json& json) {
  std::vector<Issue> problems;
  std::vector<Indicator> indicators;
  if (!json.is_object() || !json.contains("indicators") || !json["indicators"].is_array())
    throw IndicatorError("indicator.wrong_type",
                         R"(indicators.json is an object {"schema_version": 1, "indicators": […]})");
  if (json.value("schema_version", Json()) != Json(1))
    problems.push_back(
        {"indicator.schema_version", "/schema_version: this version of enkat reads 1", {{"at", "/schema_version"}}});
  std::set<std::string> names;
  for (std::size_t i = 0; i < json["indicators"].size(); ++i) {
    const std::string at = "/indicators/" + std::to_string(i);
    indicators.push_back(read(json["indicators"][i], at, problems));
    if (!names.insert(indicators.back().name).second)
      problems.push_back({"indicator.duplicate_name",
                          at + "/name: there is another indicator called '" + indicators.back().name + "'",
                          {{"at", at + "/name"}}});
  }
  const auto where = [&](auto i) { return json["indicators"][static_cast<std::size_t>(i)].value("where", Json()); };
  for (std::size_t i = 0; i < indicators.size(); ++i)
    for (const std::string& name : indicators[i].nets) {
      const auto net = std::ranges::find(indicators, name, &Indicator::name);
      const std::string at = "/indicators/" + std::to_string(i) + "/nets";
      if (net == indicators.end()) {
        problems.push_back({"indicator.unknown_net",
                            at + ": there is no indicator '" + name + "'" +
                                suggestion(name, std::vector<std::string>(names.begin(), names.end())),
                            {{"at", at}}});
      } else if (net->estimator != Proportion::name || net->answers.size() != 1 || net->by != indicators[i].by ||
                 where(net - indicators.begin()) != where(i)) {
        problems.push_back({"indicator.net",
                            at + ": '" + name +
                                "' is no net of this chart: it has to be a proportion with one of `answers`, and "
                                "the `by` and `where` of this indicator",
                            {{"at", at}}});
      }
    }
  refuse<IndicatorError>(problems);
  return indicators;
}

Estimates compute(const Survey& survey, const Indicator& indicator, Monitor& monitor) {
  try {
    const Survey among = indicator.where.empty() ? survey : survey.where(indicator.where);
    if (indicator.estimator == "ranking")
      return rank(among, indicator.question, indicator.by, indicator.level, indicator.interval, monitor);
    EstimateRequest request;
    request.estimator = indicator.estimator;
    request.variables = {indicator.question};
    if (!indicator.denominator.empty()) request.others = {indicator.denominator};
    request.by = indicator.by;
    request.level = indicator.level;
    request.interval = indicator.interval;
    return estimate(among, request, monitor);
  } catch (const Error& error) {
    throw IndicatorError(error.code, "indicator '" + indicator.name + "': " + error.what(), error.context,
                         error.issues);
  }
}

}  // namespace enkat
