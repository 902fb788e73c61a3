#include <algorithm>
#include <limits>

#include "enkat/design/bootstrap.hpp"
#include "enkat/design/drawn_units.hpp"
#include "enkat/design/half_samples.hpp"
#include "enkat/design/jackknife.hpp"
#include "enkat/design/replicates.hpp"
#include "enkat/design/sample.hpp"

namespace enkat {
namespace {

const std::vector<std::string> methods{"JK1", "JKn", "BRR", "Fay", "bootstrap"};
const std::vector<std::string> bootstraps{"rao-wu", "canty-davison", "preston"};

void check_request(const ReplicateRequest& request) {
  if (std::ranges::find(methods, request.method) == methods.end())
    throw UsageError("replicates.unknown_method",
                     "replicates are made by 'JK1', 'JKn', 'BRR', 'Fay' or 'bootstrap', not '" + request.method + "'" +
                         suggestion(request.method, methods),
                     {{"method", request.method}});
  if (request.method == "Fay" && !(request.rho >= 0 && request.rho < 1))
    throw UsageError("replicates.rho", "Fay's rho is from 0 up to but not including 1", {{"rho", request.rho}});
  if (request.method != "Fay" && request.rho != 0)
    throw UsageError("replicates.rho", "rho belongs to method 'Fay'", {{"method", request.method}});
  if (request.method != "bootstrap") return;
  if (std::ranges::find(bootstraps, request.bootstrap) == bootstraps.end())
    throw UsageError("replicates.unknown_bootstrap",
                     "a bootstrap is 'rao-wu', 'canty-davison' or 'preston', not '" + request.bootstrap + "'" +
                         suggestion(request.bootstrap, bootstraps),
                     {{"bootstrap", request.bootstrap}});
  if (request.replicates < 2 || request.replicates > std::numeric_limits<std::uint32_t>::max())
    throw UsageError("replicates.count", "a bootstrap needs at least 2 replicates; a few hundred are usual",
                     {{"replicates", request.replicates}});
}

/// Refuses single units where the rule is to fail, and rules that replicates of this method do not know.
void check_single_psus(const Sample& sample, std::size_t stages, const std::string& method) {
  const SinglePsu rule = sample.single_psu();
  const bool known = rule == SinglePsu::remove || rule == SinglePsu::certainty ||
                     (method == "JKn" && (rule == SinglePsu::adjust || rule == SinglePsu::average));
  if (known) return;
  std::vector<std::string> labels;
  for (std::size_t s = 0; s < stages; ++s)
    for (const Stratum& stratum : sample.stages()[s].strata)
      if (single(stratum)) labels.push_back(stratum.label);
  if (labels.empty()) return;
  const std::string label = labels[0];
  const std::string where = (labels.size() == 1 ? "one stratum" : std::to_string(labels.size()) + " strata") +
                            (label.empty()        ? ""
                             : labels.size() == 1 ? " ('" + label + "')"
                                                  : " ('" + label + "' among them)");
  if (rule == SinglePsu::fail)
    throw DesignError("design.single_psu",
                      "one unit was drawn from more than one in " + where +
                          ", so the variance cannot be estimated; merge strata, or choose a rule such as "
                          "single_psu='remove'",
                      {{"strata", labels}, {"n_psu", 1}});
  throw DesignError("replicates.single_psu",
                    "one unit was drawn from more than one in " + where + ", and " + method +
                        " does not know single_psu='" + std::string(name_of(rule)) +
                        "': take 'remove' or 'certainty', JKn, or merge strata",
                    {{"strata", labels}, {"method", method}});
}

void check_sample(const Sample& sample, const ReplicateRequest& request, std::size_t stages) {
  if (sample.two_phases())
    throw DesignError("replicates.unsupported_design",
                      "replicates of a two-phase sample are not made here: its linearised variance is available");
  if (sample.unequal() != UnequalDrawing::no)
    throw DesignError("replicates.unsupported_design",
                      "replicates of a sample drawn with unequal probabilities without replacement are not made here: "
                      "leave out pps for the with-replacement approximation, or stay with the linearised variance");
  check_single_psus(sample, stages, request.method);
  if (request.method == "JKn" && sample.single_psu() == SinglePsu::adjust && sample.strata().size() > 1 &&
      !sample.single_psu_strata().empty())
    return;
  for (std::size_t s = 0; s < stages; ++s)
    if (std::ranges::any_of(sample.stages()[s].strata, varies)) return;
  throw DesignError("replicates.nothing_varies",
                    "no stratum has two or more units drawn from more than were taken: there is nothing to repeat");
}

}  // namespace

Replicates make_replicates(const Sample& sample, const ReplicateRequest& request,
                           std::span<const std::int32_t> row_order) {
  check_request(request);
  const bool all_stages = request.method == "bootstrap" && request.bootstrap == "preston";
  check_sample(sample, request, all_stages ? sample.stages().size() : 1);
  const auto make = request.method == "bootstrap"                        ? bootstrap_replicates
                    : request.method == "JK1" || request.method == "JKn" ? jackknife_replicates
                                                                         : half_sample_replicates;
  Replicates replicates = make(sample, request, row_order);
  replicates.mse = request.mse;
  for (const double m : replicates.multiplier) replicates.largest = std::max(replicates.largest, std::abs(m));
  if (sample.stages().size() > 1 && !all_stages && request.method != "BRR" && request.method != "Fay")
    replicates.notes.push_back({"replicates.later_stages",
                                "only the first stage is repeated, with its sampling fraction: what later stages add "
                                "to the variance is left out; bootstrap='preston' repeats all stages"});
  return replicates;
}

}  // namespace enkat
