#include "enkat/basics/threads.hpp"

#include "bindings/bind.hpp"

namespace enkat {

void bind_threads(py::module_& module) {
  module.def("threads_allowed", &threads_allowed, "How many threads a pass may use.");
}

}  // namespace enkat
