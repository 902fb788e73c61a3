#include "enkat/estimate/contrast.hpp"

#include "bindings/json.hpp"

namespace enkat {

void bind_contrast(py::module_& module) {
  module.def(
      "contrast",
      [](const Estimates& estimates, const std::vector<std::string>& names,
         const std::vector<py::object>& expressions) {
        std::vector<NamedExpression> named;
        for (std::size_t i = 0; i < names.size(); ++i) named.push_back({names[i], from_python(expressions[i])});
        return unlocked([&](Monitor& monitor) { return contrast(estimates, named, monitor); });
      },
      py::arg("estimates"), py::arg("names"), py::arg("expressions"));
}

}  // namespace enkat
