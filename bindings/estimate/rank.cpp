#include "enkat/estimate/rank.hpp"

#include "bindings/bind.hpp"

namespace enkat {

void bind_rank(py::module_& module) {
  module.def(
      "rank",
      [](const Survey& survey, const std::string& question, const std::vector<std::string>& by, double level,
         const std::string& interval, const py::object& progress) {
        const IntervalMethod method = interval_method_from(interval);
        return unlocked([&](Monitor& monitor) { return rank(survey, question, by, level, method, monitor); }, progress);
      },
      py::arg("survey"), py::arg("question"), py::arg("by"), py::arg("level"), py::arg("interval"),
      py::arg("progress") = py::none());
}

}  // namespace enkat
