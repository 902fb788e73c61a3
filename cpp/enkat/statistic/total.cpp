#include "enkat/statistic/total.hpp"

#include "enkat/statistic/registry.hpp"

namespace enkat {

Solution Total::solve(const CellTotals& t) const {
  return {Eigen::VectorXd::Constant(1, t.raw(1)), Gradient(Eigen::RowVector2d(t.centre[1], 1))};
}

namespace {

const Registered registered(
    {.name = Total::name,
     .role = Total::role,
     .arity = Arity::each,
     .reads = ReadAs::numbers,
     .make = [](const Survey& survey, const EstimateRequest& /*request*/,
                const std::vector<std::string>& of) { return statistic(Total{survey.numbers(of[0])}); },
     .indicator = true});

}  // namespace

}  // namespace enkat
