#include "enkat/estimate/rank.hpp"

#include "bindings/bind.hpp"

namespace enkat {

void bind_rank(py::module_& module) {
  module.def(
      "rank",
      [](const Survey& survey, const std::string& question, const std::vector<std::string>& by, double level,
         IntervalMethod interval, const py::object& progress) {
        return unlocked([&](Monitor& monitor) { return rank(survey, question, by, level, interval, monitor); },
                        progress);
      },
      py::arg("survey"), py::arg("question"), py::arg("by"), py::arg("level"), py::arg("interval"),
      py::arg("progress") = py::none());
}

}  // namespace enkat
