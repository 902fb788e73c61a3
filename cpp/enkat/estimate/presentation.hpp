#pragma once

#include "enkat/variance/interval.hpp"

namespace enkat {

/// Whether a proportion rests on enough answers to be said about a population.
///
/// The decision tree for proportions of the US National Center for Health Statistics: Parker et al. (2017), Vital and
/// Health Statistics 2(175), with the Korn–Graubard 95 % interval and an effective size of at most n.
struct Presentation {
  bool reliable = false;               ///< may be presented
  bool complement_unreliable = false;  ///< the share who did not answer so is too uncertain relative to its size
  bool few_df = false;                 ///< fewer than 8 degrees of freedom: look at it
  bool at_bound = false;               ///< 0 or 100 per cent: look at it
  double effective_size = 0;
  Interval interval;
};

/// The presentation of proportion `p` with design variance `variance`, `n` rows in its base and `df` degrees of
/// freedom.
Presentation presentation(double p, double variance, double n, double df);

}  // namespace enkat
