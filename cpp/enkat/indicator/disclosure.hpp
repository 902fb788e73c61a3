#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace enkat {

/// Why a figure is not published.
enum class Withheld {
  no,
  base,        ///< too few answered
  sensitive,   ///< on a sensitive question, too few answered so, or too few did not
  complement,  ///< it would give a withheld figure away
};

/// "", "disclosure.small_base", "disclosure.sensitive_count" or "disclosure.complement".
std::string code_of(Withheld reason);

/// What may be published.
struct DisclosurePolicy {
  std::int64_t min_base = 10;      ///< smaller bases are withheld
  std::int64_t sensitive_low = 4;  ///< sensitive: counts from 1 to this, and as near the base, are withheld
};

/// One row of a table: how many answered, and how many gave each answer.
struct CountRow {
  std::int64_t base = 0;
  std::vector<std::int64_t> counts;
};

/// Everything published about one question: the row of all, when any table, chart or text shows it, and its breakdowns.
/// A figure for one group alone is a breakdown with one row.
struct QuestionTables {
  bool sensitive = false;
  bool one_answer = true;  ///< each respondent gave one of the answers; else each answer is a yes or no of its own
  std::optional<CountRow> total;
  std::vector<std::vector<CountRow>> breakdowns;
};

/// Which figures of a row are withheld, and why.
struct WithheldRow {
  Withheld base = Withheld::no;
  std::vector<Withheld> cells;
};

struct WithheldTables {
  std::optional<WithheldRow> total;
  std::vector<std::vector<WithheldRow>> breakdowns;

  bool any() const;
};

/// Which figures must be withheld so that neither the tables nor their differences give away a small base or, on
/// sensitive questions, a small count.
///
/// 1. Rows whose base is under `min_base` are withheld, base and all; with the total published, so are the next
/// smallest rows
///    until at least two rows with together `min_base` respondents are.
/// 2. On sensitive questions counts 1…sensitive_low and n − sensitive_low … n − 1 are withheld.
/// 3. While total minus groups, or base minus answers, leave a withheld figure only one value or only small ones, the
/// next
///    smallest figures are withheld too (the reader is taken to know exact counts; published percents are coarser).
/// 4. Who answered the question but belongs to no published group is a group as well: it is never published, but can
/// follow.
///
/// Nothing is withheld where nothing is unsafe. An IndicatorError when rows and answers do not fit together.
WithheldTables withhold(const QuestionTables& tables, const DisclosurePolicy& policy = {});

/// The whole per cent that is published for `count` of `base`.
std::int64_t published_percent(std::int64_t count, std::int64_t base);

}  // namespace enkat
