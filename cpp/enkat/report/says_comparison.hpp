#pragma once

#include <string>

#include "enkat/report/verdict.hpp"

namespace enkat {

/// The verdict of words that compare, in sentences; `numbers`: they compare numbers of people instead of shares.
std::string says_comparison(const Verdict& verdict, const Comparison& words, const Claim& claim, bool numbers);

}  // namespace enkat
