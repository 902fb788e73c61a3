#include "enkat/statistic/registry.hpp"

#include <algorithm>
#include <map>

namespace enkat {
namespace {

/// Filled before main, by the files of the statistics.
std::map<std::string, StatisticEntry, std::less<>>& statistics() {
  static std::map<std::string, StatisticEntry, std::less<>> all;
  return all;
}

}  // namespace

Registered::Registered(StatisticEntry entry) { statistics().emplace(std::string(entry.name), std::move(entry)); }

const StatisticEntry& statistic_called(const std::string& name) {
  const auto found = statistics().find(name);
  if (found == statistics().end())
    throw UsageError("usage.unknown_estimator",
                     "there is no estimator '" + name + "'" + suggestion(name, statistic_names()),
                     {{"estimator", name}});
  return found->second;
}

std::vector<std::string> statistic_names() {
  std::vector<std::string> names;
  for (const auto& [name, entry] : statistics()) names.push_back(name);
  return names;
}

std::vector<std::string> indicator_names() {
  std::vector<std::string> names;
  for (const auto& [name, entry] : statistics())
    if (entry.indicator) names.push_back(name);
  return names;
}

}  // namespace enkat
