#pragma once

#include "enkat/report/verdict.hpp"

namespace enkat {

/// Whether words that compare name the second side where they begin: "fler män än kvinnor" of a claim about women.
///
/// Words are held against the labels of the sides by their spelling; where neither is much like the words, nothing is
/// known.
bool names_sides_turned(const Phrase& phrase, const ComparedSides& sides, Language language);

}  // namespace enkat
