#pragma once

#include <string>

#include "enkat/basics/names.hpp"

namespace enkat {

/// The languages whose survey phrases enkat reads and writes.
enum class Language { sv, en };

template <>
struct Names<Language> {
  static constexpr std::string_view list[] = {"sv", "en"};
};

/// The language called `name`; a UsageError that lists them otherwise.
template <>
Language named<Language>(const std::string& name);

/// The words in one of two languages.
struct Bilingual {
  std::string sv;
  std::string en;

  const std::string& in(Language language) const { return language == Language::sv ? sv : en; }
};

}  // namespace enkat
