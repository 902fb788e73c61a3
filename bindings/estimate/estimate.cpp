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

}  // namespace

void bind_estimate(py::module_& module) {
  py::class_<Estimates> bound(module, "Estimates", "Estimates of one call with their joint covariance.");
  bound.def_readonly("by", &Estimates::by)
      .def_readonly("ranked", &Estimates::ranked)
      .def_readonly("shares", &Estimates::shares)
      .def_readonly("level", &Estimates::level)
      .def_property_readonly("size", [](const Estimates& e) { return e.rows.size(); })
      .def("column", &column, py::arg("name"))
      .def("covariance",
           [](const Estimates& e) { return unlocked([&](Monitor& monitor) { return e.covariance(monitor); }); })
      .def("notes", [](const Estimates& e) { return note_sentences(e.notes); });
  bind_pickle(
      bound,
      [](const Estimates& e) { return py::bytes(unlocked([&](Monitor& monitor) { return bytes_of(e, monitor); })); },
      [](const py::bytes& bytes) { return estimates_from(std::string_view(bytes)); });
  bind_request<EstimateRequest>(module, "EstimateRequest", "One call: which estimator, of what, among whom.");
  module.def(
      "estimate",
      [](const Survey& survey, const EstimateRequest& request, const py::object& progress) {
        return unlocked([&](Monitor& monitor) { return estimate(survey, request, monitor); }, progress);
      },
      py::arg("survey"), py::arg("request"), py::arg("progress") = py::none());
  module.def("estimators", &statistic_names, "Names of the estimators.");
  module.def("indicator_estimators", &indicator_names, "Names of those that a report can show.");
}

}  // namespace enkat
