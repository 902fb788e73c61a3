#pragma once

#include <string_view>
#include <vector>

#include "enkat/codebook/codebook.hpp"
#include "enkat/data/table.hpp"

namespace enkat {

/// All problems of a file at once: what `recode` finds in every question of the codebook.
std::vector<Issue> check_answers(const Table& table, const Codebook& codebook);

/// Rows whose id occurs before (`data.duplicate_id`) or is missing (`data.missing_id`): row numbers, never the ids.
std::vector<Issue> duplicate_ids(const Table& table, std::string_view column);

}  // namespace enkat
