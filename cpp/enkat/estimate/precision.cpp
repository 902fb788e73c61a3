#include "enkat/estimate/precision.hpp"

#include <cmath>

namespace enkat {

std::vector<Precision> precision(const Estimates& estimates) {
  std::vector<Precision> result;
  for (const Estimate& row : estimates.rows) {
    Precision of{row.by, row.variable, row.answer, row.estimate, row.se, {}, row.deff, {}, {}, {}, row.n};
    if (row.estimate && row.se && *row.estimate != 0) of.cv = *row.se / std::abs(*row.estimate);
    if (row.deff) {
      of.deff_replace = *row.deff * (1 - row.fraction);
      of.deft = std::sqrt(*of.deff_replace);
      if (*of.deff_replace > 0) of.effective_n = static_cast<double>(row.n) / *of.deff_replace;
    }
    result.push_back(std::move(of));
  }
  return result;
}

}  // namespace enkat
