#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "enkat/statistic/mean.hpp"
#include "enkat/statistic/registry.hpp"

namespace enkat {
namespace {

/// exp of the mean of log y among those who answered with more than 0, as skewed concentrations and incomes are
/// summarised: exp(Σw log y / Σw). Its interval is that of the mean of log y, taken back. NHANES tutorials of the US
/// National Center for Health Statistics, "Reliability of estimates".
struct GeometricMean {
  static constexpr std::string_view name = "geometric_mean";
  static constexpr bool numeric = true;
  static constexpr Role role = Role::number;
  std::shared_ptr<const Answers> answered;

  std::size_t terms() const { return 2; }

  void observe(Rows rows, const TermColumns& u) const {
    observe_number(*answered, rows, u);
    const auto base = u[0], value = u[1];
    for (std::size_t i = 0; i < rows.size(); ++i) {
      base[i] = value[i] > 0 ? base[i] : 0;
      value[i] = base[i] > 0 ? std::log(value[i]) : 0;
    }
  }

  void missing(Rows rows, std::span<std::uint8_t> out) const {
    observe_missing(*answered, rows, out);
    std::array<double, block_rows> values;
    const auto y = std::span(values).first(rows.size());
    answered->numbers(rows.first, y);
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (y[i] <= 0) out[i] = left_out_row;
  }

  std::vector<NumberRange> ranges() const {
    const NumberRange range = answered->range();
    constexpr double least = std::numeric_limits<double>::denorm_min();
    return {{std::log(std::max(range.low, least)), std::log(std::max(range.high, least)),
             std::log(std::max({range.mean, range.low, least}))}};
  }

  std::vector<std::string> answers() const { return {""}; }

  Solution solve(const CellTotals& t) const {
    const double shift = t.total[1] / t.weight(), value = std::exp(t.centre[1] + shift);
    return {Eigen::VectorXd::Constant(1, value),
            Gradient(Eigen::RowVector2d(-value * shift / t.weight(), value / t.weight()))};
  }
};

const Registered registered(
    {.name = GeometricMean::name,
     .role = GeometricMean::role,
     .interval = Scale::log,
     .make = [](const Survey& survey, const EstimateRequest& /*request*/,
                const std::vector<std::string>& of) { return statistic(GeometricMean{survey.numbers(of[0])}); },
     .left_out = "not_positive"});

}  // namespace
}  // namespace enkat
