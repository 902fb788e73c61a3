#include "enkat/report/language.hpp"

#include "enkat/basics/error.hpp"

namespace enkat {

Language language_from(const std::string& name) {
  if (const auto language = from_name<Language>(name)) return *language;
  throw UsageError("usage.unknown_language", "claims are read in 'sv' and 'en', not in '" + name + "'",
                   {{"language", name}});
}

}  // namespace enkat
