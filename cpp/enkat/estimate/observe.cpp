#include <algorithm>
#include <array>
#include <cmath>

#include "enkat/estimate/estimators.hpp"

namespace enkat {

void observe_number(const Answers& answers, Rows rows, const TermColumns& u) {
  const auto base = u[0], value = u[1];
  answers.numbers(rows.first, value);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool answered = !std::isnan(value[i]);
    base[i] = answered ? 1.0 : 0.0;
    value[i] = answered ? value[i] : 0.0;
  }
}

void observe_missing(const Answers& answers, Rows rows, std::span<std::uint8_t> out) {
  std::ranges::transform(answers.reasons().subspan(rows.first, rows.size()), out.begin(), [](MissingReason reason) {
    return static_cast<std::uint8_t>(reason != MissingReason::answered && reason != MissingReason::not_asked);
  });
}

void Ratio::observe(Rows rows, const TermColumns& u) const {
  const auto base = u[0], y = u[1], x = u[2];
  numerator->numbers(rows.first, y);
  denominator->numbers(rows.first, x);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool answered = !std::isnan(y[i]) & !std::isnan(x[i]);
    base[i] = answered ? 1.0 : 0.0;
    y[i] = answered ? y[i] : 0.0;
    x[i] = answered ? x[i] : 0.0;
  }
}

void Ratio::missing(Rows rows, std::span<std::uint8_t> out) const {
  std::array<std::uint8_t, block_rows> other{};
  const auto second = std::span(other).first(rows.size());
  observe_missing(*numerator, rows, out);
  observe_missing(*denominator, rows, second);
  std::ranges::transform(out, second, out.begin(), [](auto a, auto b) { return static_cast<std::uint8_t>(a | b); });
}

std::vector<std::string> Proportion::answers() const {
  if (!any_of.empty()) return {"any"};
  std::vector<std::string> names;
  for (const Option& option : answered->question().options) names.push_back(option.name);
  if (missing_level) names.emplace_back("missing");
  return names;
}

void Proportion::missing(Rows rows, std::span<std::uint8_t> out) const {
  if (missing_level || everyone) {
    std::ranges::fill(out, std::uint8_t{0});
  } else {
    observe_missing(*answered, rows, out);
  }
}

void Proportion::observe(Rows rows, const TermColumns& u) const {
  const Question& question = answered->question();
  const std::size_t options = question.options.size();
  std::array<std::uint8_t, block_rows> flags;
  const auto flag = std::span(flags).first(rows.size());
  const auto copy = [&](std::span<double> column) {
    for (std::size_t i = 0; i < rows.size(); ++i) column[i] = flag[i];
  };

  answered->answered(rows.first, flag);
  if (everyone) std::ranges::fill(flag, std::uint8_t{1});
  copy(u[0]);
  if (!any_of.empty()) {
    std::ranges::fill(u[1], 0.0);
    for (const std::size_t option : any_of) {
      answered->ticked(option, rows.first, flag);
      for (std::size_t i = 0; i < rows.size(); ++i)
        if (flag[i] != 0) u[1][i] = 1;
    }
    return;
  }
  if (question.takes_several()) {
    for (std::size_t option = 0; option < options; ++option) {
      answered->ticked(option, rows.first, flag);
      copy(u[1 + option]);
    }
  } else {
    std::array<std::int32_t, block_rows> levels;
    const auto level = std::span(levels).first(rows.size());
    answered->levels(rows.first, level);
    for (std::size_t option = 0; option < options; ++option) std::ranges::fill(u[1 + option], 0.0);
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (level[i] >= 0) u[1 + static_cast<std::size_t>(level[i])][i] = 1;
  }
  if (missing_level) {
    observe_missing(*answered, rows, flag);
    copy(u[1 + options]);
    for (std::size_t i = 0; i < rows.size(); ++i) u[0][i] += flag[i];
  }
}

}  // namespace enkat
