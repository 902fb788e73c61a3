#include "enkat/estimate/combine.hpp"

#include "bindings/bind.hpp"

namespace enkat {

void bind_combine(py::module_& module) {
  module.def(
      "combine",
      [](const std::vector<Estimates>& estimates, const std::vector<std::string>& variables, IntervalMethod interval) {
        const Imputations imputations{estimates, variables, interval};
        return unlocked([&](Monitor& monitor) { return combine(imputations, monitor); });
      },
      py::arg("estimates"), py::arg("variables"), py::arg("interval"),
      "Estimates of imputations as one, by Rubin's rules.");
  module.def(
      "combine_columns",
      [](const Estimates& estimates, const std::vector<std::pair<std::string, std::vector<std::string>>>& variables,
         IntervalMethod interval) {
        std::vector<ImputedVariable> imputed;
        for (const auto& [name, columns] : variables) imputed.push_back({name, columns});
        return unlocked([&](Monitor& monitor) { return combine_columns(estimates, imputed, interval, monitor); });
      },
      py::arg("estimates"), py::arg("variables"), py::arg("interval"),
      "Estimates of columns that are imputations of variables, each variable as one.");
}

}  // namespace enkat
