#pragma once

#include "enkat/estimate/contrast.hpp"

namespace enkat {

/// One group of the standard population: a level of every standard column, and its size or share.
struct StandardGroup {
  std::vector<std::string> levels;
  double size = 0;
};

/// Which of the `by` columns of Estimates are the standard's, and the population they are weighted to.
struct StandardPopulation {
  std::vector<std::string> columns;
  std::vector<StandardGroup> groups;
};

/// Direct standardisation: for each remaining group, variable and answer the expression Σ_g π_g · row_g of estimates by
/// (remaining columns, standard columns), in the table form of the estimates. Fleiss, Levin & Paik (2003), ch. 19; Korn
/// & Graubard (1999), §3.5. `whole` are the same estimates without the standard columns, among those whom the standard
/// takes in: their degrees of freedom are those of the result.
///
/// A group in which nobody is in a group of the standard gets no figures, with the note `standardize.empty_level`,
/// which is an error when all are such. Refuses a level that the standard does not know (`standardize.unknown_level`).
Estimates standardize(const Estimates& estimates, const Estimates& whole, const StandardPopulation& standard,
                      Monitor& monitor);

}  // namespace enkat
