#include "enkat/basics/joined.hpp"

#include <algorithm>

namespace enkat {

std::string joined(const std::vector<std::string>& texts, std::string_view by, std::size_t most) {
  std::string list;
  for (std::size_t i = 0; i < std::min(most, texts.size()); ++i) list.append(i > 0 ? by : "").append(texts[i]);
  return texts.size() > most ? list + " … (" + std::to_string(texts.size()) + " in all)" : list;
}

std::string quoted(const std::vector<std::string>& texts, std::string_view by, std::size_t most) {
  std::vector<std::string> marked;
  for (const std::string& text : texts) marked.push_back("'" + text + "'");
  return joined(marked, by, most);
}

}  // namespace enkat
