#include "enkat/estimate/quantile.hpp"

#include "bindings/bind.hpp"

namespace enkat {

void bind_quantile(py::module_& module) {
  bind_request<QuantileRequest>(module, "QuantileRequest", "Which quantiles, of what, among whom.");
  module.def(
      "quantiles",
      [](const Survey& survey, const QuantileRequest& request, const py::object& progress) {
        return unlocked([&](Monitor& monitor) { return quantiles(survey, request, monitor); }, progress);
      },
      py::arg("survey"), py::arg("request"), py::arg("progress") = py::none());
}

}  // namespace enkat
