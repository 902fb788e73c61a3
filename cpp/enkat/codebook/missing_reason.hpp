#pragma once

#include <array>
#include <cstdint>

#include "enkat/basics/names.hpp"

namespace enkat {

/// Why a cell is no answer; every cell is an answer or has one of these reasons, and estimates show how many of each.
enum class MissingReason : std::int8_t {
  answered = 0,
  not_asked,  ///< the routing, or a code of the codebook, says that the question was not put
  skipped,    ///< an empty cell without a code: null, NaN or an empty text
  refused,
  dont_know,
  over,     ///< more choices than allowed, which the codebook accepts as missing (`over: "missing"`)
  invalid,  ///< the cell is a problem of the file, reported as an Issue
  outside,  ///< of a derived question: there are answers, but they are in no group, or no number can be made of them
};

inline constexpr std::size_t missing_reasons = 8;

/// Rows by reason, indexed by MissingReason.
using ReasonCounts = std::array<std::int64_t, missing_reasons>;

template <>
struct Names<MissingReason> {
  static constexpr std::string_view list[] = {"answered",  "not_asked", "skipped", "refused",
                                              "dont_know", "over",      "invalid", "outside"};
};

}  // namespace enkat
