#include "enkat/design/jackknife.hpp"

#include <algorithm>

#include "enkat/design/drawn_units.hpp"
#include "enkat/design/unit_replicates.hpp"

namespace enkat {
namespace {

/// Each replicate leaves out one PSU and gives its weight to the others of its stratum. Wolter (2007), §4.5.
///
/// Where one PSU was drawn of more, "adjust" leaves out its stratum among strata; "average" scales the others up.
Replicates stratified(const Sample& sample, const ReplicateRequest& request, std::span<const std::int32_t> row_order) {
  const std::vector<Stratum>& strata = sample.strata();
  const auto adjusted = [&](const Stratum& s) { return single(s) && sample.single_psu() == SinglePsu::adjust; };
  std::size_t count = 0;
  std::int64_t psus = 0;
  for (const Stratum& s : strata) {
    count += varies(s) ? static_cast<std::size_t>(s.psus) : adjusted(s);
    psus += s.psus;
  }
  Replicates replicates = replicates_of_psus(sample, request.method, count);
  if (sample.single_psu() == SinglePsu::average && !sample.single_psu_strata().empty())
    replicates.scale = static_cast<double>(psus) / static_cast<double>(count);

  const DrawnUnits units = drawn_units(sample, 0, row_order);
  const auto multiplier = [&](std::int32_t psu, std::size_t r) -> double& {
    return replicates.multiplier[static_cast<std::size_t>(psu) * count + r];
  };
  double df = 0, singles = 0;
  std::size_t r = 0;
  for (std::size_t h = 0; h < strata.size(); ++h) {
    if (adjusted(strata[h])) {
      const double others = static_cast<double>(strata.size()) - 1;
      for (std::size_t k = 0; k < strata.size(); ++k)
        for (const std::int32_t psu : units[k]) multiplier(psu, r) = k == h ? 0 : (others + 1) / others;
      replicates.rscales[r++] = others / (others + 1);
      ++singles;
    }
    if (!varies(strata[h])) continue;
    const double n = static_cast<double>(strata[h].psus);
    for (const std::int32_t left_out : units[h]) {
      for (const std::int32_t psu : units[h]) multiplier(psu, r) = psu == left_out ? 0 : n / (n - 1);
      replicates.rscales[r++] = (n - 1) / n * (1 - strata[h].fraction);
    }
    df += n - 1;
  }
  // Columns of a stratum average to 1 and span n − 1 dimensions beside it; those of strata left out, one each.
  replicates.df = df > 0 ? df + singles : singles - 1;
  return replicates;
}

}  // namespace

Replicates jackknife_replicates(const Sample& sample, const ReplicateRequest& request,
                                std::span<const std::int32_t> row_order) {
  if (request.method == "JKn") return stratified(sample, request, row_order);
  if (sample.strata().size() > 1)
    throw DesignError("replicates.jk1_stratified",
                      "JK1 is for samples without strata: take JKn, which leaves out units within strata",
                      {{"strata", sample.strata().size()}});
  Replicates replicates = stratified(sample, request, row_order);
  replicates.scale = replicates.rscales[0];
  std::ranges::fill(replicates.rscales, 1);
  return replicates;
}

}  // namespace enkat
