#include "enkat/report/robustness.hpp"

namespace enkat {
namespace {

double odds(double share) { return share / (1 - share); }

}  // namespace

std::optional<double> r_star(double share, double threshold) {
  if (!(threshold > 0 && threshold < 1 && share < 1)) return {};
  return odds(share) / odds(threshold);
}

std::optional<double> r_star_high(double share, double threshold) {
  if (!(threshold > 0 && threshold < 1 && share > 0)) return {};
  return odds(threshold) / odds(share);
}

Interval manski_bounds(double share, double response) { return {response * share, response * share + 1 - response}; }

double tipping_share(double share, double threshold, double response) {
  return (threshold - response * share) / (1 - response);
}

}  // namespace enkat
