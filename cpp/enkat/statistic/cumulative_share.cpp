#include "enkat/statistic/cumulative_share.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "enkat/codebook/code.hpp"
#include "enkat/statistic/groups.hpp"
#include "enkat/statistic/proportion.hpp"
#include "enkat/statistic/registry.hpp"

namespace enkat {

CumulativeShare::CumulativeShare(std::shared_ptr<const Answers> answered, std::vector<double> points)
    : answered_(std::move(answered)), points_of_cell_{std::move(points)} {
  const std::vector<double>& at = points_of_cell_.front();
  if (at.empty() || !std::ranges::all_of(at, [](double point) { return std::isfinite(point); }))
    throw EstimateError("estimate.points", "a distribution function needs points: give at least one finite number",
                        {{"question", answered_->question().name}});
}

CumulativeShare::CumulativeShare(std::shared_ptr<const Answers> answered,
                                 std::vector<std::vector<double>> points_of_cell,
                                 std::shared_ptr<const Grouping> grouping)
    : answered_(std::move(answered)), points_of_cell_(std::move(points_of_cell)), grouping_(std::move(grouping)) {}

std::vector<std::string> CumulativeShare::answers() const {
  std::vector<std::string> names;
  for (std::size_t k = 0; k + 1 < terms(); ++k)
    names.push_back(grouping_ ? std::to_string(k + 1) : number_text(points_of_cell_.front()[k]));
  return names;
}

void CumulativeShare::observe(Rows rows, const TermColumns& u) const {
  std::array<double, block_rows> values;
  std::array<std::int32_t, block_rows> cells;
  const auto y = std::span(values).first(rows.size());
  const auto cell = std::span(cells).first(rows.size());
  answered_->numbers(rows.first, y);
  std::ranges::fill(cell, 0);
  if (grouping_) grouping_->cells_of(rows, cell);
  for (std::size_t i = 0; i < rows.size(); ++i) u[0][i] = std::isnan(y[i]) ? 0 : 1;
  for (std::size_t k = 0; k + 1 < terms(); ++k)
    for (std::size_t i = 0; i < rows.size(); ++i)
      u[1 + k][i] = cell[i] >= 0 && y[i] <= points_of_cell_[static_cast<std::size_t>(cell[i])][k] ? 1 : 0;
}

Solution CumulativeShare::solve(const CellTotals& t) const { return Proportion().solve(t); }

namespace {

const Registered registered(
    {.name = CumulativeShare::name,
     .role = CumulativeShare::role,
     .arity = Arity::each,
     .reads = ReadAs::numbers,
     .make = [](const Survey& survey, const EstimateRequest& request, const std::vector<std::string>& of) {
       if (request.points_of_cell.empty()) return statistic(CumulativeShare(survey.numbers(of[0]), request.points));
       const auto groups = std::make_shared<const Groups>(survey, request.by);
       return statistic(CumulativeShare(survey.numbers(of[0]), request.points_of_cell,
                                        std::shared_ptr<const Grouping>(groups, &groups->grouping)));
     }});

}  // namespace

}  // namespace enkat
