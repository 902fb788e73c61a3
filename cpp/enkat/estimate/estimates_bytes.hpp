#pragma once

#include <string>
#include <string_view>

#include "enkat/estimate/estimates.hpp"

namespace enkat {

/// Estimates as bytes, to be kept or sent: the rows, what is known of all of them, and the covariance of all values,
/// which is computed for it. Of the notes about all rows, the sentences.
std::string bytes_of(const Estimates& estimates, Monitor& monitor);

/// Reads what `bytes_of` gave; EstimateError `estimate.foreign_state` for other bytes.
Estimates estimates_from(std::string_view bytes);

}  // namespace enkat
