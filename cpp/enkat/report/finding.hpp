#pragma once

#include <string>

#include "enkat/report/language.hpp"

namespace enkat {

/// How a claim came out. The first two are about those who answered, the next five about the population.
enum class Finding {
  holds,         ///< stämmer
  fails,         ///< stämmer inte
  supported,     ///< stöds
  uncertain,     ///< förenligt men osäkert
  misrounded,    ///< felavrundat men inom osäkerheten
  contradicted,  ///< motsägs
  insufficient,  ///< underlaget räcker inte
  unchecked,     ///< kan inte prövas
};

template <>
struct Names<Finding> {
  static constexpr std::string_view list[] = {"holds",      "fails",        "supported",    "uncertain",
                                              "misrounded", "contradicted", "insufficient", "unchecked"};
};

/// "stämmer", "stöds" … or "holds", "supported" …
std::string words_of(Finding finding, Language language);

}  // namespace enkat
