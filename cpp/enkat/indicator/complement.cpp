#include "enkat/indicator/complement.hpp"

#include <algorithm>
#include <numeric>

#include "enkat/indicator/margin_attack.hpp"

namespace enkat {
namespace {

bool hidden(Withheld reason) { return reason != Withheld::no; }

// A breakdown and its total, as columns that share out each row, with the marks of what is withheld.
// After the groups comes the row of those in no published group, after the answers the column of those who gave no
// published answer. Both are never published, but a reader who knows that there is nobody there can use it.
class Grid {
 public:
  Grid(const std::vector<CountRow>& rows, const CountRow* total, const std::vector<std::size_t>& answers,
       bool sensitive, const DisclosurePolicy& policy, std::vector<WithheldRow>& marks, WithheldRow* total_marks)
      : rows_(rows),
        total_(total),
        answers_(answers),
        sensitive_(sensitive),
        policy_(policy),
        marks_(marks),
        total_marks_(total_marks) {
    const auto gave_another = [&](const CountRow& row) { return count(row, answers_.size()) > 0; };
    other_answers_ =
        answers_.size() == 1 || std::ranges::any_of(rows_, gave_another) || (total_ && gave_another(*total_));
  }

  bool protect() {
    bool changed = false;
    while (hide_more()) changed = true;
    return changed;
  }

 private:
  std::size_t groups() const { return rows_.size(); }
  std::size_t answers() const { return answers_.size(); }
  std::size_t columns() const { return answers() + (other_answers_ ? 1 : 0); }
  bool with_total() const { return total_ != nullptr; }

  std::int64_t count(const CountRow& row, std::size_t a) const {
    if (a < answers()) return row.counts[answers_[a]];
    std::int64_t rest = row.base;
    for (const std::size_t answer : answers_) rest -= row.counts[answer];
    return rest;
  }

  Withheld* cell(std::size_t g, std::size_t a) const {
    if (a >= answers()) return nullptr;
    if (g < groups()) return &marks_[g].cells[answers_[a]];
    return total_marks_ ? &total_marks_->cells[answers_[a]] : nullptr;
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
      t.base_hidden.push_back(hidden(marks_[g].base));
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
      if (!small_count(x, base, policy_)) return true;
    return false;
  }

  bool rest_row(std::size_t g) const { return g >= groups(); }

  // Is anything said about this cell that must not be?
  bool exposed(const AttackedTable& t, std::size_t g, std::size_t a) const {
    const bool row_withheld = !rest_row(g) && t.base_hidden[g];
    const bool small = sensitive_ && small_count(t.count[g][a], t.base[g], policy_);
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
    if (small_count(in_row, t.base[g], policy_)) return true;
    if (!with_total() || t.total_hidden[a]) return false;
    std::int64_t in_column = 0, people = 0;
    for (std::size_t h = 0; h < t.count.size(); ++h) {
      if (!t.hidden[h][a]) continue;
      in_column += t.count[h][a];
      people += t.base[h];
    }
    return small_count(in_column, people, policy_);
  }

  bool total_exposed(const AttackedTable& t, std::size_t a) const {
    if (!with_total() || !sensitive_ || !t.total_hidden[a] || !small_count(t.total[a], total_->base, policy_))
      return false;
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

  // Withholds the other corners of the smallest rectangle around a cell that is not complete yet: in a rectangle people
  // can change places without any margin telling. When there is none left, the answer is withheld from the total too.
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
  const std::vector<std::size_t>& answers_;
  bool other_answers_ = false;
  bool sensitive_;
  const DisclosurePolicy& policy_;
  std::vector<WithheldRow>& marks_;
  WithheldRow* total_marks_;
};

}  // namespace

bool small_count(std::int64_t count, std::int64_t base, const DisclosurePolicy& policy) {
  const auto small = [&](std::int64_t x) { return x >= 1 && x <= policy.sensitive_low; };
  return small(count) || small(base - count);
}

std::vector<std::size_t> smallest_first(const std::vector<CountRow>& rows) {
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t g) { return rows[g].base; });
  return order;
}

bool withhold_complements(const std::vector<CountRow>& rows, const CountRow* total,
                          const std::vector<std::size_t>& answers, bool sensitive, const DisclosurePolicy& policy,
                          std::vector<WithheldRow>& marks, WithheldRow* total_marks) {
  return Grid(rows, total, answers, sensitive, policy, marks, total_marks).protect();
}

}  // namespace enkat
