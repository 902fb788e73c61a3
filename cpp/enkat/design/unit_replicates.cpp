#include "enkat/design/unit_replicates.hpp"

#include <cmath>
#include <utility>

namespace enkat {
namespace {

constexpr double largest_mebibytes = 256;

void check_size(std::size_t units, std::size_t replicates, const std::string& method) {
  const double mebibytes = static_cast<double>(units) * static_cast<double>(replicates) * sizeof(double) / (1 << 20);
  if (mebibytes <= largest_mebibytes) return;
  throw DesignError("replicates.too_many",
                    std::to_string(replicates) + " replicates of " + std::to_string(units) + " units take " +
                        std::to_string(std::llround(mebibytes)) + " MiB, more than the " +
                        std::to_string(std::llround(largest_mebibytes)) + " MiB allowed: " +
                        (method == "bootstrap" ? "ask for fewer replicates"
                                               : "take the bootstrap, whose number of replicates you choose") +
                        ", or stay with the linearised variance of the design",
                    {{"units", units}, {"replicates", replicates}, {"mebibytes", mebibytes}});
}

Replicates unchanged(const std::string& method, std::vector<std::int32_t> unit, std::size_t units, std::size_t count) {
  check_size(units, count, method);
  Replicates replicates;
  replicates.method = method;
  replicates.rscales.assign(count, 1);
  replicates.unit = std::move(unit);
  replicates.multiplier.assign(units * count, 1);
  return replicates;
}

std::vector<std::int32_t> psu_of_rows(const Sample& sample) {
  if (sample.unit().empty()) return std::vector<std::int32_t>(sample.rows(), 0);
  if (sample.psu_of_unit().empty()) return sample.unit();
  std::vector<std::int32_t> psu(sample.unit().size());
  for (std::size_t row = 0; row < psu.size(); ++row)
    psu[row] = sample.psu_of_unit()[static_cast<std::size_t>(sample.unit()[row])];
  return psu;
}

}  // namespace

Replicates replicates_of_psus(const Sample& sample, const std::string& method, std::size_t count) {
  if (sample.rows_are_psus()) return unchanged(method, {}, sample.rows(), count);
  return unchanged(method, psu_of_rows(sample), sample.psu_stratum().size(), count);
}

Replicates replicates_of_last_units(const Sample& sample, const std::string& method, std::size_t count) {
  if (sample.rows_are_units()) return unchanged(method, {}, sample.rows(), count);
  const bool one = sample.unit().empty();
  return unchanged(method, one ? std::vector<std::int32_t>(sample.rows(), 0) : sample.unit(), sample.units(), count);
}

}  // namespace enkat
