#pragma once

#include "enkat/report/lexicon.hpp"

namespace enkat {

/// The tables themselves; lexicon() gives them.
Lexicon swedish();
Lexicon english();

}  // namespace enkat
