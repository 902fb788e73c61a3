#pragma once

#include <string_view>

#include "enkat/report/phrase.hpp"
#include "enkat/report/unbound.hpp"

namespace enkat::fuzz {

inline void phrase(std::string_view text) {
  for (const Language language : {Language::sv, Language::en}) {
    try {
      read_phrase(text, Policy::sv_press, language).contains(1, 2);
    } catch (const Error&) {  // in one language, so that the other is tried too
    }
  }
}

}  // namespace enkat::fuzz
