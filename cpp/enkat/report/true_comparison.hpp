#pragma once

#include <functional>

#include "enkat/report/verdict.hpp"

namespace enkat {

/// The words of a comparison with as little changed as makes them true: another number of times or points, "färre" for
/// "fler", "lika många". None where no such words hold.
///
/// `holds` says whether a comparison does; `measured` is the ratio or difference that the words were held against.
std::optional<std::string> true_comparison(const Phrase& phrase, const Claim& claim,
                                           const std::function<bool(const Comparison&)>& holds, double measured);

}  // namespace enkat
