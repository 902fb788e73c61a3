#include "enkat/indicator/indicator.hpp"

#include <algorithm>
#include <set>

#include "enkat/codebook/object_reader.hpp"
#include "enkat/estimate/rank.hpp"
#include "enkat/statistic/proportion.hpp"
#include "enkat/statistic/registry.hpp"

namespace enkat {
namespace {

Indicator read(const Json& json, const std::string& at, std::vector<Issue>& problems) {
  Indicator indicator;
  ObjectReader reader(json, at, "the indicator at " + at, problems, "indicator.");
  reader.require("name", "what its table and chart are called", indicator.name);
  if (!indicator.name.empty()) reader.rename("indicator '" + indicator.name + "'");
  reader.require("estimator", "what is computed", indicator.estimator);
  reader.require("question", "of which question", indicator.question);
  std::vector<std::string> estimators = indicator_names();
  estimators.emplace_back("ranking");
  const bool known = std::ranges::find(estimators, indicator.estimator) != estimators.end();
  if (!indicator.estimator.empty() && !known)
    reader.problem("indicator.unknown_estimator", "estimator",
                   "there is no estimator '" + indicator.estimator + "'" + suggestion(indicator.estimator, estimators));
  reader.read("denominator", indicator.denominator);
  if (known && indicator.estimator != "ranking" && !reader.has("denominator") &&
      statistic_called(indicator.estimator).arity == Arity::pair)
    reader.problem("indicator.missing_key", "denominator",
                   reader.what() + " has no `denominator`: a " + indicator.estimator + " is of two questions",
                   {{"key", "denominator"}});
  reader.read_values("by", indicator.by);
  reader.read_values("answers", indicator.answers);
  reader.read_values("nets", indicator.nets);
  indicator.where = read_where(reader).value_or(std::vector<Condition>());
  reader.read("interval", indicator.interval);
  if (const Json* level = reader.find("level")) indicator.level = level->is_number() ? level->get<double>() : 0;
  if (!(indicator.level > 0 && indicator.level < 1))
    reader.problem("indicator.level", "level",
                   "`level` of " + reader.what() + " is a share between 0 and 1, such as 0.95");
  reader.read("whiskers", indicator.whiskers);
  reader.find("label");  // which is for the report
  reader.finish();
  return indicator;
}

}  // namespace

std::optional<std::vector<Condition>> read_where(ObjectReader& reader) {
  const Json* json = reader.find("where");
  if (json == nullptr) return std::nullopt;
  std::vector<Condition> conditions;
  if (json->is_array() && json->size() == 1 && json->front().is_object() && json->front().contains("text")) {
    std::optional<RowExpression> expression;
    reader.read("where", expression);
    if (expression) conditions.push_back({"", {}, std::move(expression)});
    return conditions;
  }
  if (!json->is_object()) {
    reader.problem("where.wrong_type", "where",
                   "`where` of " + reader.what() +
                       R"( is an object such as {"region": ["north"]}, or an expression such as "age >= 65")");
    return conditions;
  }
  ObjectReader where(*json, reader, "where");
  for (const auto& [column, values] : json->items()) {
    where.read_values(column, conditions.emplace_back(Condition{column, {}}).values);
    if (values.empty())
      where.problem("where.no_value", column, "`" + column + "` of " + where.what() + " needs at least one value");
  }
  return conditions;
}

std::vector<Indicator> indicators_from_json(const Json& json) {
  std::vector<Issue> problems;
  std::vector<Indicator> indicators;
  ObjectReader reader(json, "", "indicators.json", problems, "indicator.");
  if (const Json* version = reader.require("schema_version", "1"); version != nullptr && *version != 1)
    reader.problem("indicator.schema_version", "schema_version", "this version of enkat reads schema_version 1");
  reader.require("indicators", "the list of indicators");
  std::set<std::string> names;
  reader.each("indicators", [&](const Json& item, const std::string& at) {
    indicators.push_back(read(item, at, problems));
    const std::string& name = indicators.back().name;
    if (!name.empty() && !names.insert(name).second)
      problems.push_back({"indicator.duplicate_name",
                          "there is another indicator called '" + name + "': give each its own name",
                          {{"at", at + "/name"}}});
  });
  reader.finish();
  for (std::size_t i = 0; i < indicators.size(); ++i)
    for (const std::string& name : indicators[i].nets) {
      const auto net = std::ranges::find(indicators, name, &Indicator::name);
      const std::string at = "/indicators/" + std::to_string(i) + "/nets";
      const std::string of = "`nets` of indicator '" + indicators[i].name + "': ";
      if (net == indicators.end()) {
        problems.push_back({"indicator.unknown_net",
                            of + "there is no indicator '" + name + "'" +
                                suggestion(name, std::vector<std::string>(names.begin(), names.end())),
                            {{"at", at}}});
      } else if (net->estimator != Proportion::name || net->answers.size() != 1 || net->by != indicators[i].by ||
                 !std::ranges::equal(net->where, indicators[i].where, {}, &Condition::to_json, &Condition::to_json)) {
        problems.push_back({"indicator.net",
                            of + "'" + name +
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
