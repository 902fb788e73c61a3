#include "enkat/codebook/codebook.hpp"

#include "bindings/json.hpp"

namespace enkat {

void bind_codebook(py::module_& module) {
  py::class_<Codebook>(module, "Codebook", "The questions of a survey.")
      .def(py::init<>())
      .def_static("parse", &Codebook::parse, py::arg("text"), "Reads a codebook from JSON text; all problems at once.")
      .def("to_json", [](const Codebook& codebook) { return to_python(codebook.to_json()); });
}

}  // namespace enkat
