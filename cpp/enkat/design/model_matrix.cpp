#include "enkat/design/model_matrix.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "enkat/basics/record_bytes.hpp"
#include "enkat/design/crossing.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {
namespace {

using Category = ModelMatrix::Category;
using Term = ModelMatrix::Term;

constexpr std::size_t most_columns = 1 << 16;

/// Where the values of a category are, in a survey or a part of it.
void find_values(Category& category, const Survey& survey) {
  const Question* question = survey.question(category.variable);
  if (question != nullptr) category.answers = survey.answers(category.variable);
  if (question == nullptr || !question->has_levels())
    category.labels = survey.labels(question != nullptr ? question->column : category.variable);
}

Category category_of(const Survey& survey, const std::string& variable) {
  Category category;
  category.variable = variable;
  find_values(category, survey);
  if (category.labels) {
    for (const Label& label : category.labels->label) category.values.push_back(label.text);
  } else {
    for (const Option& option : category.answers->question().options) category.values.push_back(option.name);
  }
  return category;
}

bool is_category(const Survey& survey, const std::string& variable, const std::string& purpose) {
  if (const Question* question = survey.question(variable)) {
    if (question->takes_several())
      throw DesignError(purpose + ".multiple_question",
                        "'" + variable +
                            "' is a question with several answers per person: use each of its options as a column of "
                            "0 and 1 instead",
                        {{"question", variable}});
    return question->type == QuestionType::single || question->type == QuestionType::text;
  }
  const Column& column = survey.table().column(variable);
  return column.is_text() || column.type() == ColumnType::boolean;
}

bool any_missing(const Answers& answers) { return answers.counts()[0] != static_cast<std::int64_t>(answers.rows()); }

/// Gives every combination of levels its column.
void number_levels(Term& term, Coding coding) {
  std::size_t columns = 1;
  for (std::size_t v = 0; v < term.crossed.size(); ++v) {
    Category& next = term.crossed[coding == Coding::treatment ? v : term.crossed.size() - 1 - v];
    next.stride = columns;
    columns *= next.width();
  }
  for (std::size_t k = 0; k < columns; ++k) {
    std::vector<std::string> values;
    for (const Category& of : term.crossed) values.push_back(of.values[of.references + k / of.stride % of.width()]);
    term.levels.push_back(crossing_name(values));
  }
}

/// What a level adds to the place of its row among the columns of the term.
std::int32_t place_of(const Category& category, std::int32_t level) {
  const std::int32_t place = level - static_cast<std::int32_t>(category.references);
  if (level < 0) return ModelRows::missing;
  return place < 0 ? ModelRows::reference : place * static_cast<std::int32_t>(category.stride);
}

std::int32_t crossed_place(std::int32_t a, std::int32_t b) {
  if (a >= 0 && b >= 0) return a + b;
  return a == ModelRows::missing || b == ModelRows::missing ? ModelRows::missing : ModelRows::reference;
}

}  // namespace

bool ModelRows::complete(std::size_t row) const {
  return std::ranges::count(std::span(column).subspan(row * entries, entries), missing) == 0;
}

bool ModelMatrix::Category::any_missing() const {
  return (labels && labels->any_missing) || (answers && enkat::any_missing(*answers));
}

bool ModelMatrix::Number::any_missing() const { return enkat::any_missing(*answers); }

void ModelMatrix::Category::levels(Rows rows, std::span<std::int32_t> out) const {
  if (!labels) return answers->levels(rows.first, out);
  std::ranges::copy(std::span(labels->code).subspan(rows.first, rows.size()), out.begin());
  if (!answers || !enkat::any_missing(*answers)) return;
  std::array<std::uint8_t, block_rows> answered;  // codes of missing answers are no levels
  answers->answered(rows.first, std::span(answered).first(rows.size()));
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (answered[i] == 0) out[i] = -1;
}

