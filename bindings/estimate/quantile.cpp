#include "enkat/estimate/quantile.hpp"

#include "bindings/bind.hpp"

namespace enkat {

void bind_quantile(py::module_& module) {
  module.def(
      "quantiles",
      [](const Survey& survey, const std::vector<std::string>& variables, const std::vector<double>& probabilities,
         const std::vector<std::string>& by, const std::string& rule, const std::string& interval,
         const std::string& missing, double level, const py::object& progress) {
        const QuantileRequest request{.variables = variables,
                                      .probabilities = probabilities,
                                      .by = by,
                                      .rule = quantile_rule_from(rule),
                                      .interval = quantile_interval_from(interval),
                                      .missing = missing_policy_from(missing),
                                      .level = level};
        return unlocked([&](Monitor& monitor) { return quantiles(survey, request, monitor); }, progress);
      },
      py::arg("survey"), py::arg("variables"), py::arg("probabilities"), py::arg("by"), py::arg("rule"),
      py::arg("interval"), py::arg("missing"), py::arg("level"), py::arg("progress") = py::none());
}

}  // namespace enkat
