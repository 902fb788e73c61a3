#include "enkat/estimate/estimate.hpp"

#include <pybind11/eigen.h>

#include "bindings/bind.hpp"
#include "bindings/notes.hpp"
#include "enkat/estimate/estimates_bytes.hpp"
#include "enkat/statistic/registry.hpp"

namespace enkat {
namespace {

/// A column of the table of estimates as a Python list.
py::object column(const Estimates& estimates, const std::string& name) {
  py::object values;
  for_each_field<Estimate>([&](const auto& field) {
    if (field.name != name) return;
    py::list list;
    for (const Estimate& row : estimates.rows) list.append(py::cast(row.*field.member));
    values = std::move(list);
  });
  return values;
}

Estimates run(const Survey& survey, const std::string& estimator, const std::vector<std::string>& variables,
              const std::vector<std::string>& by, const std::string& missing, double level,
              const std::vector<std::string>& others, const std::vector<std::string>& answers,
              const std::vector<double>& points, const std::string& interval, const py::object& progress) {
  const EstimateRequest request{.estimator = estimator,
                                .variables = variables,
                                .others = others,
                                .by = by,
                                .answers = answers,
                                .points = points,
                                .missing = missing_policy_from(missing),
                                .level = level,
                                .interval = interval_method_from(interval)};
  return unlocked([&](Monitor& monitor) { return estimate(survey, request, monitor); }, progress);
}

}  // namespace

void bind_estimate(py::module_& module) {
  py::class_<Estimates>(module, "Estimates", "Estimates of one call with their joint covariance.")
      .def_readonly("by", &Estimates::by)
      .def_readonly("ranked", &Estimates::ranked)
      .def_readonly("shares", &Estimates::shares)
      .def_readonly("level", &Estimates::level)
      .def_property_readonly("size", [](const Estimates& e) { return e.rows.size(); })
      .def("column", &column, py::arg("name"))
      .def("covariance",
           [](const Estimates& e) { return unlocked([&](Monitor& monitor) { return e.covariance(monitor); }); })
      .def("notes", [](const Estimates& e) { return note_sentences(e.notes); })
      .def(py::pickle(
          [](const Estimates& e) {
            return py::bytes(unlocked([&](Monitor& monitor) { return bytes_of(e, monitor); }));
          },
          [](const py::bytes& bytes) { return estimates_from(std::string_view(bytes)); }));
  module.def("estimate", &run, py::arg("survey"), py::arg("estimator"), py::arg("variables"), py::arg("by"),
             py::arg("missing"), py::arg("level"), py::kw_only(), py::arg("others") = std::vector<std::string>(),
             py::arg("answers") = std::vector<std::string>(), py::arg("points") = std::vector<double>(),
             py::arg("interval") = "logit", py::arg("progress") = py::none());
  module.def("estimators", &statistic_names, "Names of the estimators.");
  module.def("indicator_estimators", &indicator_names, "Names of those that a report can show.");
}

}  // namespace enkat
