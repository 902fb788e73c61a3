#include "enkat/design/auxiliaries.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "enkat/design/crossing.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {
namespace {

ModelFormula formula_of(bool intercept, const std::vector<ModelTerm>& terms) {
  return {intercept, terms, Coding::all_levels, "calibrate"};
}

void refuse_terms(const ModelMatrix& matrix) {
  for (const ModelMatrix::Term& term : matrix.terms()) {
    if (term.variables.size() > 1 && !term.numbers.empty())
      throw DesignError("calibrate.crossed_number",
                        "'" + term.numbers.front().variable + "' is a number in the crossing '" + term.name() +
                            "': only categories can be crossed; group its values or give totals by its values",
                        {{"column", term.numbers.front().variable}});
    if (term.is_category() && term.levels.empty())
      throw DesignError("calibrate.missing", "'" + term.name() + "' has no value at all",
                        {{"column", term.name()}, {"rows", matrix.rows()}});
  }
}

}  // namespace

Auxiliaries::Auxiliaries(const Survey& survey, bool intercept, const std::vector<ModelTerm>& terms,
                         const std::optional<std::string>& unit)
    : Auxiliaries(survey, ModelMatrix(survey, formula_of(intercept, terms)), unit) {}

Auxiliaries::Auxiliaries(const Survey& survey, ModelMatrix matrix, const std::optional<std::string>& unit)
    : matrix_(std::move(matrix)) {
  refuse_terms(matrix_);
  std::set<std::string> seen;
  for (std::size_t t = 0; t < terms().size(); ++t)
    for (std::size_t v = 0; v < terms()[t].variables.size(); ++v)
      if (seen.insert(terms()[t].variables[v]).second) variables_.push_back({terms()[t].variables[v], t, v});
  if (unit) {
    household_ = survey.labels(*unit);
    variables_.push_back({*unit, 0, 0, true});
  }
  if (in_parts()) return;
  refuse_missing(missing(survey));
  if (unit) average(survey);
}

std::shared_ptr<const Auxiliaries> Auxiliaries::on(const Survey& part) const {
  const auto here = std::make_shared<Auxiliaries>(*this);
  here->matrix_ = matrix_.on(part);
  return here;
}

std::vector<std::int64_t> Auxiliaries::missing(const Survey& survey) const {
  std::vector<std::int64_t> counts;
  std::array<double, block_rows> weight;
  std::array<std::int32_t, block_rows> level;
  std::array<std::uint8_t, block_rows> answered;
  for (const Variable& variable : variables_) {
    std::int64_t& count = counts.emplace_back(0);
    const ModelMatrix::Term& term = terms()[variable.term];
    const bool number = !variable.household && term.is_number();
    if (number ? !term.numbers.front().any_missing()
               : !variable.household && !term.crossed[variable.place].any_missing())
      continue;
    for (std::size_t first = 0; first < matrix_.rows(); first += block_rows) {
      const Rows rows{first, std::min(matrix_.rows(), first + block_rows)};
      const auto answers = std::span(answered).first(rows.size());
      survey.weights(rows, std::span(weight).first(rows.size()));
      if (number) {
        term.numbers.front().answers->answered(rows.first, answers);
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

void Auxiliaries::observe(Rows rows, ModelRows& out) const {
  if (!averaged()) return matrix_.observe(rows, out);
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
  ModelRows x;
  for (std::size_t first = 0; first < matrix_.rows(); first += block_rows) {
    const Rows rows{first, std::min(matrix_.rows(), first + block_rows)};
    survey.weights(rows, std::span(weight).first(rows.size()));
    matrix_.observe(rows, x);
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

Reads reads_of(const Survey& survey, const std::vector<ModelTerm>& terms) {
  return reads_of(survey, formula_of(false, terms));
}

}  // namespace enkat
