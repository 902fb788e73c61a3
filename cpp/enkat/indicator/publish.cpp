#include "enkat/indicator/publish.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace enkat {
namespace {

bool has_shares(const Indicator& indicator) {
  return indicator.estimator == Proportion::name || indicator.estimator == "ranking";
}

/// Tables of the same question among the same respondents are protected together.
std::string universe(const Indicator& indicator) {
  Json where = Json::array();
  for (const Condition& condition : indicator.where) where.push_back({condition.column, condition.values});
  return Json::array({indicator.question, indicator.denominator, where}).dump();
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
    shown.percent =
        survey.sample().equal_weights() && row.n > 0 ? published_percent(*row.count, row.n) : percent(row.estimate);
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

}  // namespace

std::vector<ComputedIndicator> compute_all(const Survey& survey, const std::vector<Indicator>& indicators,
                                           Monitor& monitor) {
  std::vector<ComputedIndicator> computed;
  for (const Indicator& indicator : indicators)
    computed.push_back({indicator, compute(survey, indicator, monitor), {}});

  std::map<std::string, std::vector<std::size_t>> tables_of;
  for (std::size_t i = 0; i < computed.size(); ++i) tables_of[universe(computed[i].indicator)].push_back(i);
  for (const auto& [name, members] : tables_of) {
    const Indicator& first = computed[members.front()].indicator;
    const Question& question = survey.answers(first.question)->question();
    QuestionTables tables;
    tables.sensitive = question.sensitive;
    tables.one_answer = has_shares(first) && !question.takes_several();
    tables.total = everyone(survey, first, monitor);
    // For each table where its breakdowns begin: overlapping groups are breakdowns of their own.
    std::vector<std::size_t> begins;
    std::vector<GroupedCounts> counts;
    for (const std::size_t member : members) {
      counts.push_back(grouped(computed[member].estimates));
      begins.push_back(tables.breakdowns.size());
      if (computed[member].indicator.by.empty()) continue;
      if (overlapping(survey, computed[member].indicator)) {
        for (const CountRow& group : counts.back().groups) tables.breakdowns.push_back({group});
      } else {
        tables.breakdowns.push_back(counts.back().groups);
      }
    }
    const WithheldTables withheld = withhold(tables);
    for (std::size_t m = 0; m < members.size(); ++m) {
      ComputedIndicator& table = computed[members[m]];
      const bool apart = overlapping(survey, table.indicator);
      for (std::size_t r = 0; r < table.estimates.rows.size(); ++r) {
        const Estimate& row = table.estimates.rows[r];
        if (!table.indicator.answers.empty() && row.answer) {
          const bool wanted = std::ranges::any_of(table.indicator.answers, [&](const std::string& answer) {
            return question.options[question.option_index(answer)].name == *row.answer;
          });
          if (!wanted) continue;
        }
        const auto [group, answer] = counts[m].place_of_row[r];
        const WithheldRow& rule = table.indicator.by.empty() ? *withheld.total
                                  : apart                    ? withheld.breakdowns[begins[m] + group][0]
                                                             : withheld.breakdowns[begins[m]][group];
        const Withheld cell = row.answer ? rule.cells[answer] : Withheld::no;
        table.published.push_back(published_row(survey, table.indicator, row, rule.base, cell));
      }
    }
  }
  return computed;
}

}  // namespace enkat
