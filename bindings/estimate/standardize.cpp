#include "enkat/estimate/standardize.hpp"

#include "bindings/bind.hpp"

namespace enkat {

void bind_standardize(py::module_& module) {
  module.def(
      "standardize",
      [](const Estimates& estimates, const Estimates& whole, const std::vector<std::string>& columns,
         const std::vector<std::vector<std::string>>& levels, const std::vector<double>& sizes) {
        if (levels.size() != sizes.size())
          throw UsageError("usage.standard_sizes", "give a size for every group of the standard population");
        StandardPopulation standard{columns, {}};
        for (std::size_t g = 0; g < levels.size(); ++g) standard.groups.push_back({levels[g], sizes[g]});
        return unlocked([&](Monitor& monitor) { return standardize(estimates, whole, standard, monitor); });
      },
      py::arg("estimates"), py::arg("whole"), py::arg("columns"), py::arg("levels"), py::arg("sizes"));
}

}  // namespace enkat
