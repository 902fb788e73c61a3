#include "enkat/estimate/precision.hpp"

#include "bindings/bind.hpp"
#include "enkat/estimate/reliability.hpp"

namespace enkat {

void bind_precision(py::module_& module) {
  bind_record<Precision>(module, "Precision",
                         "How precise one estimate is, relative to its size and to a simple random sample.");
  bind_record<Reliability>(module, "Reliability", "Whether one proportion may be presented, and why not.");
  module.def("precision", &precision, py::arg("estimates"));
  module.def("reliability", &reliability, py::arg("estimates"));
}

}  // namespace enkat
