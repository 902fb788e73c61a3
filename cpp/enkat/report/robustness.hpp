#pragma once

#include <optional>

#include "enkat/variance/interval.hpp"

namespace enkat {

/// How many times likelier than others those who agree may have been to answer before a share of at least `threshold`
/// among all invited fails: odds(share) / odds(threshold). It does not depend on the response rate.
/// None where no nonresponse can make it fail (threshold 0) or the share is 1.
std::optional<double> r_star(double share, double threshold);

/// The same for a share below `threshold`: how many times likelier the others may have been to answer.
std::optional<double> r_star_high(double share, double threshold);

/// What the share among all invited can be at all, when a fraction `response` answered: Manski (1989).
Interval manski_bounds(double share, double response);

/// The share among those who did not answer at which the share among all invited is exactly `threshold`.
double tipping_share(double share, double threshold, double response);

}  // namespace enkat
