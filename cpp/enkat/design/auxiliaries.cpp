#include "enkat/design/auxiliaries.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "enkat/design/survey.hpp"

namespace enkat {
namespace {

constexpr std::size_t most_columns = 1 << 16;

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ":") + part;
  return text;
}

/// A variable as levels of every row, −1 where missing.
struct Category {
  std::vector<std::string> values;
  std::vector<std::int32_t> level;
};

Category category_of(const Survey& survey, const std::string& variable) {
  Category category;
  category.level.resize(survey.rows());
  const Question* question = survey.question(variable);
  if (question != nullptr && question->has_levels()) {
    for (const Option& option : question->options) category.values.push_back(option.name);
    survey.answers(variable)->levels(0, category.level);
    return category;
  }
  const auto labels = survey.labels(question != nullptr ? question->column : variable);
  for (const Label& label : labels->label) category.values.push_back(label.text);
  category.level = labels->code;
  if (question != nullptr) {  // codes of missing answers are no levels
    std::vector<std::uint8_t> answered(survey.rows());
    survey.answers(variable)->answered(0, answered);
    for (std::size_t i = 0; i < answered.size(); ++i)
      if (answered[i] == 0) category.level[i] = -1;
  }
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

/// Counts rows with weight whose value is missing, once for each column.
class MissingValues {
 public:
  explicit MissingValues(std::span<const double> weight) : weight_(weight) {}

  template <class IsMissing>
  void check(const std::string& column, const IsMissing& missing) {
    if (!seen_.insert(column).second) return;
    std::size_t rows = 0;
    for (std::size_t i = 0; i < weight_.size(); ++i) rows += weight_[i] > 0 && missing(i) ? 1 : 0;
    if (rows > 0)
      issues.push_back({"calibrate.missing",
                        "'" + column + "' is missing in " + std::to_string(rows) +
                            " rows with weight: calibration needs a value for everybody; fill them in or make missing "
                            "a category of its own with its own total",
                        {{"column", column}, {"rows", rows}}});
  }

  std::vector<Issue> issues;

 private:
  std::span<const double> weight_;
  std::set<std::string> seen_;
};

void cross(Auxiliaries::Term& term, const std::string& variable, Category category) {
  const auto width = static_cast<std::int32_t>(category.values.size());
  if (term.values.empty()) {
    term.level = std::move(category.level);
    term.levels = category.values;
  } else {
    std::vector<std::string> levels;
    for (const std::string& before : term.levels)
      for (const std::string& value : category.values) levels.push_back(before + ":" + value);
    term.levels = std::move(levels);
    for (std::size_t i = 0; i < term.level.size(); ++i)
      term.level[i] = term.level[i] < 0 || category.level[i] < 0 ? -1 : term.level[i] * width + category.level[i];
  }
  if (term.levels.size() > most_columns)
    throw DesignError("calibrate.too_many_levels",
                      "'" + joined(term.variables) + "' has more than " + std::to_string(most_columns) +
                          " levels: group them, or is '" + variable + "' meant as a number?",
                      {{"variables", term.variables}});
  term.values.push_back(std::move(category.values));
}

}  // namespace

std::string Auxiliaries::Term::name() const { return is_intercept() ? "(Intercept)" : joined(variables); }

