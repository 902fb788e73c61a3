#include "enkat/report/language.hpp"

#include "enkat/basics/error.hpp"

namespace enkat {

template <>
Language named<Language>(const std::string& name) {
  if (const auto language = from_name<Language>(name)) return *language;
  throw UsageError("usage.unknown_language", "claims are read in 'sv' and 'en', not in '" + name + "'",
                   {{"language", name}});
}

}  // namespace enkat
