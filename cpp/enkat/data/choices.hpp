#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "enkat/basics/reduce.hpp"
#include "enkat/codebook/missing_reason.hpp"
#include "enkat/data/cell_codes.hpp"

namespace enkat {

/// One bit per row for each option.
using Planes = std::vector<std::vector<std::uint64_t>>;

/// What a block of rows chose among several options, while their cells are read.
struct Choices {
  Rows rows;
  std::array<std::uint16_t, block_rows> count;     ///< options ticked
  std::array<std::uint8_t, block_rows> present;    ///< an answer, or an explicit none or 0
  std::array<std::uint8_t, block_rows> exclusive;  ///< an exclusive option is ticked
  std::array<MissingReason, block_rows> why;       ///< why nothing was chosen, if nothing was

  void start(Rows block) {
    rows = block;
    std::fill_n(count.begin(), rows.size(), std::uint16_t{0});
    std::fill_n(present.begin(), rows.size(), std::uint8_t{0});
    std::fill_n(exclusive.begin(), rows.size(), std::uint8_t{0});
    std::fill_n(why.begin(), rows.size(), MissingReason::skipped);
  }

  /// Row `i` of the block ticks an option; twice counts once.
  void tick(std::size_t i, std::vector<std::uint64_t>& plane, bool is_exclusive) {
    const std::size_t row = rows.first + i;
    const std::uint64_t bit = std::uint64_t{1} << (row % 64);
    present[i] = 1;
    if ((plane[row / 64] & bit) != 0) return;
    plane[row / 64] |= bit;
    ++count[i];
    exclusive[i] = static_cast<std::uint8_t>(exclusive[i] | static_cast<std::uint8_t>(is_exclusive));
  }

  /// A cell that is no answer: a problem outweighs a reason, and the first reason that a code gives a plain gap.
  void note(std::size_t i, MissingReason reason) {
    if (reason == MissingReason::invalid || why[i] == MissingReason::skipped) why[i] = reason;
  }
};

}  // namespace enkat
