#pragma once

#include <cstdint>
#include <span>

#include "enkat/data/answers.hpp"
#include "enkat/data/problems.hpp"
#include "enkat/data/table.hpp"

namespace enkat {

// Questions with one cell per row. `asked` is 0 for rows outside the routing; empty: all were asked.

/// single and scale: the option of every row.
Answers::Cells recode_levels(const Table& table, std::span<const std::uint8_t> asked, Problems& problems);
/// number: which cells are answers; the numbers stay in the column, unless it holds texts.
Answers::Cells recode_numbers(const Table& table, std::span<const std::uint8_t> asked, Problems& problems);
/// text: which cells are answers.
Answers::Cells recode_texts(const Table& table, std::span<const std::uint8_t> asked, Problems& problems);

}  // namespace enkat
