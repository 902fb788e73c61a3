#pragma once

#include <string_view>

#include "enkat/report/reading.hpp"

namespace enkat {

/// Words that compare, for messages.
const char* comparison_examples(Language language);

/// Throws the ReportError `report.phrase_unknown` of words that are no phrase of `language`: which of them are not
/// understood, and what they could have been.
[[noreturn]] void refuse_phrase(std::string_view text, const Reading& reading, Language language);

}  // namespace enkat
