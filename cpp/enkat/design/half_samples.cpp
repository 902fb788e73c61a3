#include "enkat/design/half_samples.hpp"

#include "enkat/design/drawn_units.hpp"
#include "enkat/design/hadamard.hpp"
#include "enkat/design/unit_replicates.hpp"

namespace enkat {

Replicates half_sample_replicates(const Sample& sample, const ReplicateRequest& request,
                                  std::span<const std::int32_t> row_order) {
  const std::vector<Stratum>& strata = sample.strata();
  std::vector<std::string> others;
  std::size_t pairs = 0;
  for (const Stratum& s : strata) {
    if (varies(s) && s.psus == 2) ++pairs;
    if (varies(s) && s.psus > 2) others.push_back(s.label);
  }
  if (!others.empty())
    throw DesignError("replicates.not_two_psus",
                      request.method + " takes exactly two PSUs in every stratum; " + std::to_string(others.size()) +
                          " of " + std::to_string(strata.size()) + " have more" +
                          (strata.size() == 1 ? "" : ", such as '" + others[0] + "'") + ": take " +
                          (strata.size() == 1 ? "JK1" : "JKn") + " or the bootstrap",
                      {{"strata", others}});
  const std::size_t count = hadamard_order(pairs + 1);
  Replicates replicates = replicates_of_psus(sample, request.method, count);
  const Eigen::MatrixXi balance = hadamard(count);
  const double kept = 1 - request.rho;
  const DrawnUnits units = drawn_units(sample, 0, row_order);
  Eigen::Index row = 0;
  for (std::size_t h = 0; h < strata.size(); ++h) {
    if (!varies(strata[h])) continue;
    ++row;
    const std::vector<std::int32_t>& psus = units[h];
    for (std::size_t r = 0; r < count; ++r) {
      const double sign = balance(row, static_cast<Eigen::Index>(r));
      replicates.multiplier[static_cast<std::size_t>(psus[0]) * count + r] = 1 + sign * kept;
      replicates.multiplier[static_cast<std::size_t>(psus[1]) * count + r] = 1 - sign * kept;
    }
  }
  replicates.scale = 1 / (static_cast<double>(count) * kept * kept);
  replicates.df = static_cast<double>(pairs);
  if (sample.with_fractions())
    replicates.notes.push_back({"replicates.no_fpc",
                                "half-samples know no finite population correction: variances are as of a sample "
                                "drawn with replacement; JKn and the bootstrap have one"});
  return replicates;
}

}  // namespace enkat
