// Runs one hot kernel, so that its instructions can be counted (instructions.py): kernels NAME.
// Without a name it says what there is, as JSON.

#include <cmath>
#include <functional>
#include <iostream>
#include <map>
#include <string>

#include "benchmarks/made_survey.hpp"
#include "enkat/design/calibrate.hpp"
#include "enkat/design/replicate.hpp"
#include "enkat/estimate/estimate.hpp"
#include "enkat/estimate/quantile.hpp"

namespace enkat::benchmarks {
namespace {

using Kernel = std::function<double(const Survey&)>;  // a figure, so that nothing can be left out

NoMonitor nobody;

EstimateRequest request_of(const std::string& estimator, const std::string& variable) {
  EstimateRequest request;
  request.estimator = estimator;
  request.variables = {variable};
  return request;
}

double estimated(const Survey& survey, const EstimateRequest& request) {
  return estimate(survey, request, nobody).rows.front().estimate.value_or(0);
}

double mean(const Survey& survey) { return estimated(survey, request_of("mean", "y")); }

double mean_by_20(const Survey& survey) {
  EstimateRequest request = request_of("mean", "y");
  request.by = {"dom20"};
  return estimated(survey, request);
}

double items_by_3(const Survey& survey) {
  EstimateRequest request = request_of("proportion", "items");
  request.by = {"dom3"};
  return estimated(survey, request);
}

double ratio(const Survey& survey) {
  EstimateRequest request = request_of("ratio", "y");
  request.others = {"x"};
  return estimated(survey, request);
}

double median(const Survey& survey) {
  QuantileRequest request;
  request.variables = {"y"};
  request.probabilities = {0.5};
  return quantiles(survey, request, nobody).rows.front().estimate.value_or(0);
}

/// Sizes of groups that differ from each other by a half.
Json sizes(std::size_t groups) {
  Json margin;
  for (std::size_t k = 0; k < groups; ++k)
    margin[std::to_string(k)] =
        1e7 * (1 + 0.5 * static_cast<double>(k) / static_cast<double>(groups - 1)) / 1.25 / static_cast<double>(groups);
  return margin;
}

double rake(const Survey& survey) {
  const Json margins{{"dom3", sizes(3)}, {"age4", sizes(4)}, {"dom20", sizes(made_domains)}};
  return enkat::rake(survey, margins, nobody).largest_weight();
}

double bootstrap_200(const Survey& survey) {
  ReplicateRequest bootstrap;
  bootstrap.method = "bootstrap";
  bootstrap.replicates = 200;
  bootstrap.seed = 1;
  return estimated(replicate(survey, bootstrap, nobody), request_of("proportion", "items"));
}

const std::map<std::string, Kernel> kernels{
    {"mean", mean}, {"mean_by_20", mean_by_20},      {"items_by_3", items_by_3}, {"ratio", ratio}, {"median", median},
    {"rake", rake}, {"bootstrap_200", bootstrap_200}};

std::string compiler() {
#ifdef __clang__
  return std::string("Clang ") + __clang_version__;
#else
  return std::string("GCC ") + __VERSION__;
#endif
}

Json contents() {
  Json names = Json::array();
  for (const auto& [name, kernel] : kernels) names.push_back(name);
  return {{"kernels", names}, {"rows", made_rows}, {"compiler", compiler()}};
}

}  // namespace
}  // namespace enkat::benchmarks

/// Where counting starts and ends: a function of its own, by a name that compilers leave as it is.
extern "C" [[gnu::noinline]] void enkat_measured(const enkat::benchmarks::Kernel& kernel, const enkat::Survey& survey,
                                                 double& figure) {
  figure = kernel(survey);
}

int main(int count, char** arguments) {
  using namespace enkat::benchmarks;
  if (count < 2) {
    std::cout << contents() << '\n';
    return 0;
  }
  const Kernel& kernel = kernels.at(arguments[1]);
  const enkat::Survey survey = made_survey();
  const double before = kernel(survey);  // what a Survey keeps is made now
  double figure = 0;
  enkat_measured(kernel, survey, figure);
  std::cout << figure << '\n';
  return std::isfinite(figure) && figure == before ? 0 : 1;
}
