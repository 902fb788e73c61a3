#include <algorithm>
#include <array>

#include "enkat/design/survey.hpp"

namespace enkat {

Survey Survey::with_domain(Domain domain) const {
  if (domain_)
    for (std::size_t i = 0; i < domain.size(); ++i) domain[i] = both(domain[i], (*domain_)[i]);
  Survey narrowed = *this;
  narrowed.domain_ = std::make_shared<const Domain>(std::move(domain));
  return narrowed;
}

Survey Survey::where(std::span<const std::uint8_t> mask) const {
  if (mask.size() != rows())
    throw UsageError("usage.mask_length",
                     "the mask has " + std::to_string(mask.size()) + " values, the survey " + std::to_string(rows()) +
                         " rows: give one true or false a row",
                     {{"mask", mask.size()}, {"rows", rows()}});
  Domain domain(rows());
  std::ranges::transform(mask, domain.begin(), [](std::uint8_t in) { return in != 0 ? Truth::yes : Truth::no; });
  return with_domain(std::move(domain));
}

Survey Survey::where(const std::vector<Condition>& conditions) const {
  refuse_unknown(conditions);
  if (!in_parts()) {
    refuse_unknown_texts(conditions);
    return narrowed(conditions);
  }
  Survey narrowed = *this;
  narrowed.conditions_.insert(narrowed.conditions_.end(), conditions.begin(), conditions.end());
  return narrowed;
}

/// Names, answers and comparisons that can be refused before any row is read.
void Survey::refuse_unknown(const std::vector<Condition>& conditions) const {
  for (const Condition& condition : conditions) {
    if (condition.expression) {
      checked(*condition.expression);
    } else if (const Question* asked = question(condition.column)) {
      for (const std::string& value : condition.values) asked->option_index(value);
    }
    for (const std::string& column : columns_of(condition)) base_->table.column(column);
  }
}

CheckedRows Survey::checked(const RowExpression& expression) const {
  return check_condition(expression, row_names(table(), codebook()));
}

/// Texts that no row of a column has are misspelt: of columns whose values are known by now.
void Survey::refuse_unknown_texts(const std::vector<Condition>& conditions) const {
  for (const Condition& condition : conditions) {
    if (!condition.expression) continue;
    for (const auto& [column, value] : checked(*condition.expression).texts) {
      const auto known = labels(column);
      if (known->find(value->value.text())) continue;
      std::vector<std::string> texts;
      for (const Label& label : known->label) texts.push_back(label.text);
      condition.expression->refuse<UsageError>(
          *value, "codebook.unknown_answer",
          "no row of '" + column + "' has '" + value->value.text() + "'" + suggestion(value->value.text(), texts),
          {{"question", column}, {"answer", value->value.text()}});
    }
  }
}

Survey Survey::narrowed(const std::vector<Condition>& conditions) const {
  Survey narrowed = *this;
  for (const Condition& condition : conditions) narrowed = narrowed.with_domain(rows_with(condition));
  return narrowed;
}

RowSources Survey::row_sources() const {
  return {&table(), [this](const std::string& name) { return question(name) != nullptr ? answers(name) : nullptr; },
          [this](const std::string& name) { return numbers(name); }};
}

Survey::Domain Survey::rows_with(const Condition& condition) const {
  Domain domain(rows());
  if (condition.expression) {
    const RowTruth truth(*condition.expression, row_sources());
    for (std::size_t first = 0; first < rows(); first += block_rows) {
      breathe();
      const Rows block{first, std::min(rows(), first + block_rows)};
      truth.evaluate(block, std::span(domain).subspan(block.first, block.size()));
    }
    return domain;
  }
  const auto filter = answers(condition.column);
  std::vector<std::size_t> options;
  for (const std::string& value : condition.values) options.push_back(filter->question().option_index(value));
  std::array<std::uint8_t, block_rows> answered, hit;
  for (std::size_t first = 0; first < rows(); first += block_rows) {
    breathe();
    const auto block = std::span(domain).subspan(first, std::min(block_rows, rows() - first));
    const auto given = std::span(answered).first(block.size()), ticked = std::span(hit).first(block.size());
    filter->answered(first, given);
    for (const std::size_t option : options) {
      filter->ticked(option, first, ticked);
      for (std::size_t i = 0; i < block.size(); ++i)
        if (ticked[i] != 0) block[i] = Truth::yes;
    }
    for (std::size_t i = 0; i < block.size(); ++i)
      if (given[i] == 0) block[i] = Truth::missing;
  }
  return domain;
}

void Survey::inside(Rows rows, std::span<std::uint8_t> out) const {
  if (!domain_) {
    std::ranges::fill(out, std::uint8_t{1});
  } else {
    for (std::size_t i = 0; i < rows.size(); ++i) out[i] = (*domain_)[rows.first + i] == Truth::yes ? 1 : 0;
  }
}

DomainCounts Survey::domain_counts() const {
  DomainCounts counts;
  if (domain_) counts.filter_missing = std::ranges::count(*domain_, Truth::missing);
  if (!domain_ && !weights_ && !sample().two_phases() && !base_->whole) {
    counts.rows = static_cast<std::int64_t>(rows() - sample().zero_weights());
    return counts;
  }
  std::array<std::uint8_t, block_rows> in;
  std::array<double, block_rows> weight;
  for (std::size_t first = 0; first < rows(); first += block_rows) {
    breathe();
    const Rows block{first, std::min(rows(), first + block_rows)};
    inside(block, std::span(in).first(block.size()));
    weights(block, std::span(weight).first(block.size()));
    for (std::size_t i = 0; i < block.size(); ++i) counts.rows += in[i] != 0 && weight[i] != 0 ? 1 : 0;
  }
  return counts;
}

}  // namespace enkat
