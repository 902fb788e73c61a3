#include "enkat/estimate/rank.hpp"

#include <algorithm>
#include <map>

#include "enkat/basics/record_bytes.hpp"
#include "enkat/design/pass.hpp"
#include "enkat/statistic/grouping.hpp"
#include "enkat/statistic/proportion.hpp"

namespace enkat {
namespace {

/// Discordant counts of one or more groups, added up over rows. Mergeable and portable.
struct PairCounts {
  std::vector<std::int64_t> count;
  PairCounts& operator+=(const PairCounts& other) {
    for (std::size_t i = 0; i < count.size(); ++i) count[i] += other.count[i];
    return *this;
  }
  void write(ByteWriter& out) const { out.put(count); }
  PairCounts read(ByteReader& in) const { return {in.list_of<std::int64_t>(count.size())}; }
};

/// In every (cell, combination) of groups, who ticked one option of a question and not another.
struct DiscordantPass {
  using State = PairCounts;
  static constexpr std::string_view name = "discordant answers";
  std::string question;
  std::vector<std::size_t> options;
  std::vector<std::string> by;

  State empty(const Survey& all) const {
    const Grouping grouping(all, by);
    return {std::vector<std::int64_t>(grouping.cells() * grouping.overlaps() * options.size() * options.size())};
  }
  void observe(const Survey& part, State& counts, Monitor& monitor) const {
    const Grouping grouping(part, by);
    const auto answers = part.answers(question);
    reduce_into(
        counts, part.rows(), [&] { return empty(part); },
        [&](Rows rows, State& seen) { see(grouping, *answers, rows, seen); }, monitor);
  }
  void see(const Grouping& grouping, const Answers& answers, Rows rows, State& counts) const {
    const std::size_t n = rows.size(), k = options.size();
    std::vector<std::uint8_t> ticked(k * n), member(n);
    std::vector<std::int32_t> cell(n);
    grouping.cells_of(rows, cell);
    for (std::size_t j = 0; j < k; ++j) answers.ticked(options[j], rows.first, std::span(ticked).subspan(j * n, n));
    for (std::size_t overlap = 0; overlap < grouping.overlaps(); ++overlap) {
      grouping.overlap(overlap, rows, member);
      for (std::size_t i = 0; i < n; ++i) {
        if (cell[i] < 0 || member[i] == 0) continue;
        std::int64_t* pair =
            counts.count.data() + (static_cast<std::size_t>(cell[i]) * grouping.overlaps() + overlap) * k * k;
        for (std::size_t a = 0; a < k; ++a) {
          if (ticked[a * n + i] == 0) continue;
          for (std::size_t b = 0; b < k; ++b) pair[a * k + b] += ticked[b * n + i] == 0 ? 1 : 0;
        }
      }
    }
  }
  void write(ByteWriter& out) const {
    put_value(out, question);
    put_value(out, options);
    put_value(out, by);
  }
  static DiscordantPass read(ByteReader& in, const Survey&) {
    DiscordantPass pass;
    pass.question = get_value<std::string>(in);
    pass.options = get_value<std::vector<std::size_t>>(in);
    pass.by = get_value<std::vector<std::string>>(in);
    return pass;
  }
};
const KnownPass<DiscordantPass> discordant_pass;

/// Discordant counts in every group, of a survey that is ready to read the question and the groups.
std::vector<DiscordantCounts> discordant_by_group(const Survey& survey, const DiscordantPass& pass, Monitor& monitor) {
  const std::size_t k = pass.options.size();
  const Grouping grouping(survey, pass.by);
  const PairCounts sum = run_pass(survey, pass, monitor);
  std::vector<DiscordantCounts> result(grouping.cells() * grouping.overlaps(),
                                       DiscordantCounts(k, std::vector<std::int64_t>(k)));
  for (std::size_t g = 0; g < result.size(); ++g)
    for (std::size_t a = 0; a < k; ++a)
      for (std::size_t b = 0; b < k; ++b) result[g][a][b] = sum.count[(g * k + a) * k + b];
  return result;
}

}  // namespace

std::vector<std::size_t> ranked_options(const Question& question) {
  std::vector<std::size_t> options;
  for (std::size_t i = 0; i < question.options.size(); ++i)
    if (!question.options[i].other && !question.options[i].exclusive) options.push_back(i);
  return options;
}

bool independent_with_equal_weights(const Survey& survey) {
  const Sample& sample = survey.sample();
  return sample.rows_are_psus() && sample.strata().size() == 1 && sample.stages().size() == 1 && !sample.two_phases() &&
         survey.equal_weights() && !survey.replicates();
}

void need_simple_design(const Survey& survey) {
  if (independent_with_equal_weights(survey)) return;
  throw EstimateError("estimate.ranking_design",
                      "joint rank sets are exact tests of respondents drawn independently with equal weights; this "
                      "design has weights, strata or clusters: use proportion() and compare the shares");
}

DiscordantCounts discordant_counts(const Survey& survey, const std::string& question,
                                   const std::vector<std::size_t>& options, Monitor& monitor) {
  return discordant_by_group(survey.reading({{}, {question}, {}}, monitor), {question, options, {}}, monitor)[0];
}

Estimates rank(const Survey& survey, const std::string& question, const std::vector<std::string>& by, double level,
               IntervalMethod interval, Monitor& monitor) {
  need_simple_design(survey);
  const Survey ready = survey.reading({{}, {question}, by}, monitor);
  const auto answers = ready.answers(question);
  if (answers->question().type == QuestionType::scale)
    throw EstimateError("estimate.ranking_scale",
                        "'" + question + "' is a scale: its answers have an order of their own; use proportion()",
                        {{"question", question}});
  EstimateRequest request;
  request.estimator = Proportion::name;
  request.variables = {question};
  request.by = by;
  request.level = level;
  request.interval = interval;
  Estimates result = estimate(survey, request, monitor);
  result.ranked = true;

  const std::vector<std::size_t> options = ranked_options(answers->question());
  const Grouping grouping(ready, by);
  const std::vector<DiscordantCounts> discordant = discordant_by_group(ready, {question, options, by}, monitor);
  std::map<std::size_t, std::vector<RankRow>> ranks;  // of groups
  for (Estimate& row : result.rows) {
    const auto place = std::ranges::find(options, row.key.answer);
    if (!row.estimate || place == options.end()) continue;
    const std::size_t group = row.key.cell * grouping.overlaps() + row.key.overlap;
    if (!ranks.contains(group)) ranks[group] = rank_sets(discordant[group], level);
    const RankRow& of = ranks[group][static_cast<std::size_t>(place - options.begin())];
    row.rank = of.rank;
    row.rank_low = of.rank_low;
    row.rank_high = of.rank_high;
  }
  return result;
}

}  // namespace enkat
