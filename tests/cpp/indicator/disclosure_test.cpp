#include "enkat/indicator/disclosure.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <random>
#include <set>

#include "enkat/basics/error.hpp"
#include "enkat/indicator/margin_attack.hpp"

namespace enkat::disclosure_test {

bool shown(Withheld w) { return w == Withheld::no; }
bool small(std::int64_t x, std::int64_t n) { return (x >= 1 && x <= 4) || (n - x >= 1 && n - x <= 4); }

QuestionTables yes_no(bool sensitive, CountRow total, std::vector<CountRow> rows) {
  return {.sensitive = sensitive, .one_answer = true, .total = std::move(total), .breakdowns = {std::move(rows)}};
}

TEST(Withhold, NothingWhereNothingIsUnsafe) {
  EXPECT_FALSE(withhold(yes_no(true, {100, {40}}, {{60, {25}}, {40, {15}}})).any());
  EXPECT_FALSE(withhold(yes_no(false, {100, {2}}, {{60, {1}}, {40, {1}}})).any());
  EXPECT_FALSE(withhold(yes_no(true, {100, {0}}, {{60, {0}}, {40, {0}}})).any());
  EXPECT_FALSE(withhold({}).any());
}

TEST(Withhold, ASmallBaseAndTheNextSmallestRow) {
  const auto out = withhold(yes_no(false, {160, {80}}, {{100, {50}}, {8, {4}}, {52, {26}}}));
  EXPECT_EQ(out.breakdowns[0][1].base, Withheld::base);
  EXPECT_EQ(out.breakdowns[0][1].cells[0], Withheld::base);
  EXPECT_EQ(out.breakdowns[0][2].base, Withheld::complement);
  EXPECT_EQ(out.breakdowns[0][0].base, Withheld::no);
  EXPECT_FALSE(withhold(yes_no(false, {108, {50}}, {{100, {46}}, {8, {4}}})).total->base != Withheld::no);
}

TEST(Withhold, SmallRowsThatTogetherAreStillSmallTakeAnother) {
  const auto out = withhold(yes_no(false, {106, {53}}, {{50, {25}}, {3, {1}}, {4, {2}}, {49, {25}}}));
  EXPECT_EQ(out.breakdowns[0][1].base, Withheld::base);
  EXPECT_EQ(out.breakdowns[0][2].base, Withheld::base);
  EXPECT_EQ(out.breakdowns[0][3].base, Withheld::complement);
  EXPECT_EQ(out.breakdowns[0][0].base, Withheld::no);
}

TEST(Withhold, WithoutATotalASmallRowTakesNoOther) {
  QuestionTables tables = yes_no(false, {}, {{100, {50}}, {8, {4}}});
  tables.total.reset();
  const auto out = withhold(tables);
  EXPECT_EQ(out.breakdowns[0][1].base, Withheld::base);
  EXPECT_EQ(out.breakdowns[0][0].base, Withheld::no);
}

TEST(Withhold, TheHiddenGroupOfTheReportingGuide) {
  // Total 60 at 45 per cent and A 52 at 40 per cent would give C (8) away as exactly 6 although C was never printed.
  const auto out = withhold(yes_no(false, {60, {27}}, {{52, {21}}}));
  EXPECT_EQ(out.breakdowns[0][0].base, Withheld::complement);
  // At 1,473 and 1,469 rounding hides the four.
  EXPECT_FALSE(withhold(yes_no(false, {1473, {700}}, {{1469, {698}}})).any());
}

TEST(Withhold, SmallCountsOfSensitiveQuestions) {
  const auto out = withhold(yes_no(true, {300, {60}}, {{100, {3}}, {100, {30}}, {100, {27}}}));
  EXPECT_EQ(out.breakdowns[0][0].cells[0], Withheld::sensitive);
  EXPECT_EQ(out.breakdowns[0][0].base, Withheld::no);
  EXPECT_EQ(out.breakdowns[0][1].cells[0], Withheld::complement);
  EXPECT_EQ(out.breakdowns[0][2].cells[0], Withheld::no);
  EXPECT_TRUE(shown(out.total->cells[0]));
  const auto high = withhold(yes_no(true, {300, {160}}, {{100, {97}}, {100, {30}}, {100, {33}}}));
  EXPECT_EQ(high.breakdowns[0][0].cells[0], Withheld::sensitive);
}

TEST(Withhold, ASensitiveTotalIsHiddenFromEverySiblingTable) {
  QuestionTables tables{.sensitive = true,
                        .one_answer = true,
                        .total = CountRow{100, {3}},
                        .breakdowns = {{{50, {3}}, {50, {0}}}, {{60, {0}}, {40, {3}}}}};
  const auto out = withhold(tables);
  EXPECT_FALSE(shown(out.total->cells[0]));
  for (const auto& rows : out.breakdowns) EXPECT_TRUE(!shown(rows[0].cells[0]) || !shown(rows[1].cells[0]));
}

TEST(Withhold, AnAnswerThatFollowsFromTheOthersTakesOneMore) {
  const auto out =
      withhold({.sensitive = true, .one_answer = true, .total = CountRow{100, {2, 40, 58}}, .breakdowns = {}});
  EXPECT_EQ(out.total->cells[0], Withheld::sensitive);
  EXPECT_EQ(out.total->cells[1], Withheld::complement);
  EXPECT_TRUE(shown(out.total->cells[2]));
  const auto several =
      withhold({.sensitive = true, .one_answer = false, .total = CountRow{100, {2, 40, 58}}, .breakdowns = {}});
  EXPECT_TRUE(shown(several.total->cells[1]));
}

TEST(Withhold, GroupsThatOverlapAreNotDifferenced) {
  EXPECT_FALSE(withhold(yes_no(true, {100, {40}}, {{80, {30}}, {70, {28}}})).any());
}

TEST(Withhold, RowsThatDoNotFitAreRefused) {
  EXPECT_THROW(withhold(yes_no(false, {10, {11}}, {})), IndicatorError);
  EXPECT_THROW(withhold(yes_no(false, {10, {1}}, {{5, {1, 2}}})), IndicatorError);
}

TEST(InferableCount, IsTheFrechetRangeInAFullyHiddenTable) {
  // Margins 6, 8 by 5, 9: the corner lies between max(0, 6 + 5 − 14) and min(6, 5).
  const AttackedTable t{{6, 8}, {false, false}, {{2, 4}, {3, 5}}, {{true, true}, {true, true}},
                        true,   {5, 9},         {false, false}};
  EXPECT_EQ(inferable_count(t, 0, 0).low, 0);
  EXPECT_EQ(inferable_count(t, 0, 0).high, 5);
}

// ---- The attack: everyone who reads the tables, knows how percents are rounded and can count.

struct Published {
  std::vector<std::int64_t> figures;
  friend bool operator==(const Published&, const Published&) = default;
};

// What is printed: bases and whole percents where not withheld.
Published publish(const QuestionTables& t, const WithheldTables& w) {
  Published p;
  const auto row = [&](const CountRow& r, const WithheldRow& marks) {
    p.figures.push_back(shown(marks.base) ? r.base : -1);
    for (std::size_t a = 0; a < r.counts.size(); ++a)
      p.figures.push_back(shown(marks.cells[a]) && r.base > 0 ? published_percent(r.counts[a], r.base) : -1);
  };
  if (t.total) row(*t.total, *w.total);
  for (std::size_t i = 0; i < t.breakdowns.size(); ++i)
    for (std::size_t g = 0; g < t.breakdowns[i].size(); ++g) row(t.breakdowns[i][g], w.breakdowns[i][g]);
  return p;
}

// What a row's base and counts could be, over the tables that print the same.
struct Seen {
  std::set<std::int64_t> base;
  std::vector<std::set<std::int64_t>> counts;
};

// All breakdowns that print the same, for one answer: exhaustive. Those in no published group come after the groups,
// then the total.
std::vector<Seen> attack_exhaustively(const QuestionTables& t, const WithheldTables& w) {
  const Published printed = publish(t, w);
  const std::size_t groups = t.breakdowns[0].size();
  std::int64_t rest = t.total->base;
  for (const CountRow& row : t.breakdowns[0]) rest -= row.base;
  std::vector<Seen> seen(groups + 2, Seen{{}, std::vector<std::set<std::int64_t>>(1)});
  const auto see = [&](std::size_t at, const CountRow& row) {
    seen[at].base.insert(row.base);
    seen[at].counts[0].insert(row.counts[0]);
  };
  QuestionTables guess = t;
  const auto& marks = w.breakdowns[0];
  std::function<void(std::size_t, std::int64_t, std::int64_t)> next = [&](std::size_t g, std::int64_t left,
                                                                          std::int64_t yes) {
    if (left < 0) return;
    if (g == groups) {
      if ((left == 0) != (rest == 0)) return;  // whether there is anyone else is known
      for (std::int64_t x = 0; x <= left; ++x) {
        guess.total->counts[0] = yes + x;
        if (publish(guess, w) != printed) continue;
        for (std::size_t h = 0; h < groups; ++h) see(h, guess.breakdowns[0][h]);
        see(groups, {left, {x}});
        see(groups + 1, *guess.total);
      }
      return;
    }
    const CountRow& row = t.breakdowns[0][g];
    const std::int64_t first = shown(marks[g].base) ? row.base : 0;
    const std::int64_t last = shown(marks[g].base) ? row.base : left;
    for (std::int64_t n = first; n <= last; ++n)
      for (std::int64_t x = 0; x <= n; ++x) {
        if (shown(marks[g].cells[0]) && n > 0 && published_percent(x, n) != published_percent(row.counts[0], n))
          continue;
        guess.breakdowns[0][g] = {n, {x}};
        next(g + 1, left - n, yes + x);
      }
  };
  next(0, t.total->base, 0);
  return seen;
}

// The tables with withheld counts in brackets, for a failure's trace.
std::string describe(const QuestionTables& t, const WithheldTables& w) {
  std::string text;
  const auto row = [&](const CountRow& r, const WithheldRow& marks) {
    text += "\n" + std::to_string(r.base) + (shown(marks.base) ? ":" : "?:");
    for (std::size_t a = 0; a < r.counts.size(); ++a)
      text += " " + std::to_string(r.counts[a]) + (shown(marks.cells[a]) ? "" : "?");
  };
  row(*t.total, *w.total);
  for (std::size_t g = 0; g < t.breakdowns[0].size(); ++g) row(t.breakdowns[0][g], w.breakdowns[0][g]);
  return text;
}

void expect_not_recovered(const Seen& seen, const CountRow& row, const WithheldRow& marks, bool nobody) {
  if (!shown(marks.base) && row.base > 0) {
    EXPECT_GT(seen.base.size(), 1u);
  }
  for (std::size_t a = 0; a < row.counts.size(); ++a) {
    if (shown(marks.cells[a]) || row.base == 0 || nobody) continue;
    const bool must = marks.cells[a] == Withheld::sensitive || marks.cells[a] == Withheld::base;
    if (!must) continue;
    EXPECT_GT(seen.counts[a].size(), 1u) << row.counts[a] << " of " << row.base;
    if (marks.cells[a] != Withheld::sensitive || !shown(marks.base)) continue;
    EXPECT_TRUE(std::ranges::any_of(seen.counts[a], [&](std::int64_t x) { return !small(x, row.base); }))
        << row.counts[a] << " of " << row.base;
  }
}

TEST(Attack, NoReaderRecoversAWithheldYesOrNo) {
  std::mt19937 random(1473);
  int with_withheld = 0;
  for (int round = 0; round < 150; ++round) {
    QuestionTables t{.sensitive = round % 2 == 0, .one_answer = true, .total = CountRow{0, {0}}, .breakdowns = {{}}};
    for (int g = 0; g < 3; ++g) {
      const auto n = static_cast<std::int64_t>(random() % 24);
      const auto x = n == 0 ? 0 : static_cast<std::int64_t>(random() % static_cast<unsigned>(n + 1));
      t.breakdowns[0].push_back({n, {x}});
      t.total->base += n;
      t.total->counts[0] += x;
    }
    CountRow rest{0, {0}};
    if (round % 3 == 0) {  // one group is not published at all
      rest = t.breakdowns[0].back();
      t.breakdowns[0].pop_back();
    }
    const WithheldTables w = withhold(t);
    if (!shown(w.total->base) || (!w.any() && rest.base == 0)) continue;
    ++with_withheld;
    const auto seen = attack_exhaustively(t, w);
    const bool nobody = t.total->counts[0] == 0 || t.total->counts[0] == t.total->base;
    SCOPED_TRACE(describe(t, w));
    const std::size_t groups = t.breakdowns[0].size();
    for (std::size_t g = 0; g < groups; ++g)
      expect_not_recovered(seen[g], t.breakdowns[0][g], w.breakdowns[0][g], nobody);
    expect_not_recovered(seen[groups + 1], *t.total, *w.total, nobody);
    const Withheld of_rest = rest.base > 0 && rest.base < 10 ? Withheld::base : Withheld::no;
    const bool small_rest = t.sensitive && rest.base > 0 && small(rest.counts[0], rest.base);
    expect_not_recovered(seen[groups], rest, {Withheld::no, {small_rest ? Withheld::sensitive : of_rest}}, nobody);
  }
  EXPECT_GT(with_withheld, 50);
}

// Larger tables: a reader who moves people between hidden cells finds other tables that print the same.
std::vector<Seen> attack_by_moves(const QuestionTables& t, const WithheldTables& w, std::mt19937& random) {
  const Published printed = publish(t, w);
  const std::size_t groups = t.breakdowns[0].size(), answers = t.total->counts.size();
  std::vector<Seen> seen(groups + 1, Seen{{}, std::vector<std::set<std::int64_t>>(answers)});
  const auto see = [&](const QuestionTables& q) {
    for (std::size_t h = 0; h <= groups; ++h) {
      const CountRow& row = h < groups ? q.breakdowns[0][h] : *q.total;
      seen[h].base.insert(row.base);
      for (std::size_t a = 0; a < answers; ++a) seen[h].counts[a].insert(row.counts[a]);
    }
  };
  see(t);
  QuestionTables now = t;
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  for (int step = 0; step < 30000; ++step) {
    QuestionTables moved = now;
    auto& rows = moved.breakdowns[0];
    const auto amount = static_cast<std::int64_t>(1 + pick(3));
    CountRow& from = rows[pick(groups)];
    CountRow& to = rows[pick(groups)];
    const std::size_t a = pick(answers), b = pick(answers);
    switch (pick(3)) {
      case 0:  // two groups exchange answers
        from.counts[a] -= amount, from.counts[b] += amount, to.counts[a] += amount, to.counts[b] -= amount;
        break;
      case 1:  // people move to another group
        from.counts[a] -= amount, from.base -= amount, to.counts[a] += amount, to.base += amount;
        break;
      default:  // people change answer, in the total too
        from.counts[a] -= amount, from.counts[b] += amount;
        moved.total->counts[a] -= amount, moved.total->counts[b] += amount;
    }
    const bool possible = std::ranges::all_of(rows, [](const CountRow& r) {
      return r.base >= 0 && std::ranges::all_of(r.counts, [](std::int64_t x) { return x >= 0; });
    });
    if (!possible || publish(moved, w) != printed) continue;
    now = moved;
    see(now);
  }
  return seen;
}

TEST(Attack, NoReaderRecoversAWithheldAnswerOfSeveral) {
  std::mt19937 random(15);
  for (int round = 0; round < 25; ++round) {
    QuestionTables t{.sensitive = true, .one_answer = true, .total = CountRow{0, {0, 0, 0}}, .breakdowns = {{}}};
    for (int g = 0; g < 3; ++g) {
      CountRow row{0, {}};
      for (int a = 0; a < 3; ++a) row.counts.push_back(static_cast<std::int64_t>(random() % (a == 0 ? 8 : 30)));
      for (std::size_t a = 0; a < 3; ++a) {
        row.base += row.counts[a];
        t.total->counts[a] += row.counts[a];
      }
      t.total->base += row.base;
      t.breakdowns[0].push_back(row);
    }
    const WithheldTables w = withhold(t);
    if (!w.any()) continue;
    const auto seen = attack_by_moves(t, w, random);
    SCOPED_TRACE(describe(t, w));
    for (std::size_t g = 0; g < 3; ++g) expect_not_recovered(seen[g], t.breakdowns[0][g], w.breakdowns[0][g], false);
    expect_not_recovered(seen[3], *t.total, *w.total, false);
  }
}

TEST(Attack, NothingIsWithheldFromSafeTables) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    QuestionTables t{.sensitive = true, .one_answer = round % 2 == 0, .total = CountRow{0, {0, 0}}, .breakdowns = {{}}};
    for (int g = 0; g < 4; ++g) {
      const auto x = static_cast<std::int64_t>(5 + random() % 40), y = static_cast<std::int64_t>(5 + random() % 40);
      t.breakdowns[0].push_back({x + y, {x, y}});
      t.total->base += x + y;
      t.total->counts[0] += x;
      t.total->counts[1] += y;
    }
    EXPECT_FALSE(withhold(t).any());
  }
}

}  // namespace enkat::disclosure_test
