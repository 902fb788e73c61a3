#include "enkat/statistic/variance.hpp"

#include "enkat/statistic/registry.hpp"

namespace enkat {

Solution Variance::solve(const CellTotals& t) const {
  if (t.rows < 2) return no_value(t);
  const SmoothValue moment = second_moment(t, 1, 1, 2);
  if (moment.value < 0) return no_value(t);  // calibrated weights can be negative, a variance cannot
  return solution_of({bessel(t) * moment.value, bessel(t) * moment.gradient});
}

namespace {

const Registered registered(
    {.name = Variance::name,
     .role = Variance::role,
     .arity = Arity::each,
     .reads = ReadAs::numbers,
     .make = [](const Survey& survey, const EstimateRequest& /*request*/,
                const std::vector<std::string>& of) { return statistic(Variance{survey.numbers(of[0])}); },
     .indicator = true});

}  // namespace

}  // namespace enkat
