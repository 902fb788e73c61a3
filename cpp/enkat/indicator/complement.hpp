#pragma once

#include <vector>

#include "enkat/indicator/disclosure.hpp"

namespace enkat {

/// A count from 1 to `sensitive_low`, or as near its base.
bool small_count(std::int64_t count, std::int64_t base, const DisclosurePolicy& policy);

/// Row numbers from the smallest base to the largest.
std::vector<std::size_t> smallest_first(const std::vector<CountRow>& rows);

/// Withholds the next smallest figures as long as margins give a withheld one away; says whether it withheld any.
///
/// `answers` are the columns that share out each row (or one that is a yes or no of its own), `total` the published row
/// of all, null when there is none that the groups share out. `marks` and `total_marks` are what is withheld so far.
bool withhold_complements(const std::vector<CountRow>& rows, const CountRow* total,
                          const std::vector<std::size_t>& answers, bool sensitive, const DisclosurePolicy& policy,
                          std::vector<WithheldRow>& marks, WithheldRow* total_marks);

}  // namespace enkat
