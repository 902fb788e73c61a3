#include "enkat/estimate/proportion.hpp"

#include <algorithm>
#include <array>

#include "enkat/estimate/mean.hpp"

namespace enkat {

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

Solution Proportion::solve(const CellTotals& t) const {
  const Eigen::Index levels = t.total.size() - 1;
  const Eigen::VectorXd share = t.total.tail(levels) / t.weight();
  Solution solution{share, Eigen::MatrixXd::Zero(levels, levels + 1)};
  solution.gradient.col(0) = -share / t.weight();
  solution.gradient.rightCols(levels).diagonal().setConstant(1 / t.weight());
  return solution;
}

}  // namespace enkat
