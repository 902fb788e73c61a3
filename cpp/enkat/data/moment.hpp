#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "enkat/data/column.hpp"

namespace enkat {

/// A date ("2023-03-31") or a point in time ("2023-03-31T12:00:05", with decimals when it has any, UTC) as ISO 8601.
std::string moment_text(const Column::Form& form, std::int64_t value);

/// The cells of a column of dates or points in time from `first` on as seconds since 1970-01-01, UTC; NaN where
/// missing.
void seconds_of(const Column& column, std::size_t first, std::span<double> out);

}  // namespace enkat