void ModelMatrix::Term::levels_of(Rows rows, std::span<std::int32_t> out) const {
  // Places are levels: every row of a raked survey comes here for every margin.
  if (crossed.size() == 1 && crossed.front().references == 0) return crossed.front().levels(rows, out);
  std::ranges::fill(out, 0);
  std::array<std::int32_t, block_rows> level;
  for (const Category& category : crossed) {
    category.levels(rows, std::span(level).first(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) out[i] = crossed_place(out[i], place_of(category, level[i]));
  }
}

void ModelMatrix::Term::numbers_of(Rows rows, std::span<double> out) const {
  std::ranges::fill(out, 1);
  std::array<double, block_rows> number;
  for (const Number& of : numbers) {
    of.answers->numbers(rows.first, std::span(number).first(rows.size()));
    for (std::size_t i = 0; i < rows.size(); ++i) out[i] *= number[i];
  }
}

std::string ModelMatrix::Term::name() const { return is_intercept() ? "(Intercept)" : crossing_name(variables); }

ModelMatrix::ModelMatrix(const Survey& survey, const ModelFormula& formula)
    : formula_(formula), rows_(survey.sample().rows()), in_parts_(survey.in_parts()) {
  if (formula.coding == Coding::treatment)
    std::ranges::stable_sort(formula_.terms, {}, [](const ModelTerm& term) { return term.variables.size(); });
  if (formula.intercept) add(survey, {});
  for (const ModelTerm& term : formula_.terms) add(survey, term);
}

void ModelMatrix::add(const Survey& survey, const ModelTerm& wanted) {
  Term term;
  term.variables = wanted.variables;
  term.first_column = columns();
  std::size_t width = 1;
  double largest = 1;
  for (const std::string& variable : wanted.variables) {
    if (!is_category(survey, variable, formula_.purpose) && !wanted.levels) {
      const NumberRange& range = term.numbers.emplace_back(Number{variable, survey.numbers(variable)}).answers->range();
      largest *= std::max(std::abs(range.low), std::abs(range.high));
      continue;
    }
    Category& category = term.crossed.emplace_back(category_of(survey, variable));
    category.references = !category.values.empty() && has_reference(term, variable) ? 1 : 0;
    width *= category.width();
    if (width > most_columns)
      throw DesignError(formula_.purpose + ".too_many_levels",
                        "'" + crossing_name(term.variables) + "' has more than " + std::to_string(most_columns) +
                            " levels: group them, or is '" + variable + "' meant as a number?",
                        {{"variables", term.variables}});
  }
  if (term.is_category()) {
    number_levels(term, formula_.coding);
    for (const std::string& level : term.levels) names_.push_back(term.name() + ":" + level);
  } else {
    names_.push_back(term.name());
  }
  bounds_.resize(columns(), largest);
  terms_.push_back(std::move(term));
}

/// Chambers & Hastie (1992), Statistical Models in S, p. 38: the first level of a category in a term is a sum of
/// columns that are there already if an earlier term has all its other variables.
bool ModelMatrix::has_reference(const Term& term, const std::string& variable) const {
  if (formula_.coding == Coding::all_levels) return false;
  const bool first = term.crossed.size() == 1 && std::ranges::none_of(terms_, &Term::is_category);
  if (first && !formula_.intercept) return false;
  const auto has_the_others = [&](const Term& earlier) {
    return std::ranges::all_of(term.variables, [&](const std::string& other) {
      return other == variable || std::ranges::find(earlier.variables, other) != earlier.variables.end();
    });
  };
  return term.variables.size() == 1 || std::ranges::any_of(terms_, has_the_others);
}

ModelMatrix ModelMatrix::on(const Survey& part) const {
  ModelMatrix here = *this;
  here.rows_ = part.rows();
  here.in_parts_ = false;
  for (Term& term : here.terms_) {
    for (Category& category : term.crossed) find_values(category, part);
    for (Number& number : term.numbers) number.answers = part.numbers(number.variable);
  }
  return here;
}

// Categories are said to be some: a part without a value in a column does not tell that it holds texts.
void ModelMatrix::write(ByteWriter& out) const {
  ModelFormula formula = formula_;
  for (std::size_t t = 0; t < formula.terms.size(); ++t)
    formula.terms[t].levels = terms_[t + (formula.intercept ? 1 : 0)].numbers.empty();
  put_value(out, formula);
}

ModelMatrix ModelMatrix::read(ByteReader& in, const Survey& survey) { return {survey, get_value<ModelFormula>(in)}; }

void ModelMatrix::observe(Rows rows, ModelRows& out) const {
  out.entries = terms_.size();
  out.column.resize(rows.size() * out.entries);
  out.value.resize(rows.size() * out.entries);
  std::vector<std::int32_t> level(rows.size());
  std::vector<double> number(rows.size());
  for (std::size_t t = 0; t < terms_.size(); ++t) {
    const Term& term = terms_[t];
    const auto column = static_cast<std::int32_t>(term.first_column);
    term.levels_of(rows, level);
    term.numbers_of(rows, number);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::size_t at = i * out.entries + t;
      const std::int32_t place = std::isnan(number[i]) ? ModelRows::missing : level[i];
      out.column[at] = place < 0 ? place : column + place;
      out.value[at] = place < 0 ? 0 : number[i];
    }
  }
}

Reads reads_of(const Survey& survey, const ModelFormula& formula) {
  Reads reads;
  for (const ModelTerm& term : formula.terms) {
    for (const std::string& variable : term.variables) {
      const Question* question = survey.question(variable);
      if (!is_category(survey, variable, formula.purpose) && !term.levels) {
        reads.numbers.push_back(variable);
      } else {
        reads.answers.push_back(variable);
        if (question != nullptr && !question->has_levels()) reads.by.push_back(question->column);
      }
    }
  }
  return reads;
}

}  // namespace enkat
