#include "enkat/report/check.hpp"

#include "bindings/json.hpp"

namespace pybind11::detail {

/// An interval is a pair in Python.
template <>
struct type_caster<enkat::Interval> {
  PYBIND11_TYPE_CASTER(enkat::Interval, const_name("tuple[float, float]"));
  static handle cast(const enkat::Interval& interval, return_value_policy, handle) {
    return make_tuple(interval.low, interval.high).release();
  }
};

}  // namespace pybind11::detail

namespace enkat {

void bind_check(py::module_& module) {
  bind_request<CheckOptions>(module, "CheckOptions", "How words are checked besides the claim itself.");
  bind_record<Verdict>(module, "Verdict", "How a claim came out and why.").def(py::init<const Verdict&>());
  module.def(
      "check",
      [](const Survey& survey, const py::object& claim, const std::string& text, const CheckOptions& options) {
        const ClaimSpec spec = claim_from_json(from_python(claim), options.language);
        return unlocked([&](Monitor& monitor) { return check(survey, spec, text, options, monitor); });
      },
      py::arg("survey"), py::arg("claim"), py::arg("text"), py::arg("options"), "The verdict of words on the answers.");
  module.def("language_of", &language_of, py::arg("text"), "The language that words are a phrase of: 'sv' or 'en'.");
  module.def("percent_step", &percent_step, py::arg("text"), py::arg("language"),
             "The precision of a document's percents: 10, 5 or 1.");
}

}  // namespace enkat
