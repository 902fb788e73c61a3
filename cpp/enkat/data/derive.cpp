#include "enkat/data/derive.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "enkat/basics/breathe.hpp"
#include "enkat/codebook/derivation.hpp"
#include "enkat/data/labels.hpp"
#include "enkat/data/moment.hpp"
#include "enkat/data/recode.hpp"

namespace enkat {
namespace {

constexpr double seconds_per_day = 86'400;

/// The answers that a question of the codebook, or a column by itself, can have.
std::vector<Level> levels_of(const Table& table, const KnownColumns* known, const Codebook& codebook,
                             const std::string& name) {
  std::vector<Level> levels;
  if (const Question* asked = codebook.find(name)) {
    if (asked->has_levels())
      for (const Option& option : asked->options) levels.push_back({option.name, option.label});
    return levels;
  }
  const auto add = [&](const Labels& labels) {
    if (labels.size() > 1'000) return;
    for (const Label& label : labels.label) levels.push_back({label.text, {}});
  };
  if (known == nullptr) {
    add(Labels(table.column(name)));
  } else if (const auto found = known->labels->find(name); found != known->labels->end()) {
    add(*found->second);
  }
  return levels;
}

bool holds_dates(const Table& table, const Codebook& codebook, const std::string& name) {
  const auto found = codebook.find(name) != nullptr ? std::nullopt : row_name(table, name);
  return found && found->type == RowType::moment;
}

std::optional<std::array<double, 2>> days_of(const Table& table, const KnownColumns* known, const Codebook& codebook,
                                             const std::string& name) {
  if (!holds_dates(table, codebook, name)) return std::nullopt;
  const auto range = [&]() -> NumberRange {
    if (known != nullptr) {
      const auto found = known->range->find(name);
      return found == known->range->end() ? NumberRange() : found->second;
    }
    std::vector<double> seconds(table.rows());
    seconds_of(table.column(name), 0, seconds);
    RangeFinder finder;
    finder.add(seconds);
    return finder.range();
  }();
  if (!range.any) return std::nullopt;
  return std::array{std::floor(range.low / seconds_per_day), std::floor(range.high / seconds_per_day)};
}

}  // namespace

ColumnsToKnow to_derive(const Codebook& codebook, const Table& table) {
  ColumnsToKnow found;
  for (const Question& question : codebook.questions()) {
    if (!question.derived || !question.derived->made.empty()) continue;
    const Way way = question.derived->way;
    const bool of_numbers = way == Way::where || way == Way::number || way == Way::bands || way == Way::cuts;
    for (const std::string& name : question.derived->names) {
      const Column* column = codebook.find(name) == nullptr ? table.find(name) : nullptr;
      if (column == nullptr) continue;
      if (way == Way::dates) {
        if (holds_dates(table, codebook, name)) found.dates.push_back(name);
      } else if (column->is_text() || !of_numbers) {
        found.values.push_back(name);
      }
    }
  }
  return found;
}

Codebook with_derived(const Codebook& codebook, const Table& table, const KnownColumns* columns) {
  std::vector<Issue> problems;
  std::set<std::string> refused_names;  // what depends on them is not refused again
  const auto depends_on_refused = [&](const Question& question) {
    return std::ranges::any_of(question.depends_on(),
                               [&](const std::string& name) { return refused_names.contains(name); });
  };
  const auto refused = [&](const Question& question, const Error& error) {
    Context context = error.context;
    context.set("question", question.name);
    refused_names.insert(question.name);
    const bool unknown = error.code == "data.unknown_column";  // of the codebook, not of a call
    problems.push_back({unknown ? "codebook.unknown_question" : error.code,
                        "question '" + question.name + "': " + error.what(), std::move(context)});
  };
  std::vector<Question> ready;  // what is derived may be made from what was derived before it
  Codebook known = codebook.without_derived();
  for (const Question& asked : codebook.questions()) {
    Question question = asked;
    try {
      if (question.derived && question.derived->made.empty() && !depends_on_refused(question))
        resolve_derivation(question, {row_names(table, known),
                                      [&](const std::string& name) { return levels_of(table, columns, known, name); },
                                      [&](const std::string& name) { return days_of(table, columns, known, name); }});
    } catch (const Error& error) {
      refused(question, error);
    }
    if (question.derived) known.add(question);
    ready.push_back(std::move(question));
  }
  for (const Question& question : ready) {
    if (!question.asked_if || !question.asked_if->where || depends_on_refused(question)) continue;
    try {
      check_condition(*question.asked_if->where, row_names(table, known));
    } catch (const Error& error) {
      refused(question, error);
    }
  }
  refuse<CodebookError>(problems);
  return codebook.with(std::move(ready));
}

RowSources row_sources(const Table& table, const Codebook& codebook) {
  return {&table,
          [&](const std::string& name) -> std::shared_ptr<const Answers> {
            const Question* asked = codebook.find(name);
            std::vector<Issue> reported_with_question;
            if (asked == nullptr) return nullptr;
            return std::make_shared<const Answers>(recode(table, codebook, *asked, reported_with_question));
          },
          [&](const std::string& name) {
            return std::make_shared<const Answers>(recode(table, codebook, infer_number(table.column(name), name)));
          }};
}

Answers::Cells derived_cells(const Table& table, const Codebook& codebook, const Question& question) {
  const RowSources found = row_sources(table, codebook);
  std::map<std::string, std::shared_ptr<const Answers>> read;  // each source once, for all options
  const auto once = [&](const auto& make) {
    return [&read, &make](const std::string& name) {
      std::shared_ptr<const Answers>& known = read[name];
      if (!known) known = make(name);
      return known;
    };
  };
  const RowSources sources{&table, once(found.answers), once(found.numbers)};
  std::vector<RowTruth> made;
  for (const RowExpression& expression : question.derived->made) made.emplace_back(expression, sources);

  Answers::Cells cells;
  cells.reason.assign(table.rows(), MissingReason::answered);
  const auto why = [&](std::size_t row) {
    const MissingReason reason = made.front().reason(row);
    return reason == MissingReason::answered ? MissingReason::outside : reason;
  };
  if (question.type == QuestionType::number) {
    cells.number.resize(table.rows());
    for (std::size_t first = 0; first < table.rows(); first += block_rows) {
      breathe();
      const Rows rows{first, std::min(table.rows(), first + block_rows)};
      made.front().evaluate(rows, std::span(cells.number).subspan(first, rows.size()));
    }
    for (std::size_t row = 0; row < table.rows(); ++row)
      if (std::isnan(cells.number[row])) cells.reason[row] = why(row);
    return cells;
  }
  cells.level.assign(table.rows(), -1);
  std::array<Truth, block_rows> holds;
  for (std::size_t first = 0; first < table.rows(); first += block_rows) {
    breathe();
    const Rows rows{first, std::min(table.rows(), first + block_rows)};
    for (std::size_t option = 0; option < made.size(); ++option) {
      made[option].evaluate(rows, std::span(holds).first(rows.size()));
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (holds[i] == Truth::yes && cells.level[first + i] < 0)
          cells.level[first + i] = static_cast<std::int16_t>(option);
    }
  }
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (cells.level[row] < 0) cells.reason[row] = why(row);
  return cells;
}

}  // namespace enkat
