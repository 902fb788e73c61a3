#include "enkat/design/calibrate.hpp"

#include "bindings/json.hpp"
#include "enkat/design/weighting.hpp"

namespace enkat {
namespace {

/// Totals as JSON; Python writes NaN and infinities, which JSON does not know.
Json totals_from(const py::object& totals) {
  try {
    return from_python(totals);
  } catch (const UsageError&) {
    throw DesignError("calibrate.total_not_finite", "a total is not a number: give finite ones");
  }
}

}  // namespace

void bind_calibrate(py::module_& module) {
  module.def(
      "poststratify",
      [](const Survey& survey, const py::object& margin, const py::object& progress) {
        const Json totals = totals_from(margin);
        return unlocked([&](Monitor& monitor) { return poststratify(survey, totals, monitor); }, progress);
      },
      py::arg("survey"), py::arg("margin"), py::arg("progress") = py::none(),
      "Weights brought to the totals of the levels of one category or crossing.");
  module.def(
      "rake",
      [](const Survey& survey, const py::object& margins, const py::object& progress) {
        const Json totals = totals_from(margins);
        return unlocked([&](Monitor& monitor) { return rake(survey, totals, monitor); }, progress);
      },
      py::arg("survey"), py::arg("margins"), py::arg("progress") = py::none(),
      "Weights brought to the totals of several margins at once.");
  module.def(
      "calibrate",
      [](const Survey& survey, std::vector<std::vector<std::string>> terms, bool intercept, const py::object& totals,
         std::string method, std::optional<std::array<double, 2>> bounds, std::optional<std::string> unit,
         const py::object& covariance, const py::object& progress) {
        const CalibrateRequest request{std::move(terms), intercept,       totals_from(totals),    std::move(method),
                                       bounds,           std::move(unit), totals_from(covariance)};
        return unlocked([&](Monitor& monitor) { return calibrate(survey, request, monitor); }, progress);
      },
      py::arg("survey"), py::arg("terms"), py::arg("intercept"), py::arg("totals"), py::arg("method") = "linear",
      py::arg("bounds") = py::none(), py::arg("unit") = py::none(), py::arg("covariance") = py::none(),
      py::arg("progress") = py::none(), "Weights as near to those before as the totals of auxiliaries allow.");
  module.def(
      "trim",
      [](const Survey& survey, double upper, double lower) {
        return unlocked([&](Monitor&) { return trim(survey, upper, lower); });
      },
      py::arg("survey"), py::arg("upper"), py::arg("lower") = 0.0,
      "Weights cut to [lower, upper]; the excess is spread equally over the rows that are not cut.");
  module.def(
      "weighting",
      [](const Survey& survey) {
        return to_python(unlocked([&](Monitor& monitor) { return weighting(survey, monitor); }));
      },
      py::arg("survey"), "How unequal the weights are, before and after calibration.");
  module.def(
      "balance",
      [](const Survey& survey, const std::vector<std::vector<std::string>>& terms) {
        return to_python(unlocked([&](Monitor& monitor) { return balance(survey, terms, monitor); }));
      },
      py::arg("survey"), py::arg("terms"), "Shares and means before and after calibration, with their targets.");
}

}  // namespace enkat
