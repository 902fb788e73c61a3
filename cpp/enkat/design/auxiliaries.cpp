#include "enkat/design/auxiliaries.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "enkat/basics/record_bytes.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {
namespace {

constexpr std::size_t most_columns = 1 << 16;

Auxiliaries::Category category_of(const Survey& survey, const std::string& variable) {
  Auxiliaries::Category category;
  const Question* question = survey.question(variable);
  if (question != nullptr) category.answers = survey.answers(variable);
  if (question != nullptr && question->has_levels()) {
    for (const Option& option : question->options) category.values.push_back(option.name);
    return category;
  }
  category.labels = survey.labels(question != nullptr ? question->column : variable);
  for (const Label& label : category.labels->label) category.values.push_back(label.text);
  return category;
}

bool is_category(const Survey& survey, const std::string& variable) {
  if (const Question* question = survey.question(variable)) {
    if (question->takes_several())
      throw DesignError("calibrate.multiple_question",
                        "'" + variable +
                            "' is a question with several answers per person: calibrate on each of its "
                            "options as a column of 0 and 1",
                        {{"question", variable}});
    return question->type == QuestionType::single || question->type == QuestionType::text;
  }
  const Column& column = survey.table().column(variable);
  return column.is_text() || column.type() == ColumnType::boolean;
}

bool any_missing(const Answers& answers) { return answers.counts()[0] != static_cast<std::int64_t>(answers.rows()); }

void cross(Auxiliaries::Term& term, const std::string& variable, Auxiliaries::Category category) {
  if (term.crossed.empty()) {
    term.levels = category.values;
  } else {
    std::vector<std::string> levels;
    for (const std::string& before : term.levels)
      for (const std::string& value : category.values) levels.push_back(before + ":" + value);
    term.levels = std::move(levels);
  }
  if (term.levels.size() > most_columns)
    throw DesignError("calibrate.too_many_levels",
                      "'" + crossing_name(term.variables) + "' has more than " + std::to_string(most_columns) +
                          " levels: group them, or is '" + variable + "' meant as a number?",
                      {{"variables", term.variables}});
  term.crossed.push_back(std::move(category));
}

}  // namespace

bool Auxiliaries::Category::any_missing() const {
  return (labels && labels->any_missing) || (answers && enkat::any_missing(*answers));
}

