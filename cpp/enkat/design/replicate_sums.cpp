#include "enkat/design/replicate_sums.hpp"

#include <algorithm>
#include <array>

#include "enkat/basics/plain_sums.hpp"
#include "enkat/design/pass.hpp"

namespace enkat {
namespace {

using Eigen::Index;

/// Numbers that are held at a time: 32 MiB.
constexpr std::size_t most_numbers = 1 << 22;

/// Lets `see(row, distinct row, weight before)` see some rows, in order.
template <class See>
void for_rows(const Survey& survey, const DistinctRows& distinct, Rows rows, const See& see) {
  std::array<double, block_rows> weight;
  std::array<std::int32_t, block_rows> place;
  survey.weights_before(rows, std::span(weight).first(rows.size()));
  distinct.of_rows(rows, std::span(place).first(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) see(rows.first + i, static_cast<Index>(place[i]), weight[i]);
}

/// Σ of the weights before calibration of distinct rows (rows) by the units that replicates repeat (columns).
struct ReplicateSumsPass {
  using State = PlainSums;
  static constexpr std::string_view name = "weights by unit";
  std::size_t units = 0, size = 0;

  State empty(const Survey&) const { return {std::vector<double>(size, 0.0)}; }
  void observe(const Survey& part, State& sums, Monitor& monitor) const {
    const Replicates& replicates = *part.replicates();
    const auto see = [&](Rows rows, State& seen) {
      for_rows(part, *part.calibration()->rows, rows, [&](std::size_t row, Index place, double weight) {
        seen.sum[static_cast<std::size_t>(place) * units + replicates.unit_of(row)] += weight;
      });
    };
    constexpr std::size_t one_thread = 1;
    reduce_into(sums, part.rows(), [&] { return empty(part); }, see, monitor, one_thread);
  }
  void write(ByteWriter& out) const {
    out.put(units);
    out.put(size);
  }
  static ReplicateSumsPass read(ByteReader& in, const Survey&) {
    const auto units = in.get<std::size_t>();
    return {units, in.get<std::size_t>()};
  }
};
const KnownPass<ReplicateSumsPass> replicate_sums_pass;

}  // namespace

ReplicateSums::ReplicateSums(const Survey& survey, Monitor& monitor)
    : survey_(survey), rows_(*survey_.calibration()->rows), replicates_(*survey_.replicates()) {
  const std::size_t units = replicates_.by_units() ? replicates_.units() : 0;
  const bool few = units > 0 && rows_.size() * units <= most_numbers;
  if (survey_.in_parts() && units == 0)
    throw EstimateError("estimate.in_memory_only",
                        "supplied replicate weights are calibrated with all rows in memory: read the data with "
                        "enkat.read, or calibrate without replicates");
  if (survey_.in_parts() && !(few && rows_.collapsed()))
    throw EstimateError(
        "estimate.in_memory_only",
        "to calibrate these replicates all rows have to be in memory: only cells, and numbers calibrated "
        "linearly, are added up by sampling unit, as long as that takes no more than 64 MiB; read the "
        "data with enkat.read, or stay with the linearised variance");
  if (!few) return;
  const PlainSums sums = run_pass(survey_, ReplicateSumsPass{units, rows_.size() * units}, monitor);
  unit_sums_ =
      Eigen::Map<const ByReplicate>(sums.sum.data(), static_cast<Index>(rows_.size()), static_cast<Index>(units));
  // A product of dense matrices does several times as many additions in the time of one place after the other.
  if (4 * (unit_sums_.array() != 0).count() < unit_sums_.size()) filled_ = unit_sums_.sparseView();
}

std::size_t ReplicateSums::at_a_time() const { return std::clamp<std::size_t>(most_numbers / rows_.size(), 1, 64); }

ByReplicate ReplicateSums::of(std::size_t first, std::size_t count) const {
  const auto from = static_cast<Index>(first), width = static_cast<Index>(count);
  if (filled_.size() > 0) return filled_ * replicates_.multipliers().middleCols(from, width);
  if (unit_sums_.size() > 0) return unit_sums_ * replicates_.multipliers().middleCols(from, width);
  ByReplicate sums = ByReplicate::Zero(static_cast<Index>(rows_.size()), width);
  const bool supplied = replicates_.combined;
  const auto add = [&](std::size_t row, Index place, double before) {
    const double* of_row = (supplied ? replicates_.weight.data() + row * replicates_.count()
                                     : replicates_.multiplier.data() + replicates_.unit_of(row) * replicates_.count()) +
                           first;
    double* sum = sums.data() + place * width;
    for (std::size_t r = 0; r < count; ++r) sum[r] += supplied ? of_row[r] : before * of_row[r];
  };
  for (std::size_t row = 0; row < survey_.rows(); row += block_rows)
    for_rows(survey_, rows_, {row, std::min(survey_.rows(), row + block_rows)}, add);
  return sums;
}

}  // namespace enkat
