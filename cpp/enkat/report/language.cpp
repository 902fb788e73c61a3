#include "enkat/report/language.hpp"

#include "enkat/basics/error.hpp"

namespace enkat {

Language language_from(const std::string& name) {
  if (name == "sv") return Language::sv;
  if (name == "en") return Language::en;
  throw UsageError("usage.unknown_language", "claims are read in 'sv' and 'en', not in '" + name + "'",
                   {{"language", name}});
}

std::string name_of(Language language) { return language == Language::sv ? "sv" : "en"; }

}  // namespace enkat
