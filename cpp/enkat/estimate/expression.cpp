#include "enkat/estimate/expression.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

namespace enkat {
namespace {

/// A smooth function of one number, where it has a value and a derivative, and what to say elsewhere.
struct Function {
  std::function<double(double)> value, slope;
  std::function<bool(double)> defined;
  const char* domain;
};

bool positive(double x) { return x > 0; }
bool anywhere(double) { return true; }
double expit(double x) { return x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x)); }

const std::map<std::string, Function>& functions() {
  static const std::map<std::string, Function> known{
      {"log", {[](double x) { return std::log(x); }, [](double x) { return 1 / x; }, positive, "a number above 0"}},
      {"exp", {[](double x) { return std::exp(x); }, [](double x) { return std::exp(x); }, anywhere, ""}},
      {"sqrt",
       {[](double x) { return std::sqrt(x); }, [](double x) { return 0.5 / std::sqrt(x); }, positive,
        "a number above 0"}},
      {"log1p",
       {[](double x) { return std::log1p(x); }, [](double x) { return 1 / (1 + x); }, [](double x) { return x > -1; },
        "a number above -1"}},
      {"expm1", {[](double x) { return std::expm1(x); }, [](double x) { return std::exp(x); }, anywhere, ""}},
      {"logit",
       {[](double x) { return std::log(x) - std::log1p(-x); }, [](double x) { return 1 / (x * (1 - x)); },
        [](double x) { return x > 0 && x < 1; }, "a number between 0 and 1"}},
      {"expit", {expit, [](double x) { return expit(x) * expit(-x); }, anywhere, ""}},
  };
  return known;
}

/// Least and largest number of arguments of an operator; sums and products take any number.
struct Arity {
  std::size_t least, most;
};

const std::map<std::string, Arity>& operators() {
  static const std::map<std::string, Arity> known{
      {"+", {1, SIZE_MAX}}, {"-", {1, 2}}, {"*", {1, SIZE_MAX}}, {"/", {2, 2}}, {"**", {2, 2}}};
  return known;
}

Derivative times(const Derivative& a, const Derivative& b) {
  return {a.value * b.value, b.value * a.gradient + a.value * b.gradient};
}

}  // namespace

Expression::Expression(std::string name, Json tree) : name_(std::move(name)), tree_(std::move(tree)) {
  check(tree_);
  std::ranges::sort(rows_);
  const auto repeated = std::ranges::unique(rows_);
  rows_.erase(repeated.begin(), repeated.end());
  if (rows_.empty()) refuse("uses no estimate");
}

void Expression::refuse(const std::string& problem) const {
  throw EstimateError("estimate.expression", "'" + name_ + "' " + problem, {{"expression", name_}});
}

void Expression::check(const Json& node) {
  if (node.is_number()) return;
  if (node.is_object() && node.contains("row") && node["row"].is_number_integer() && node["row"] >= 0) {
    rows_.push_back(node["row"].get<std::size_t>());
    return;
  }
  const auto is_named = [&](const char* kind) { return node.contains(kind) && node[kind].is_string(); };
  const bool is_operator = node.is_object() && is_named("op"), is_call = node.is_object() && is_named("call");
  if ((!is_operator && !is_call) || !node.contains("args") || !node["args"].is_array())
    refuse("is not a tree of numbers, rows, operators and calls");

  Arity arity{1, 1};
  if (is_call) {
    const std::string called = node["call"];
    std::vector<std::string> names;
    for (const auto& [known, function] : functions()) names.push_back(known);
    if (!functions().contains(called)) refuse("uses the unknown function " + called + suggestion(called, names));
  } else {
    const std::string symbol = node["op"];
    if (!operators().contains(symbol)) refuse("uses the unknown operator " + symbol + "; there are + - * / and **");
    arity = operators().at(symbol);
  }
  const Json& args = node["args"];
  if (args.size() < arity.least || args.size() > arity.most)
    refuse("gives " + std::to_string(args.size()) + " arguments to " +
           node[is_call ? "call" : "op"].get<std::string>());
  for (const Json& argument : args) check(argument);
}

Derivative Expression::at(const Eigen::VectorXd& values) const { return evaluate(tree_, values); }

Derivative Expression::evaluate(const Json& node, const Eigen::VectorXd& values) const {
  if (node.is_number()) return {node.get<double>(), Eigen::VectorXd::Zero(values.size())};
  if (node.contains("row")) {
    const auto place = std::ranges::lower_bound(rows_, node["row"].get<std::size_t>()) - rows_.begin();
    return {values[place], Eigen::VectorXd::Unit(values.size(), place)};
  }
  std::vector<Derivative> args;
  for (const Json& argument : node["args"]) args.push_back(evaluate(argument, values));

  Derivative result = args.front();
  if (node.contains("call")) {
    const std::string called = node["call"];
    const Function& function = functions().at(called);
    const double x = args[0].value;
    if (!function.defined(x))
      refuse("takes the " + called + " of an estimate that is not " + function.domain + ": it has no value there");
    result = {function.value(x), function.slope(x) * args[0].gradient};
  } else if (const std::string symbol = node["op"]; symbol == "+") {
    for (std::size_t i = 1; i < args.size(); ++i)
      result = {result.value + args[i].value, result.gradient + args[i].gradient};
  } else if (symbol == "-") {
    result = args.size() == 1 ? Derivative{-args[0].value, -args[0].gradient}
                              : Derivative{args[0].value - args[1].value, args[0].gradient - args[1].gradient};
  } else if (symbol == "*") {
    for (std::size_t i = 1; i < args.size(); ++i) result = times(result, args[i]);
  } else if (symbol == "/") {
    if (args[1].value == 0) refuse("divides by 0");
    const double ratio = args[0].value / args[1].value;
    result = {ratio, (args[0].gradient - ratio * args[1].gradient) / args[1].value};
  } else {
    result = power(args[0], args[1]);
  }
  if (!std::isfinite(result.value) || !result.gradient.allFinite()) refuse("is too large to be a number");
  return result;
}

Derivative Expression::power(const Derivative& base, const Derivative& exponent) const {
  const double x = base.value, k = exponent.value;
  const bool fixed = exponent.gradient.isZero(0), whole = std::trunc(k) == k;
  if (!fixed && !(x > 0)) refuse("raises an estimate that is not above 0 to an estimate: it has no derivative there");
  if (fixed && x < 0 && !whole) refuse("raises an estimate below 0 to a broken power: it has no value there");
  if (fixed && x == 0 && k < 1 && k != 0) refuse("raises 0 to a power below 1: it has no derivative there");
  const double value = std::pow(x, k);
  Derivative result{value, (k == 0 ? 0 : k * std::pow(x, k - 1)) * base.gradient};
  if (!fixed) result.gradient += value * std::log(x) * exponent.gradient;
  return result;
}

}  // namespace enkat
