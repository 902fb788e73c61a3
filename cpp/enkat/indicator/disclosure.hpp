#pragma once

#include <cstdint>

#include "enkat/basics/names.hpp"

namespace enkat {

/// Why a figure is not published.
enum class Withheld {
  no,
  base,       ///< too few answered
  sensitive,  ///< on a sensitive question, too few answered so, or too few did not
};

template <>
struct Names<Withheld> {
  static constexpr std::string_view list[] = {"", "disclosure.small_base", "disclosure.sensitive_count"};
};

/// What may be published.
struct DisclosurePolicy {
  std::int64_t min_base = 10;      ///< smaller bases are withheld
  std::int64_t sensitive_low = 4;  ///< sensitive: counts from 1 to this, and as near the base, are withheld
  std::int64_t small_study =
      50;  ///< with fewer respondents, the counts of every question are as those of a sensitive one
};

/// A count from 1 to `sensitive_low`, or as near its base.
bool small_count(std::int64_t count, std::int64_t base, const DisclosurePolicy& policy = {});

/// Why a count of a base must not be printed, for its own sake. What it tells beside other figures is audited over all
/// that a study publishes (`enkat/disclosure` of the Python package, which has the integer programs for it).
Withheld withheld(std::int64_t count, std::int64_t base, bool sensitive, const DisclosurePolicy& policy = {});

}  // namespace enkat