void Auxiliaries::Category::levels(Rows rows, std::span<std::int32_t> out) const {
  if (!labels) return answers->levels(rows.first, out);
  std::ranges::copy(std::span(labels->code).subspan(rows.first, rows.size()), out.begin());
  if (!answers || !enkat::any_missing(*answers)) return;
  std::array<std::uint8_t, block_rows> answered;  // codes of missing answers are no levels
  answers->answered(rows.first, std::span(answered).first(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (answered[i] == 0) out[i] = -1;
}

void Auxiliaries::Term::levels_of(Rows rows, std::span<std::int32_t> out) const {
  crossed.front().levels(rows, out);
  std::array<std::int32_t, block_rows> next;
  for (std::size_t v = 1; v < crossed.size(); ++v) {
    crossed[v].levels(rows, std::span(next).first(rows.size()));
    const auto width = static_cast<std::int32_t>(crossed[v].values.size());
    for (std::size_t i = 0; i < rows.size(); ++i) out[i] = out[i] < 0 || next[i] < 0 ? -1 : out[i] * width + next[i];
  }
}

std::string Auxiliaries::Term::name() const { return is_intercept() ? "(Intercept)" : crossing_name(variables); }

Auxiliaries::Auxiliaries(const Survey& survey, bool intercept, const std::vector<AuxiliaryTerm>& terms,
                         const std::optional<std::string>& unit)
    : rows_(survey.sample().rows()), in_parts_(survey.in_parts()) {
  if (intercept) terms_.emplace_back();
  for (const AuxiliaryTerm& wanted : terms) {
    Term& term = terms_.emplace_back();
    term.variables = wanted.variables;
    const bool crossed = wanted.variables.size() > 1;
    for (const std::string& variable : wanted.variables) {
      if (is_category(survey, variable) || wanted.levels) {
        cross(term, variable, category_of(survey, variable));
      } else if (crossed) {
        throw DesignError("calibrate.crossed_number",
                          "'" + variable + "' is a number in the crossing '" + crossing_name(wanted.variables) +
                              "': only categories can be crossed; group its values or give totals by its values",
                          {{"column", variable}});
      } else {
        term.number = survey.numbers(variable);
      }
    }
    if (term.is_category() && term.levels.empty())
      throw DesignError("calibrate.missing", "'" + crossing_name(term.variables) + "' has no value at all",
                        {{"column", crossing_name(term.variables)}, {"rows", rows_}});
  }

  std::set<std::string> seen;
  for (std::size_t t = 0; t < terms_.size(); ++t)
    for (std::size_t v = 0; v < terms_[t].variables.size(); ++v)
      if (seen.insert(terms_[t].variables[v]).second) variables_.push_back({terms_[t].variables[v], t, v});
  for (Term& term : terms_) {
    term.first_column = names_.size();
    double largest = 1;
    if (term.is_category()) {
      for (const std::string& level : term.levels) names_.push_back(term.name() + ":" + level);
    } else {
      names_.push_back(term.name());
    }
    if (term.is_number()) {
      const NumberRange& range = term.number->range();
      largest = std::max(std::abs(range.low), std::abs(range.high));
    }
    bounds_.insert(bounds_.end(), term.columns(), largest);
  }
  if (unit) {
    household_ = survey.labels(*unit);
    variables_.push_back({*unit, 0, 0, true});
  }
  if (in_parts_) return;
  refuse_missing(missing(survey));
  if (unit) average(survey);
}

std::shared_ptr<const Auxiliaries> Auxiliaries::on(const Survey& part) const {
  const auto here = std::make_shared<Auxiliaries>(*this);
  here->rows_ = part.rows();
  here->in_parts_ = false;
  for (Term& term : here->terms_) {
    for (std::size_t v = 0; v < term.crossed.size(); ++v) term.crossed[v] = category_of(part, term.variables[v]);
    if (term.is_number()) term.number = part.numbers(term.variables.front());
  }
  return here;
}

void Auxiliaries::write(ByteWriter& out) const {
  const bool intercept = !terms_.empty() && terms_.front().is_intercept();
  std::vector<AuxiliaryTerm> terms;
  for (const Term& term : terms_)
    if (!term.is_intercept()) terms.push_back({term.variables, term.is_category()});
  put_value(out, intercept);
  put_value(out, terms);
}

Auxiliaries Auxiliaries::read(ByteReader& in, const Survey& survey) {
  const bool intercept = get_value<bool>(in);
  return {survey, intercept, get_value<std::vector<AuxiliaryTerm>>(in)};
}

std::vector<std::int64_t> Auxiliaries::missing(const Survey& survey) const {
  std::vector<std::int64_t> counts;
  std::array<double, block_rows> weight;
  std::array<std::int32_t, block_rows> level;
  std::array<std::uint8_t, block_rows> answered;
  for (const Variable& variable : variables_) {
    std::int64_t& count = counts.emplace_back(0);
    const Term& term = terms_[variable.term];
    const bool number = !variable.household && term.is_number();
    if (number ? !any_missing(*term.number) : !variable.household && !term.crossed[variable.place].any_missing())
      continue;
    for (std::size_t first = 0; first < rows_; first += block_rows) {
      const Rows rows{first, std::min(rows_, first + block_rows)};
      const auto answers = std::span(answered).first(rows.size());
      survey.weights(rows, std::span(weight).first(rows.size()));
      if (number) {
        term.number->answered(rows.first, answers);
      } else {
        const auto levels = std::span(level).first(rows.size());
        if (variable.household) {
          std::ranges::copy(household(rows), levels.begin());
        } else {
          term.crossed[variable.place].levels(rows, levels);
        }
        for (std::size_t i = 0; i < rows.size(); ++i) answers[i] = levels[i] >= 0;
      }
      for (std::size_t i = 0; i < rows.size(); ++i) count += weight[i] != 0 && answers[i] == 0 ? 1 : 0;
    }
  }
  return counts;
}

void Auxiliaries::refuse_missing(std::span<const std::int64_t> missing) const {
  std::vector<Issue> issues;
  for (std::size_t v = 0; v < variables_.size(); ++v)
    if (missing[v] > 0)
      issues.push_back({"calibrate.missing",
                        "'" + variables_[v].name + "' is missing in " + std::to_string(missing[v]) +
                            " rows with weight: calibration needs a value for everybody; fill them in or make missing "
                            "a category of its own with its own total",
                        {{"column", variables_[v].name}, {"rows", missing[v]}}});
  refuse<DesignError>(issues);
}

void Auxiliaries::observe_terms(Rows rows, AuxiliaryRows& out) const {
  out.entries = terms_.size();
  out.column.resize(rows.size() * out.entries);
  out.value.resize(rows.size() * out.entries);
  std::vector<std::int32_t> level(rows.size());
  std::vector<double> number(rows.size());
  for (std::size_t t = 0; t < terms_.size(); ++t) {
    const Term& term = terms_[t];
    const auto column = static_cast<std::int32_t>(term.first_column);
    if (term.is_category()) term.levels_of(rows, level);
    if (term.is_number()) term.number->numbers(rows.first, number);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::size_t at = i * out.entries + t;
      const bool known = term.is_category() ? level[i] >= 0 : term.is_intercept() || !std::isnan(number[i]);
      out.column[at] = !known ? -1 : term.is_category() ? column + level[i] : column;
      out.value[at] = !known ? 0 : term.is_number() ? number[i] : 1;
    }
  }
}

void Auxiliaries::observe(Rows rows, AuxiliaryRows& out) const {
  if (!averaged()) return observe_terms(rows, out);
  const std::size_t p = columns();
  out.entries = p;
  out.column.resize(rows.size() * p);
  out.value.resize(rows.size() * p);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int32_t household = household_->code[rows.first + i];
    for (std::size_t j = 0; j < p; ++j) {
      out.column[i * p + j] = household < 0 ? -1 : static_cast<std::int32_t>(j);
      out.value[i * p + j] = household < 0 ? 0 : household_mean_[static_cast<std::size_t>(household) * p + j];
    }
  }
}

