#include "enkat/data/table.hpp"

#include "bindings/bind.hpp"
#include "enkat/data/check_answers.hpp"

namespace enkat {
namespace {

/// Takes the stream out of an Arrow PyCapsule; the capsule keeps an emptied stream, as the protocol asks.
Table table_from_capsule(const py::capsule& capsule) {
  return Table::from_stream(static_cast<ArrowArrayStream*>(capsule.get_pointer()));
}

}  // namespace

void bind_table(py::module_& module) {
  py::class_<Table>(module, "Table", "Columns over Arrow buffers, borrowed where the type allows it.")
      .def_static("from_stream", &table_from_capsule, py::arg("capsule"), "Reads an Arrow C stream.")
      .def_property_readonly("rows", &Table::rows)
      .def_property_readonly("names", &Table::names);
  module.def(
      "check_answers",
      [](const Table& table, const Codebook& codebook) { return to_python(check_answers(table, codebook)); },
      py::arg("table"), py::arg("codebook"), "All problems of the answers against their codebook.");
}

}  // namespace enkat
