#pragma once

#include <cstdint>
#include <vector>

namespace enkat {

/// The counts that a reader can exclude nothing of: everything from low to high fits what is published.
struct CountRange {
  std::int64_t low = 0;
  std::int64_t high = 0;
};

/// A breakdown as its worst reader sees it: every published percent is read as its exact count.
///
/// Rows are groups that share out the total (a group that is not published has everything hidden); columns are answers
/// that share out each row.
struct AttackedTable {
  std::vector<std::int64_t> base;
  std::vector<bool> base_hidden;
  std::vector<std::vector<std::int64_t>> count;
  std::vector<std::vector<bool>> hidden;
  bool total_published = false;
  std::vector<std::int64_t> total;
  std::vector<bool> total_hidden;
};

/// What total minus groups, and base minus answers, tell about a hidden count: its exact range over all tables of whole
/// people that agree with everything shown.
///
/// A table with margins is a network of people flowing from groups to answers to totals; another table that looks the
/// same differs by circulations through hidden cells only, so the range follows from two maximum flows (Cox, 1995, JASA
/// 90).
CountRange inferable_count(const AttackedTable& table, std::size_t row, std::size_t column);
CountRange inferable_total(const AttackedTable& table, std::size_t column);
CountRange inferable_base(const AttackedTable& table, std::size_t row);

}  // namespace enkat
