#include "enkat/data/check_answers.hpp"

#include "enkat/data/derive.hpp"
#include "enkat/data/labels.hpp"
#include "enkat/data/problems.hpp"
#include "enkat/data/recode.hpp"

namespace enkat {

std::vector<Issue> check_answers(const Table& table, const Codebook& codebook) {
  std::vector<Issue> issues;
  try {
    const Codebook ready = with_derived(codebook, table);
    for (const Question& question : ready.questions()) recode(table, ready, question, issues);
  } catch (const CodebookError& error) {
    return error.issues;
  }
  return issues;
}

std::vector<Issue> duplicate_ids(const Table& table, std::string_view name) {
  const Column& column = table.column(name);
  const Labels ids(column);
  constexpr std::size_t unseen = static_cast<std::size_t>(-1);
  std::vector<std::size_t> first(ids.size(), unseen);
  std::vector<Issue> issues;
  std::size_t more = 0;
  const auto add = [&](Issue issue) {
    if (issues.size() < Problems::most) {
      issues.push_back(std::move(issue));
    } else {
      ++more;
    }
  };
  const std::string of = " of column '" + column.name() + "': ";
  for (std::size_t row = 0; row < ids.code.size(); ++row) {
    if (ids.code[row] < 0) {
      add({"data.missing_id",
           "row " + std::to_string(row + 1) + of + "there is no id; give every row its own",
           {{"row", row + 1}, {"column", column.name()}}});
      continue;
    }
    std::size_t& seen = first[static_cast<std::size_t>(ids.code[row])];
    if (seen == unseen) {
      seen = row;
    } else {
      add({"data.duplicate_id",
           "row " + std::to_string(row + 1) + of + "its id occurs in row " + std::to_string(seen + 1) +
               " already; remove one of the rows or correct its id",
           {{"row", row + 1}, {"column", column.name()}, {"first", seen + 1}}});
    }
  }
  if (more > 0)
    issues.push_back({"data.more_problems",
                      "column '" + column.name() + "' has " + std::to_string(more) + " more missing or repeated ids",
                      {{"column", column.name()}, {"rest", more}}});
  return issues;
}

}  // namespace enkat
