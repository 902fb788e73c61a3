#include "enkat/indicator/disclosure.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "enkat/basics/error.hpp"
#include "enkat/indicator/margin_attack.hpp"

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

bool unsafe(std::int64_t count, std::int64_t base, const DisclosurePolicy& policy) {
  const auto small = [&](std::int64_t x) { return x >= 1 && x <= policy.sensitive_low; };
  return small(count) || small(base - count);
}

std::int64_t sum_of_bases(const std::vector<CountRow>& rows) {
  return std::transform_reduce(rows.begin(), rows.end(), std::int64_t{0}, std::plus<>{}, [](const CountRow& r) { return r.base; });
}

// Row numbers from the smallest base to the largest.
std::vector<std::size_t> smallest_first(const std::vector<CountRow>& rows) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t g) { return rows[g].base; });
  return order;
}

// ---- rule 1: small bases

struct CountBounds {
  std::int64_t low, high;
};

// Which counts a published whole per cent can stand for.
CountBounds counts_behind(std::int64_t count, std::int64_t base) {
  CountBounds bounds{count, count};
  while (bounds.low > 0 && published_percent(bounds.low - 1, base) == published_percent(count, base)) --bounds.low;
  while (bounds.high < base && published_percent(bounds.high + 1, base) == published_percent(count, base)) ++bounds.high;
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

// A breakdown and its total, as columns that share out each row, with the marks of what is withheld.
// After the groups comes the row of those in no published group, after the answers the column of those who gave no published
// answer. Both are never published, but a reader who knows that there is nobody there can use it.
class Grid {
 public:
  Grid(const std::vector<CountRow>& rows, const CountRow* total, const DisclosurePolicy& policy, bool sensitive)
      : rows_(rows), total_(total), policy_(policy), sensitive_(sensitive) {}

  // The columns `answers` (all of them, or one that is a yes or no of its own) with their marks.
  bool protect(const std::vector<std::size_t>& answers, std::vector<WithheldRow>& marks, WithheldRow* total_marks) {
    answers_ = &answers;
    marks_ = &marks;
    total_marks_ = total_marks;
    const auto gave_another = [&](const CountRow& row) { return count(row, this->answers()) > 0; };
    other_answers_ = answers.size() == 1 || std::ranges::any_of(rows_, gave_another) || (total_ && gave_another(*total_));
    bool changed = false;
    while (hide_more()) changed = true;
    return changed;
  }

 private:
  std::size_t groups() const { return rows_.size(); }
  std::size_t answers() const { return answers_->size(); }
  std::size_t columns() const { return answers() + (other_answers_ ? 1 : 0); }
  bool with_total() const { return total_ != nullptr; }

  std::int64_t count(const CountRow& row, std::size_t a) const {
    if (a < answers()) return row.counts[(*answers_)[a]];
    std::int64_t rest = row.base;
    for (const std::size_t answer : *answers_) rest -= row.counts[answer];
    return rest;
  }

  Withheld* cell(std::size_t g, std::size_t a) const {
    if (a >= answers()) return nullptr;
    if (g < groups()) return &(*marks_)[g].cells[(*answers_)[a]];
    return total_marks_ ? &total_marks_->cells[(*answers_)[a]] : nullptr;
  }

  // Everything a reader can work with. The row after the groups is the rest.
  AttackedTable attacked() const {
    AttackedTable t;
    t.total_published = with_total();
    std::vector<std::int64_t> rest(columns(), 0);
    std::int64_t rest_base = 0;
    if (with_total()) {
      rest_base = total_->base;
      for (std::size_t a = 0; a < columns(); ++a) {
        t.total.push_back(count(*total_, a));
        t.total_hidden.push_back(a == answers() || hidden(*cell(groups(), a)));
        rest[a] = t.total[a];
      }
    }
    for (std::size_t g = 0; g < groups(); ++g) {
      t.base.push_back(rows_[g].base);
      t.base_hidden.push_back(hidden((*marks_)[g].base));
      std::vector<std::int64_t> counts;
      std::vector<bool> hides;
      for (std::size_t a = 0; a < columns(); ++a) {
        counts.push_back(count(rows_[g], a));
        hides.push_back(a == answers() || hidden(*cell(g, a)));
        rest[a] -= counts[a];
      }
      rest_base -= rows_[g].base;
      t.count.push_back(std::move(counts));
      t.hidden.push_back(std::move(hides));
    }
    if (with_total()) {
      t.base.push_back(rest_base);
      t.base_hidden.push_back(rest_base > 0);
      t.count.push_back(rest);
      t.hidden.emplace_back(columns(), true);
    }
    return t;
  }

  // May a reader be left with this range? It must hold two values, and one that is not small.
  bool safe(CountRange range, std::int64_t base, bool small_matters) const {
    if (range.low == range.high) return false;
    if (!small_matters) return true;
    for (std::int64_t x = range.low; x <= std::min(range.high, base); ++x)
      if (!unsafe(x, base, policy_)) return true;
    return false;
  }

  bool rest_row(std::size_t g) const { return g >= groups(); }

  // Is anything said about this cell that must not be?
  bool exposed(const AttackedTable& t, std::size_t g, std::size_t a) const {
    const bool row_withheld = !rest_row(g) && t.base_hidden[g];
    const bool small = sensitive_ && unsafe(t.count[g][a], t.base[g], policy_);
    // An answer that nobody gave (or everybody) in any group says so of every group.
    const bool nobody = with_total() && (t.total[a] == 0 || t.total[a] == total_->base);
    if (nobody || t.base[g] == 0 || !t.hidden[g][a] || !(row_withheld || small)) return false;
    return !safe(inferable_count(t, g, a), t.base[g], small);
  }

  // Hidden answers of a row, or hidden groups of an answer, must not together be a small number of people.
  bool exposed_together(const AttackedTable& t, std::size_t g, std::size_t a) const {
    if (!sensitive_ || !t.hidden[g][a] || rest_row(g) || t.base_hidden[g]) return false;
    std::int64_t in_row = 0;
    for (std::size_t b = 0; b < t.count[g].size(); ++b)
      if (t.hidden[g][b]) in_row += t.count[g][b];
    if (unsafe(in_row, t.base[g], policy_)) return true;
    if (!with_total() || t.total_hidden[a]) return false;
    std::int64_t in_column = 0, people = 0;
    for (std::size_t h = 0; h < t.count.size(); ++h) {
      if (!t.hidden[h][a]) continue;
      in_column += t.count[h][a];
      people += t.base[h];
    }
    return unsafe(in_column, people, policy_);
  }

  bool total_exposed(const AttackedTable& t, std::size_t a) const {
    if (!with_total() || !sensitive_ || !t.total_hidden[a] || !unsafe(t.total[a], total_->base, policy_)) return false;
    return !safe(inferable_total(t, a), total_->base, true);
  }

  bool hide_more() {
    const AttackedTable t = attacked();
    for (std::size_t g = 0; g < t.count.size(); ++g)
      for (std::size_t a = 0; a < columns(); ++a)
        if ((exposed(t, g, a) || exposed_together(t, g, a)) && extend(t, g, a)) return true;
    for (std::size_t a = 0; a < columns(); ++a)
      if (total_exposed(t, a) && extend_total(t, a)) return true;
    return false;
  }

  bool hide(std::size_t g, std::size_t a) {
    Withheld* at = rest_row(g) && !with_total() ? nullptr : cell(g, a);
    if (!at || hidden(*at)) return false;
    *at = Withheld::complement;
    return true;
  }

  bool hide_total(std::size_t a) { return with_total() && hide(groups(), a); }

  // Groups that could hide answer `a` together with group `g`: those that already do, then the smallest.
  std::vector<std::size_t> partners(const AttackedTable& t, std::size_t g, std::size_t a) const {
    std::vector<std::size_t> order = smallest_first(rows_);
    std::erase_if(order, [&](std::size_t h) { return h == g || rows_[h].base == 0; });
    std::ranges::stable_partition(order, [&](std::size_t h) { return t.hidden[h][a] && !t.base_hidden[h]; });
    return order;
  }

  // Answers that could hide in row `g` together with `a`: those that already do, then the least common.
  std::vector<std::size_t> alternatives(const AttackedTable& t, std::size_t g, std::size_t a) const {
    std::vector<std::size_t> order(columns());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::erase_if(order, [&](std::size_t b) { return b == a || (b == answers() && t.count[g][b] == 0); });
    std::ranges::stable_sort(order, {}, [&](std::size_t b) {
      return std::pair(t.count[g][b] == 0, t.count[g][b]);  // an empty answer hides nothing
    });
    std::ranges::stable_partition(order, [&](std::size_t b) { return t.hidden[g][b]; });
    return order;
  }

  // Withholds the other corners of the smallest rectangle around a cell that is not complete yet: in a rectangle people can
  // change places without any margin telling. When there is none left, the answer is withheld from the total too.
  bool extend(const AttackedTable& t, std::size_t g, std::size_t a) {
    const auto others = alternatives(t, g, a);
    if (!with_total()) {
      for (const std::size_t b : others)
        if (hide(g, b)) return true;
      return false;
    }
    for (const std::size_t b : others)
      for (const std::size_t h : partners(t, g, a)) {
        bool changed = false;
        if (!rest_row(g)) changed |= hide(g, b), changed |= hide(g, a);
        changed |= hide(h, a);
        changed |= hide(h, b);
        if (changed) return true;
      }
    if (hide_total(a)) return true;
    for (const std::size_t b : others)
      if (hide_total(b)) return true;
    return false;
  }

  bool extend_total(const AttackedTable& t, std::size_t a) {
    std::vector<std::size_t> others(answers());
    std::iota(others.begin(), others.end(), std::size_t{0});
    std::ranges::stable_sort(others, {}, [&](std::size_t b) { return std::pair(t.total[b] == 0, t.total[b]); });
    for (const std::size_t b : others) {
      bool changed = b != a && hide_total(b);
      for (const std::size_t g : smallest_first(rows_)) {
        if (rows_[g].base == 0) continue;
        changed |= hide(g, a);
        if (b != a) changed |= hide(g, b);
        if (changed) break;
      }
      if (changed) return true;
    }
    return false;
  }

  const std::vector<CountRow>& rows_;
  const CountRow* total_;
  const DisclosurePolicy& policy_;
  bool sensitive_;
  bool other_answers_ = false;
  const std::vector<std::size_t>* answers_ = nullptr;
  std::vector<WithheldRow>* marks_ = nullptr;
  WithheldRow* total_marks_ = nullptr;
};

void mark_small_counts(const CountRow& row, const DisclosurePolicy& policy, WithheldRow& out) {
  for (std::size_t a = 0; a < row.counts.size(); ++a)
    if (unsafe(row.counts[a], row.base, policy)) mark(out.cells[a], Withheld::sensitive);
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
  static const std::array<std::string, 4> codes{"", "disclosure.small_base", "disclosure.sensitive_count", "disclosure.complement"};
  return codes[static_cast<std::size_t>(reason)];
}

bool WithheldTables::any() const {
  const auto row_any = [](const WithheldRow& row) { return hidden(row.base) || std::ranges::any_of(row.cells, hidden); };
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
        if (Grid(alone, nullptr, policy, tables.sensitive).protect(set, marks, nullptr)) {
          out.total = marks[0];
          changed = true;
        }
      }
      for (std::size_t i = 0; i < tables.breakdowns.size(); ++i) {
        const auto& rows = tables.breakdowns[i];
        const bool linked = total && shares_out(*total, rows);
        Grid grid(rows, linked ? &*total : nullptr, policy, tables.sensitive);
        changed |= grid.protect(set, out.breakdowns[i], linked ? &*out.total : nullptr);
      }
    }
  }
  return out;
}

}  // namespace enkat
