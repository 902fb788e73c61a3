#include "bindings/bind.hpp"
#include "enkat/design/replicate.hpp"

namespace enkat {

void bind_replicates(py::module_& module) {
  bind_request<ReplicateRequest>(module, "ReplicateRequest", "How replicates are made.");
  module.def(
      "replicate",
      [](const Survey& survey, const ReplicateRequest& request) {
        return unlocked([&](Monitor& monitor) { return replicate(survey, request, monitor); });
      },
      py::arg("survey"), py::arg("request"), "The survey with variances from replicates of its sample.");
}

}  // namespace enkat
