#include "enkat/basics/error.hpp"

#include <algorithm>
#include <numeric>

namespace enkat {
namespace {

// Levenshtein (1966) distance by one row of the table.
std::size_t distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string suggestion(const std::string& name, const std::vector<std::string>& known) {
  const auto nearest = std::ranges::min_element(known, {}, [&](const std::string& k) { return distance(name, k); });
  if (nearest == known.end() || distance(name, *nearest) > std::max<std::size_t>(2, name.size() / 3)) return "";
  return std::string("; did you mean '").append(*nearest).append("'?");
}

}  // namespace enkat
