#pragma once

#include <optional>
#include <string_view>

namespace enkat {

/// A date or a point in time that a text names.
struct Instant {
  double seconds = 0;  ///< since 1970-01-01, UTC
  bool whole_day = false;

  /// The day, counted from 1970-01-01.
  double day() const;
};

/// Reads "2024-01-31", or "2024-01-31T12:00" with or without seconds and their decimals (a blank may stand for the T);
/// nothing for anything else, days that no calendar has included.
std::optional<Instant> instant_in(std::string_view text);

}  // namespace enkat
