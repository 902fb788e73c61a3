#include "enkat/design/response.hpp"

#include "bindings/bind.hpp"

namespace enkat {

void bind_response(py::module_& module) {
  module.def(
      "response_rates",
      [](std::int64_t complete, std::int64_t partial, std::int64_t break_off, std::int64_t invited) {
        return to_python(response_rates(dispositions_of_invited(complete, partial, break_off, invited)));
      },
      py::arg("complete"), py::arg("partial"), py::arg("break_off"), py::arg("invited"),
      "AAPOR's and Surveyföreningen's rates for a survey of invited persons.");
}

}  // namespace enkat