Auxiliaries::Auxiliaries(const Survey& survey, bool intercept, const std::vector<AuxiliaryTerm>& terms,
                         const std::optional<std::string>& unit)
    : rows_(survey.rows()) {
  std::vector<double> weight(survey.rows());
  survey.weights({0, survey.rows()}, weight);
  MissingValues missing(weight);
  if (intercept) terms_.emplace_back();
  for (const AuxiliaryTerm& wanted : terms) {
    Term& term = terms_.emplace_back();
    term.variables = wanted.variables;
    const bool crossed = wanted.variables.size() > 1;
    for (const std::string& variable : wanted.variables) {
      if (is_category(survey, variable) || wanted.levels) {
        Category category = category_of(survey, variable);
        missing.check(variable, [&](std::size_t i) { return category.level[i] < 0; });
        cross(term, variable, std::move(category));
      } else if (crossed) {
        throw DesignError("calibrate.crossed_number",
                          "'" + variable + "' is a number in the crossing '" + joined(wanted.variables) +
                              "': only categories can be crossed; group its values or give totals by its values",
                          {{"column", variable}});
      } else {
        term.number.resize(survey.rows());
        survey.numbers(variable)->numbers(0, term.number);
        missing.check(variable, [&](std::size_t i) { return std::isnan(term.number[i]); });
      }
    }
    if (!term.values.empty() && term.levels.empty())
      throw DesignError("calibrate.missing", "'" + joined(term.variables) + "' has no value at all",
                        {{"column", joined(term.variables)}, {"rows", survey.rows()}});
  }

  for (Term& term : terms_) {
    term.first_column = names_.size();
    std::vector<std::size_t> rows(term.columns(), 0);
    double largest = 1;
    if (term.is_category()) {
      for (const std::string& level : term.levels) names_.push_back(term.name() + ":" + level);
      for (std::size_t i = 0; i < weight.size(); ++i)
        if (weight[i] > 0 && term.level[i] >= 0) ++rows[static_cast<std::size_t>(term.level[i])];
    } else {
      names_.push_back(term.name());
      rows[0] = static_cast<std::size_t>(std::ranges::count_if(weight, [](double w) { return w > 0; }));
      largest = 0;
      for (const double x : term.number) largest = std::max(largest, std::isnan(x) ? 0 : std::abs(x));
      if (term.is_intercept()) largest = 1;
    }
    counts_.insert(counts_.end(), rows.begin(), rows.end());
    bounds_.insert(bounds_.end(), rows.size(), largest);
  }
  if (unit) average(survey, *unit, weight, missing.issues);
  refuse<DesignError>(missing.issues);
}

bool Auxiliaries::only_levels() const {
  return household_.empty() && std::ranges::all_of(terms_, [](const Term& t) { return t.number.empty(); });
}

void Auxiliaries::observe_terms(Rows rows, AuxiliaryRows& out) const {
  out.entries = terms_.size();
  out.column.resize(rows.size() * out.entries);
  out.value.resize(rows.size() * out.entries);
  for (std::size_t t = 0; t < terms_.size(); ++t) {
    const Term& term = terms_[t];
    const auto column = static_cast<std::int32_t>(term.first_column);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::size_t row = rows.first + i, at = i * out.entries + t;
      const bool known =
          term.is_category() ? term.level[row] >= 0 : term.is_intercept() || !std::isnan(term.number[row]);
      out.column[at] = !known ? -1 : term.is_category() ? column + term.level[row] : column;
      out.value[at] = !known ? 0 : term.number.empty() ? 1 : term.number[row];
    }
  }
}

void Auxiliaries::observe(Rows rows, AuxiliaryRows& out) const {
  if (household_.empty()) return observe_terms(rows, out);
  const std::size_t p = columns();
  out.entries = p;
  out.column.resize(rows.size() * p);
  out.value.resize(rows.size() * p);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int32_t household = household_[rows.first + i];
    for (std::size_t j = 0; j < p; ++j) {
      out.column[i * p + j] = household < 0 ? -1 : static_cast<std::int32_t>(j);
      out.value[i * p + j] = household < 0 ? 0 : household_mean_[static_cast<std::size_t>(household) * p + j];
    }
  }
}

// The mean is weighted, so that totals of averaged x are totals of x also where weights differ in a household.
void Auxiliaries::average(const Survey& survey, const std::string& unit, std::span<const double> weight,
                          std::vector<Issue>& issues) {
  const auto labels = survey.labels(unit);
  MissingValues missing(weight);
  missing.check(unit, [&](std::size_t i) { return labels->code[i] < 0; });
  issues.insert(issues.end(), missing.issues.begin(), missing.issues.end());
  const std::size_t p = columns();
  std::vector<double> sum(labels->size() * p, 0), size(labels->size(), 0);
  AuxiliaryRows x;
  for (std::size_t row = 0; row < survey.rows(); ++row) {
    if (labels->code[row] < 0 || !(weight[row] > 0)) continue;
    const auto household = static_cast<std::size_t>(labels->code[row]);
    observe_terms({row, row + 1}, x);
    size[household] += weight[row];
    for (std::size_t t = 0; t < x.entries; ++t)
      if (x.column[t] >= 0) sum[household * p + static_cast<std::size_t>(x.column[t])] += weight[row] * x.value[t];
  }
  for (std::size_t h = 0; h < size.size(); ++h)
    for (std::size_t j = 0; j < p; ++j)
      if (size[h] > 0) sum[h * p + j] /= size[h];
  household_ = labels->code;
  household_mean_ = std::move(sum);
}

std::vector<std::string> crossed_variables(const Survey& survey, const std::string& name) {
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
