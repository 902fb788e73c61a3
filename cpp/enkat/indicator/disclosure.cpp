#include "enkat/indicator/disclosure.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "enkat/basics/error.hpp"
#include "enkat/indicator/complement.hpp"

namespace enkat {
namespace {

bool hidden(Withheld reason) { return reason != Withheld::no; }

void mark(Withheld& cell, Withheld reason) {
  if (!hidden(cell)) cell = reason;
}

void mark_row(WithheldRow& row, Withheld reason) {
  mark(row.base, reason);
  for (Withheld& cell : row.cells) mark(cell, reason);
}

std::int64_t sum_of_bases(const std::vector<CountRow>& rows) {
  return std::transform_reduce(rows.begin(), rows.end(), std::int64_t{0}, std::plus<>{},
                               [](const CountRow& r) { return r.base; });
}

// ---- rule 1: small bases

struct CountBounds {
  std::int64_t low, high;
};

// Which counts a published whole per cent can stand for.
CountBounds counts_behind(std::int64_t count, std::int64_t base) {
  CountBounds bounds{count, count};
  while (bounds.low > 0 && published_percent(bounds.low - 1, base) == published_percent(count, base)) --bounds.low;
  while (bounds.high < base && published_percent(bounds.high + 1, base) == published_percent(count, base))
    ++bounds.high;
  return bounds;
}

// Can total minus groups tell exactly how those in no published group answered?
bool rest_is_told(const CountRow& total, const std::vector<CountRow>& rows) {
  const std::int64_t rest = total.base - sum_of_bases(rows);
  for (std::size_t a = 0; a < total.counts.size(); ++a) {
    CountBounds left = counts_behind(total.counts[a], total.base);
    for (const CountRow& row : rows) {
      if (row.base == 0) continue;
      const CountBounds group = counts_behind(row.counts[a], row.base);
      left = {left.low - group.high, left.high - group.low};
    }
    if (std::max<std::int64_t>(0, left.low) == std::min(rest, left.high)) return true;
  }
  return false;
}

void withhold_small_bases(const std::vector<CountRow>& rows, const std::optional<CountRow>& total,
                          const DisclosurePolicy& policy, std::vector<WithheldRow>& out) {
  for (std::size_t g = 0; g < rows.size(); ++g)
    if (rows[g].base < policy.min_base) mark_row(out[g], Withheld::base);
  if (!total) return;

  const std::int64_t rest = std::max<std::int64_t>(0, total->base - sum_of_bases(rows));
  std::int64_t people = rest, groups = rest > 0;
  bool needed = rest > 0 && rest < policy.min_base && rest_is_told(*total, rows);
  for (std::size_t g = 0; g < rows.size(); ++g) {
    if (!hidden(out[g].base) || rows[g].base == 0) continue;
    people += rows[g].base;
    ++groups;
    needed = true;
  }
  if (!needed) return;
  for (const std::size_t g : smallest_first(rows)) {
    if (groups >= 2 && people >= policy.min_base) break;
    if (hidden(out[g].base)) continue;
    mark_row(out[g], Withheld::complement);
    people += rows[g].base;
    ++groups;
  }
}

// ---- rules 2 and 3: counts

void mark_small_counts(const CountRow& row, const DisclosurePolicy& policy, WithheldRow& out) {
  for (std::size_t a = 0; a < row.counts.size(); ++a)
    if (small_count(row.counts[a], row.base, policy)) mark(out.cells[a], Withheld::sensitive);
}

// Do the groups share out the total, so that it can be differenced? Not where they overlap.
bool shares_out(const CountRow& total, const std::vector<CountRow>& rows) {
  if (sum_of_bases(rows) > total.base) return false;
  for (std::size_t a = 0; a < total.counts.size(); ++a) {
    std::int64_t counts = 0;
    for (const CountRow& row : rows) counts += row.counts[a];
    if (counts > total.counts[a] || total.counts[a] - counts > total.base - sum_of_bases(rows)) return false;
  }
  return true;
}

// All answers together where each respondent gave one, else each answer on its own.
std::vector<std::vector<std::size_t>> linked_answers(std::size_t answers, bool one_answer) {
  std::vector<std::vector<std::size_t>> sets;
  if (one_answer) {
    sets.emplace_back(answers);
    std::iota(sets[0].begin(), sets[0].end(), std::size_t{0});
  } else {
    for (std::size_t a = 0; a < answers; ++a) sets.push_back({a});
  }
  return sets;
}

std::size_t require_shape(const QuestionTables& tables) {
  std::optional<std::size_t> answers;
  const auto check = [&](const CountRow& row) {
    if (!answers) answers = row.counts.size();
    bool fits = row.counts.size() == *answers && row.base >= 0;
    std::int64_t sum = 0;
    for (const std::int64_t count : row.counts) {
      fits = fits && count >= 0 && count <= row.base;
      sum += count;
    }
    if (fits && (!tables.one_answer || sum <= row.base)) return;
    throw IndicatorError("disclosure.rows_differ",
                         "the rows of a question's tables need the same answers, with counts within their base");
  };
  if (tables.total) check(*tables.total);
  for (const auto& breakdown : tables.breakdowns) std::ranges::for_each(breakdown, check);
  return answers.value_or(0);
}

}  // namespace

std::string code_of(Withheld reason) {
  static const std::array<std::string, 4> codes{"", "disclosure.small_base", "disclosure.sensitive_count",
                                                "disclosure.complement"};
  return codes[static_cast<std::size_t>(reason)];
}

bool WithheldTables::any() const {
  const auto row_any = [](const WithheldRow& row) {
    return hidden(row.base) || std::ranges::any_of(row.cells, hidden);
  };
  return (total && row_any(*total)) ||
         std::ranges::any_of(breakdowns, [&](const auto& rows) { return std::ranges::any_of(rows, row_any); });
}

std::int64_t published_percent(std::int64_t count, std::int64_t base) { return (200 * count + base) / (2 * base); }

WithheldTables withhold(const QuestionTables& tables, const DisclosurePolicy& policy) {
  const std::size_t answers = require_shape(tables);
  const WithheldRow nothing{Withheld::no, std::vector<Withheld>(answers, Withheld::no)};
  WithheldTables out;
  if (tables.total) {
    out.total = nothing;
    if (tables.total->base < policy.min_base) mark_row(*out.total, Withheld::base);
  }
  // A total that is itself withheld gives nothing away.
  const bool total_shown = tables.total && !hidden(out.total->base);
  const std::optional<CountRow> total = total_shown ? tables.total : std::nullopt;
  for (const auto& rows : tables.breakdowns) {
    auto& marks = out.breakdowns.emplace_back(rows.size(), nothing);
    withhold_small_bases(rows, total, policy, marks);
    if (!tables.sensitive) continue;
    for (std::size_t g = 0; g < rows.size(); ++g) mark_small_counts(rows[g], policy, marks[g]);
  }
  if (total && tables.sensitive) mark_small_counts(*total, policy, *out.total);

  // The breakdowns share the total's marks, so that one may need more once another has hidden some.
  const auto sets = linked_answers(answers, tables.one_answer);
  bool changed = true;
  while (changed) {
    changed = false;
    for (const auto& set : sets) {
      if (total) {
        std::vector<CountRow> alone{*total};
        std::vector<WithheldRow> marks{*out.total};
        if (withhold_complements(alone, nullptr, set, tables.sensitive, policy, marks, nullptr)) {
          out.total = marks[0];
          changed = true;
        }
      }
      for (std::size_t i = 0; i < tables.breakdowns.size(); ++i) {
        const auto& rows = tables.breakdowns[i];
        const bool linked = total && shares_out(*total, rows);
        changed |= withhold_complements(rows, linked ? &*total : nullptr, set, tables.sensitive, policy,
                                        out.breakdowns[i], linked ? &*out.total : nullptr);
      }
    }
  }
  return out;
}

}  // namespace enkat
