#include "enkat/indicator/publish.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "enkat/basics/json.hpp"
#include "enkat/estimate/estimators.hpp"

namespace enkat {
namespace {

bool has_shares(const Indicator& indicator) {
  return indicator.estimator == Proportion::name || indicator.estimator == "ranking";
}

/// Tables of the same question among the same respondents are protected together.
std::string universe(const Indicator& indicator, bool with_where) {
  Json where = Json::array();
  if (with_where)
    for (const Condition& condition : indicator.where) where.push_back(condition.to_json());
  return Json::array({indicator.question, indicator.denominator, has_shares(indicator), where}).dump();
}

/// The table's groups with the counts of all answers, and for each row of the estimates its group and answer.
struct GroupedCounts {
  std::vector<CountRow> groups;
  struct Place {
    std::size_t group;
    std::size_t answer;
  };
  std::vector<Place> place_of_row;
};

GroupedCounts grouped(const Estimates& estimates) {
  GroupedCounts result;
  std::map<std::vector<std::string>, std::size_t> group_of;
  for (const Estimate& row : estimates.rows) {
    const auto [found, is_new] = group_of.try_emplace(row.by, result.groups.size());
    if (is_new) result.groups.push_back({row.n, {}});
    CountRow& group = result.groups[found->second];
    result.place_of_row.push_back({found->second, group.counts.size()});
    if (row.count) group.counts.push_back(*row.count);
  }
  return result;
}

/// Whether groups overlap, so that they do not share out the total.
bool overlapping(const Survey& survey, const Indicator& indicator) {
  return std::ranges::any_of(indicator.by, [&](const std::string& column) {
    const Question* question = survey.question(column);
    return question != nullptr && question->takes_several();
  });
}

CountRow everyone(const Survey& survey, Indicator indicator, Monitor& monitor) {
  indicator.by.clear();
  return grouped(compute(survey, indicator, monitor)).groups.front();
}

std::optional<std::int64_t> percent(const std::optional<double>& share) {
  if (!share) return std::nullopt;
  return std::llround(100 * *share);
}

PublishedRow published_row(const Survey& survey, const Indicator& indicator, const Estimate& row, Withheld base,
                           Withheld cell) {
  PublishedRow shown;
  shown.by = row.by;
  shown.answer = row.answer;
  if (base == Withheld::no) shown.base = row.n;
  const Withheld reason = base != Withheld::no ? base : cell;
  shown.withheld = code_of(reason);
  if (reason != Withheld::no) return shown;
  if (has_shares(indicator)) {
    shown.percent = survey.equal_weights() && row.n > 0 ? published_percent(*row.count, row.n) : percent(row.estimate);
    shown.low = percent(row.ci_low);
    shown.high = percent(row.ci_high);
    shown.rank = row.rank;
    shown.rank_low = row.rank_low;
    shown.rank_high = row.rank_high;
  } else {
    shown.value = row.estimate;
  }
  return shown;
}

/// One computed table with its counts by group, and for each group what is withheld, by any of its protections.
struct ProtectedTable {
  const ComputedIndicator* computed;
  GroupedCounts counts;
  std::vector<WithheldRow> withheld;

  /// Adds the reasons of one more protection; what is withheld once stays withheld.
  void withhold_too(std::size_t group, const WithheldRow& more) {
    WithheldRow& row = withheld[group];
    if (row.base == Withheld::no) row.base = more.base;
    row.cells.resize(more.cells.size(), Withheld::no);
    for (std::size_t i = 0; i < more.cells.size(); ++i)
      if (row.cells[i] == Withheld::no) row.cells[i] = more.cells[i];
  }
};

/// The tables of one question: those of everyone, breakdowns that share out the total, and tables whose groups stand
/// apart because they overlap or are among some respondents only.
struct Family {
  std::vector<ProtectedTable*> totals, together, apart;
};

void protect(const Survey& survey, const Family& family, Indicator everyone_of, Monitor& monitor) {
  const Question& question = survey.answers(everyone_of.question)->question();
  QuestionTables tables;
  tables.sensitive = question.sensitive;
  tables.one_answer = has_shares(everyone_of) && !question.takes_several();
  tables.total = everyone(survey, std::move(everyone_of), monitor);
  for (const ProtectedTable* table : family.together) tables.breakdowns.push_back(table->counts.groups);
  for (const ProtectedTable* table : family.apart)
    for (const CountRow& group : table->counts.groups) tables.breakdowns.push_back({group});
  const WithheldTables withheld = withhold(tables);
  for (ProtectedTable* table : family.totals) table->withhold_too(0, *withheld.total);
  std::size_t next = 0;
  for (ProtectedTable* table : family.together) {
    for (std::size_t g = 0; g < table->counts.groups.size(); ++g) table->withhold_too(g, withheld.breakdowns[next][g]);
    ++next;
  }
  for (ProtectedTable* table : family.apart)
    for (std::size_t g = 0; g < table->counts.groups.size(); ++g)
      table->withhold_too(g, withheld.breakdowns[next++][0]);
}

}  // namespace

std::vector<ComputedIndicator> compute_all(const Survey& survey, const std::vector<Indicator>& indicators,
                                           Monitor& monitor) {
  std::vector<ComputedIndicator> computed;
  for (const Indicator& indicator : indicators)
    computed.push_back({indicator, compute(survey, indicator, monitor), {}});

  std::vector<ProtectedTable> tables;
  for (const ComputedIndicator& result : computed) {
    ProtectedTable table{&result, grouped(result.estimates), {}};
    table.withheld.resize(table.counts.groups.size());
    tables.push_back(std::move(table));
  }
  // Each table is protected among its own respondents, and tables among some respondents as parts of all of them.
  for (const bool with_where : {true, false}) {
    std::map<std::string, std::vector<ProtectedTable*>> families;
    for (ProtectedTable& table : tables) families[universe(table.computed->indicator, with_where)].push_back(&table);
    for (const auto& [name, members] : families) {
      Indicator all = members.front()->computed->indicator;
      if (!with_where) all.where.clear();
      Family family;
      for (ProtectedTable* member : members) {
        const Indicator& indicator = member->computed->indicator;
        const bool part = !with_where && !indicator.where.empty();
        auto& kind = part || overlapping(survey, indicator) ? family.apart
                     : indicator.by.empty()                 ? family.totals
                                                            : family.together;
        kind.push_back(member);
      }
      protect(survey, family, std::move(all), monitor);
    }
  }

  for (std::size_t t = 0; t < tables.size(); ++t) {
    ComputedIndicator& result = computed[t];
    const Question& question = survey.answers(result.indicator.question)->question();
    for (std::size_t r = 0; r < result.estimates.rows.size(); ++r) {
      const Estimate& row = result.estimates.rows[r];
      if (!result.indicator.answers.empty() && row.answer) {
        const bool wanted = std::ranges::any_of(result.indicator.answers, [&](const std::string& answer) {
          return question.options[question.option_index(answer)].name == *row.answer;
        });
        if (!wanted) continue;
      }
      const auto [group, answer] = tables[t].counts.place_of_row[r];
      const WithheldRow& rule = tables[t].withheld[group];
      const Withheld cell = row.answer ? rule.cells[answer] : Withheld::no;
      result.published.push_back(published_row(survey, result.indicator, row, rule.base, cell));
    }
  }
  return computed;
}

}  // namespace enkat
