#include "bindings/bind.hpp"
#include "enkat/design/replicate.hpp"

namespace enkat {

void bind_replicates(py::module_& module) {
  module.def(
      "replicate",
      [](const Survey& survey, const std::string& method, std::size_t replicates, std::uint64_t seed,
         const std::string& bootstrap, double rho, bool mse) {
        const ReplicateRequest request{
            .method = method, .replicates = replicates, .seed = seed, .bootstrap = bootstrap, .rho = rho, .mse = mse};
        return unlocked([&](Monitor& monitor) { return replicate(survey, request, monitor); });
      },
      py::arg("survey"), py::arg("method"), py::arg("replicates"), py::arg("seed"), py::arg("bootstrap"),
      py::arg("rho"), py::arg("mse"), "The survey with variances from replicates of its sample.");
}

}  // namespace enkat
