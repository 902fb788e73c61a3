#include "enkat/design/replicate.hpp"

#include <algorithm>
#include <numeric>

#include "enkat/design/calibrate.hpp"

namespace enkat {
namespace {

/// Rows by the value of the column that identifies them.
std::vector<std::int32_t> rows_by_id(const Survey& survey) {
  const auto id = survey.labels(*survey.design().id);
  std::vector<std::int32_t> rows(survey.rows());
  std::iota(rows.begin(), rows.end(), 0);
  std::ranges::sort(rows, {}, [&](std::int32_t row) { return id->code[static_cast<std::size_t>(row)]; });
  return rows;
}

}  // namespace

Survey replicate(const Survey& survey, const ReplicateRequest& request, Monitor& monitor) {
  if (survey.replicates())
    throw DesignError("replicates.exist", "the survey has replicate weights already: start from the survey without");
  if (survey.calibration() && survey.calibration()->trimmed)
    throw DesignError("replicates.trimmed",
                      "weights that were trimmed after calibration cannot be repeated for every replicate: trim first, "
                      "then calibrate, then make replicates");
  const bool of_rows =
      request.bootstrap == "preston" ? survey.sample().rows_are_units() : survey.sample().rows_are_psus();
  if (survey.in_parts() && (of_rows || survey.sample().unit().empty()))
    throw DesignError("estimate.in_memory_only",
                      "where the rows themselves are the units drawn, replicates need all of them in memory: read the "
                      "data with enkat.read, or stay with the linearised variance of the design");
  monitor.poll(0);
  const bool by_id = survey.design().id && survey.sample().stages().back().rows_are_units();
  const std::vector<std::int32_t> order = by_id ? rows_by_id(survey) : std::vector<std::int32_t>{};
  auto replicates = std::make_shared<const Replicates>(make_replicates(survey.sample(), request, order));
  if (survey.calibration()) replicates = calibrated_replicates(survey.reading({}, monitor), replicates, monitor);
  monitor.poll(1);
  return survey.with_replicates(std::move(replicates));
}

}  // namespace enkat
