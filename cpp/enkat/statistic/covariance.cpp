#include "enkat/statistic/covariance.hpp"

#include "enkat/statistic/registry.hpp"

namespace enkat {

Solution Covariance::solve(const CellTotals& t) const {
  if (t.rows < 2) return no_value(t);
  const SmoothValue moment = second_moment(t, 1, 2, 3);
  return solution_of({bessel(t) * moment.value, bessel(t) * moment.gradient});
}

namespace {

const Registered registered({.name = Covariance::name,
                             .role = Covariance::role,
                             .arity = Arity::pair,
                             .reads = ReadAs::numbers,
                             .make = [](const Survey& survey, const EstimateRequest& /*request*/,
                                        const std::vector<std::string>& of) {
                               return statistic(Covariance{{survey.numbers(of[0]), survey.numbers(of[1])}});
                             }});

}  // namespace

}  // namespace enkat