// The mean is weighted, so that totals of averaged x are totals of x also where weights differ in a household.
void Auxiliaries::average(const Survey& survey) {
  const std::size_t p = columns();
  own_counts_.assign(p, 0);
  std::vector<double> sum(households() * p, 0), size(households(), 0);
  std::array<double, block_rows> weight;
  AuxiliaryRows x;
  for (std::size_t first = 0; first < rows_; first += block_rows) {
    const Rows rows{first, std::min(rows_, first + block_rows)};
    survey.weights(rows, std::span(weight).first(rows.size()));
    observe_terms(rows, x);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (household_->code[first + i] < 0 || weight[i] == 0) continue;
      const auto household = static_cast<std::size_t>(household_->code[first + i]);
      size[household] += weight[i];
      for (std::size_t t = i * x.entries; t < (i + 1) * x.entries; ++t) {
        if (x.column[t] < 0) continue;
        const auto column = static_cast<std::size_t>(x.column[t]);
        sum[household * p + column] += weight[i] * x.value[t];
        ++own_counts_[column];
      }
    }
  }
  for (std::size_t h = 0; h < size.size(); ++h)
    for (std::size_t j = 0; j < p; ++j)
      if (size[h] != 0) sum[h * p + j] /= size[h];
  household_mean_ = std::move(sum);
}

Reads reads_of(const Survey& survey, const std::vector<AuxiliaryTerm>& terms) {
  Reads reads;
  for (const AuxiliaryTerm& term : terms) {
    for (const std::string& variable : term.variables) {
      const Question* question = survey.question(variable);
      if (!is_category(survey, variable) && !term.levels) {
        reads.numbers.push_back(variable);
      } else {
        reads.answers.push_back(variable);
        if (question != nullptr && !question->has_levels()) reads.by.push_back(question->column);
      }
    }
  }
  return reads;
}

std::string crossing_name(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : ":") + parts[i];
  return text;
}

std::vector<std::string> crossed_variables(const Survey& survey, const Written& written) {
  if (written.size() != 1) return written;
  const std::string& name = written.front();
  if (survey.question(name) != nullptr || survey.table().has(name)) return {name};
  std::vector<std::string> variables;
  for (std::size_t first = 0; first <= name.size();) {
    const std::size_t last = std::min(name.find(':', first), name.size());
    variables.push_back(name.substr(first, last - first));
    first = last + 1;
  }
  return variables;
}

std::optional<std::size_t> value_index(const Survey& survey, const std::string& variable,
                                       const std::vector<std::string>& values, const std::string& word) {
  const auto at = [&](const std::string& text) -> std::optional<std::size_t> {
    const auto found = std::ranges::find(values, text);
    if (found == values.end()) return std::nullopt;
    return static_cast<std::size_t>(found - values.begin());
  };
  if (const auto exact = at(word)) return exact;
  if (const Question* question = survey.question(variable); question != nullptr && question->has_levels()) {
    try {
      return question->option_index(word);
    } catch (const UsageError&) {
      return std::nullopt;
    }
  }
  if (const auto number = number_in(word)) return at(number_text(*number));
  return word == "TRUE" ? at("true") : word == "FALSE" ? at("false") : std::nullopt;
}

}  // namespace enkat
