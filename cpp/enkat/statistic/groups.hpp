#pragma once

#include "enkat/statistic/grouping.hpp"

namespace enkat {

/// The survey and its groups, kept together for as long as an estimator looks rows up in them.
struct Groups {
  Groups(const Survey& given_survey, const std::vector<std::string>& given_by)
      : survey(given_survey), by(given_by), grouping(survey, by) {}
  const Survey survey;
  const std::vector<std::string> by;
  const Grouping grouping;

  /// overlap · cells + cell.
  std::size_t slots() const { return grouping.overlaps() * grouping.cells(); }
};

}  // namespace enkat
