#include "enkat/indicator/publish.hpp"

#include "bindings/json.hpp"

namespace enkat {

void bind_publish(py::module_& module) {
  module.def(
      "compute_indicators",
      [](const Survey& survey, const py::object& json, const py::object& progress) {
        const std::vector<Indicator> indicators = indicators_from_json(from_python(json));
        std::vector<ComputedIndicator> computed =
            unlocked([&](Monitor& monitor) { return compute_all(survey, indicators, monitor); }, progress);
        py::typing::List<py::object> results;
        for (ComputedIndicator& result : computed)
          results.append(py::make_tuple(std::move(result.estimates), to_python(result.published)));
        return results;
      },
      py::arg("survey"), py::arg("indicators"), py::arg("progress") = py::none(),
      "Estimates and published rows of every indicator, in the order of the file.");
}

}  // namespace enkat
