#include "enkat/design/bootstrap.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "enkat/basics/fnv.hpp"
#include "enkat/basics/random.hpp"
#include "enkat/design/drawn_units.hpp"
#include "enkat/design/unit_replicates.hpp"
#include "enkat/design/weight_rank.hpp"

namespace enkat {
namespace {

/// Names a stratum by its label and the unit it was drawn within, so that draws do not depend on other strata.
std::uint64_t key_of(std::uint64_t parent, std::string_view label) {
  Fnv fnv(parent);
  fnv.add(label);
  fnv.add(std::uint64_t{0});
  return fnv.hash();
}

/// How often each of n units is drawn.
using Times = std::vector<double>;

Times with_replacement(std::size_t n, std::size_t draws, RandomDraws& random) {
  Times times(n, 0);
  for (std::size_t i = 0; i < draws; ++i) ++times[random.below(n)];
  return times;
}

/// The first `draws` places of a shuffled list 0 … size − 1, of which only what was moved is kept (Fisher & Yates).
std::vector<std::uint64_t> shuffled(std::uint64_t size, std::uint64_t draws, RandomDraws& random) {
  std::unordered_map<std::uint64_t, std::uint64_t> moved;
  const auto at = [&](std::uint64_t i) {
    const auto found = moved.find(i);
    return found == moved.end() ? i : found->second;
  };
  std::vector<std::uint64_t> list;
  for (std::uint64_t i = 0; i < draws; ++i) {
    const std::uint64_t j = i + random.below(size - i);
    list.push_back(at(j));
    moved[j] = at(i);
  }
  return list;
}

/// n draws without replacement from the n units repeated until they are the population; which ones are there once more
/// than others is drawn too.
Times from_pseudo_population(std::size_t n, double fraction, RandomDraws& random) {
  const auto size = static_cast<std::uint64_t>(std::llround(static_cast<double>(n) / fraction));
  const std::vector<std::uint64_t> order = shuffled(n, n, random);
  Times times(n, 0);
  for (const std::uint64_t i : shuffled(size, n, random)) ++times[order[i % n]];
  return times;
}

/// How often each PSU of a stratum is drawn in one replicate.
Times of_stratum(const Stratum& stratum, const std::string& bootstrap, RandomDraws& random) {
  const auto n = static_cast<std::size_t>(stratum.psus);
  if (bootstrap == "rao-wu") return with_replacement(n, n - 1, random);
  return stratum.fraction > 0 ? from_pseudo_population(n, stratum.fraction, random) : with_replacement(n, n, random);
}

/// The multiplier of a PSU that is drawn so many times: offset + scale · times.
struct MultiplierOfTimes {
  double offset = 0, scale = 1;
};

MultiplierOfTimes multiplier_of_times(const Stratum& stratum, const std::string& bootstrap) {
  if (bootstrap != "rao-wu") return {};
  const double lambda = std::sqrt(1 - stratum.fraction), n = static_cast<double>(stratum.psus);
  return {1 - lambda, lambda * n / (n - 1)};
}

std::size_t rank_of_multipliers(const Replicates& replicates) {
  const std::size_t count = replicates.count();
  return weight_rank(replicates.units(), count, [&](std::size_t unit, std::span<double> out) {
    std::copy_n(replicates.multiplier.data() + unit * count, count, out.data());
  });
}

/// Fills in the multipliers of the first stage, and returns their rank.
///
/// In every replicate the times that PSUs of a stratum are drawn have the same sum, and so have their multipliers: the
/// row of ones is among the combinations of these rows. With it, each row of times is a combination of rows of
/// multipliers and the other way round; so the rank is that of the ones and the times, at most 1 + Σ (n_h − 1), as each
/// stratum's first row follows from its others.
std::size_t one_stage(const Sample& sample, const ReplicateRequest& request, std::span<const std::int32_t> row_order,
                      Replicates& replicates) {
  const DrawnUnits units = drawn_units(sample, 0, row_order);
  const std::size_t count = request.replicates;
  ParityRank parities(count);
  Parities ones(count);
  for (std::size_t r = 0; r < count; ++r) ones.set(r, 1);
  parities.add(std::move(ones));
  std::size_t most = 1;
  for (std::size_t h = 0; h < units.size(); ++h) {
    const Stratum& stratum = sample.strata()[h];
    if (!varies(stratum)) continue;
    const MultiplierOfTimes multiplier = multiplier_of_times(stratum, request.bootstrap);
    std::vector<Parities> odd(units[h].size(), Parities(count));
    for (std::size_t r = 0; r < count; ++r) {
      RandomDraws random(request.seed, static_cast<std::uint32_t>(r), key_of(0, stratum.label));
      const Times times = of_stratum(stratum, request.bootstrap, random);
      for (std::size_t i = 0; i < times.size(); ++i) {
        replicates.multiplier[static_cast<std::size_t>(units[h][i]) * count + r] =
            multiplier.offset + multiplier.scale * times[i];
        odd[i].set(r, static_cast<std::uint64_t>(times[i]));
      }
    }
    most += units[h].size() - 1;
    for (std::size_t i = 1; i < odd.size(); ++i) parities.add(std::move(odd[i]));
  }
  return parities.rank() == std::min(most, count) ? parities.rank() : rank_of_multipliers(replicates);
}

/// What a unit passes on to the stages below it, in one replicate.
struct Kept {
  double multiplier = 1;
  double carried = 1;   ///< Π √(n / n*) over the stages above, 0 when not drawn
  double fraction = 1;  ///< product of the sampling fractions above
  std::uint64_t key = 0;
};

/// Preston's replicate of the units of a stage, given those of the stage above.
std::vector<Kept> preston_stage(const Stage& stage, const DrawnUnits& units, const std::vector<Kept>& above,
                                const ReplicateRequest& request, std::size_t r) {
  std::size_t count = 0;
  for (const auto& list : units) count += list.size();
  std::vector<Kept> kept(count);
  for (std::size_t h = 0; h < units.size(); ++h) {
    const Stratum& stratum = stage.strata[h];
    const Kept& parent = above[stratum.parent < 0 ? 0 : static_cast<std::size_t>(stratum.parent)];
    const std::uint64_t key = key_of(parent.key, stratum.label);
    const std::size_t n = units[h].size(), drawn = varies(stratum) ? n / 2 : n;
    const double half = static_cast<double>(drawn), all = static_cast<double>(n);
    const double lambda =
        drawn < n ? std::sqrt(half * parent.fraction * (1 - stratum.fraction) / (all - half)) * parent.carried : 0;
    const Kept out{parent.multiplier - lambda, 0, parent.fraction * stratum.fraction, 0};
    for (std::size_t i = 0; i < n; ++i) {
      kept[static_cast<std::size_t>(units[h][i])] = out;
      kept[static_cast<std::size_t>(units[h][i])].key = key_of(key, std::to_string(i));
    }
    if (parent.carried == 0) continue;
    RandomDraws random(request.seed, static_cast<std::uint32_t>(r), key);
    for (const std::uint64_t i : shuffled(n, drawn, random)) {
      Kept& in = kept[static_cast<std::size_t>(units[h][i])];
      in.multiplier += lambda * all / half;
      in.carried = parent.carried * std::sqrt(all / half);
    }
  }
  return kept;
}

std::size_t all_stages(const Sample& sample, const ReplicateRequest& request, std::span<const std::int32_t> row_order,
                       Replicates& replicates) {
  std::vector<DrawnUnits> units;
  for (std::size_t s = 0; s < sample.stages().size(); ++s) units.push_back(drawn_units(sample, s, row_order));
  for (std::size_t r = 0; r < request.replicates; ++r) {
    std::vector<Kept> kept(1);
    for (std::size_t s = 0; s < units.size(); ++s) kept = preston_stage(sample.stages()[s], units[s], kept, request, r);
    for (std::size_t i = 0; i < kept.size(); ++i)
      replicates.multiplier[i * request.replicates + r] = kept[i].multiplier;
  }
  return rank_of_multipliers(replicates);
}

/// n of n draws have a variance short by (n − 1) / n; made good by the harmonic mean of n over strata, as R has it.
double canty_davison_scale(const Sample& sample) {
  double strata = 0, sum = 0;
  for (const Stratum& stratum : sample.strata())
    if (varies(stratum)) {
      ++strata;
      sum += 1 / static_cast<double>(stratum.psus);
    }
  const double harmonic = strata / sum;
  return harmonic / (harmonic - 1);
}

}  // namespace

Replicates bootstrap_replicates(const Sample& sample, const ReplicateRequest& request,
                                std::span<const std::int32_t> row_order) {
  const bool preston = request.bootstrap == "preston";
  const std::size_t count = request.replicates;
  Replicates replicates = preston ? replicates_of_last_units(sample, request.method, count)
                                  : replicates_of_psus(sample, request.method, count);
  const std::size_t rank = (preston ? all_stages : one_stage)(sample, request, row_order, replicates);
  replicates.df = static_cast<double>(rank) - 1;
  replicates.scale =
      (request.bootstrap == "canty-davison" ? canty_davison_scale(sample) : 1) / (static_cast<double>(count) - 1);
  return replicates;
}

}  // namespace enkat
