#include "enkat/codebook/text.hpp"

#include "enkat/basics/json.hpp"

namespace enkat {

const std::string& Text::in(std::string_view language, std::string_view fallback) const {
  static const std::string none;
  for (const std::string_view wanted : {language, fallback})
    if (const auto found = by_language.find(std::string(wanted)); found != by_language.end()) return found->second;
  return by_language.empty() ? none : by_language.begin()->second;
}

Json Text::to_json(const std::string& file_language) const {
  if (by_language.size() == 1 && by_language.begin()->first == file_language) return by_language.begin()->second;
  Json object = Json::object();
  for (const auto& [language, words] : by_language) object[language] = words;
  return object;
}

}  // namespace enkat
