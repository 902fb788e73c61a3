#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "enkat/basics/error.hpp"
#include "enkat/data/table.hpp"

namespace enkat {

/// Refuses a design column with missing values: a row without them cannot be placed in the sample.
inline void refuse_missing(const std::string& role, const std::string& column, std::size_t missing) {
  if (missing == 0) return;
  throw DesignError("design." + role + "_missing",
                    std::to_string(missing) + " rows have no value in '" + column + "' (" + role +
                        "): give them one, or leave the rows out of the file and say so",
                    {{"column", column}, {"rows", missing}});
}

/// The numbers of a design column, none of them missing.
inline std::vector<double> design_numbers(const Table& table, const std::string& role, const std::string& column) {
  std::vector<double> values(table.rows());
  table.column(column).numbers(0, values);
  refuse_missing(role, column,
                 static_cast<std::size_t>(std::ranges::count_if(values, [](double x) { return std::isnan(x); })));
  return values;
}

}  // namespace enkat
