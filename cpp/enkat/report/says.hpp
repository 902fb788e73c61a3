#pragma once

#include "enkat/report/verdict.hpp"

namespace enkat {

/// The verdict in a few sentences, with whole percents: what the words cover, what the answers say, what would be true,
/// and how far it reaches beyond those who answered.
std::string says(const Verdict& verdict, const Phrase& phrase, const Claim& claim);

/// The sentence about words that cannot be checked.
std::string says_unchecked(const std::string& why, const Claim& claim);

}  // namespace enkat
