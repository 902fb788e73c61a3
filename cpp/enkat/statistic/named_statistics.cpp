#include "enkat/statistic/named_statistics.hpp"

#include "enkat/statistic/line_slopes.hpp"
#include "enkat/statistic/registry.hpp"

namespace enkat {
namespace {

std::string joined(const std::vector<std::string>& names, std::string_view by) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : std::string(by)) + name;
  return text;
}

/// The variables of each statistic of a request.
std::vector<std::vector<std::string>> variables_of(const EstimateRequest& request, const StatisticEntry& entry) {
  if (request.variables.empty())
    throw UsageError("usage.no_variable", "give at least one question or column to estimate");
  if (entry.arity == Arity::all) return {request.variables};
  std::vector<std::vector<std::string>> variables;
  for (std::size_t i = 0; i < request.variables.size(); ++i) {
    variables.push_back({request.variables[i]});
    if (entry.arity != Arity::pair) continue;
    if (i >= request.others.size())
      throw UsageError("usage.pair",
                       "'" + request.estimator + "' needs a second variable for '" + request.variables[i] + "'",
                       {{"variable", request.variables[i]}});
    variables.back().push_back(request.others[i]);
  }
  return variables;
}

}  // namespace

Reads reads_of(const EstimateRequest& request) {
  std::vector<std::string> names = request.variables;
  names.insert(names.end(), request.others.begin(), request.others.end());
  const bool of_answers = statistic_called(request.estimator).reads == ReadAs::answers;
  return of_answers ? Reads{{}, names, request.by} : Reads{names, {}, request.by};
}

std::vector<NamedStatistic> named_statistics(const Survey& survey, const StatisticsWanted& wanted,
                                             const std::vector<std::string>& by, std::size_t overlaps) {
  std::vector<NamedStatistic> statistics;
  for (std::size_t overlap = 0; overlap < overlaps; ++overlap) {
    for (EstimateRequest request : wanted.requests) {
      request.by = by;
      if (!wanted.points.empty()) request.points_of_cell = wanted.points[overlap];
      const StatisticEntry& entry = statistic_called(request.estimator);
      for (const std::vector<std::string>& of : variables_of(request, entry))
        statistics.push_back({joined(of, entry.joint), entry.make(survey, request, of)});
    }
  }
  if (wanted.slopes.empty()) return statistics;
  const auto groups = std::make_shared<const Groups>(survey, by);
  for (std::size_t i = 0; i < statistics.size(); ++i)
    if (AnyStatistic& one = statistics[i].statistic; !wanted.slopes[i].empty())
      one = one->of_two_numbers()->about(std::make_shared<const LineSlopes>(groups, wanted.slopes[i]));
  return statistics;
}

}  // namespace enkat
