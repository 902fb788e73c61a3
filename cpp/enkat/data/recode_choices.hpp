#pragma once

#include <cstdint>
#include <span>

#include "enkat/data/answers.hpp"
#include "enkat/data/problems.hpp"
#include "enkat/data/table.hpp"

namespace enkat {

/// Recodes a multiple or top_k question, whatever its storage. `asked` is 0 for rows outside the routing; empty: all
/// were asked.
Answers::Cells recode_choices(const Table& table, std::span<const std::uint8_t> asked, Problems& problems);

}  // namespace enkat
