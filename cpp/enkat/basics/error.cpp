#include "enkat/basics/error.hpp"

#include <algorithm>

#include "enkat/basics/edit_distance.hpp"

namespace enkat {

std::string suggestion(const std::string& name, const std::vector<std::string>& known) {
  const auto nearest =
      std::ranges::min_element(known, {}, [&](const std::string& k) { return edit_distance(name, k); });
  if (nearest == known.end() || edit_distance(name, *nearest) > std::max<std::size_t>(2, name.size() / 3)) return "";
  return std::string("; did you mean '").append(*nearest).append("'?");
}

}  // namespace enkat
