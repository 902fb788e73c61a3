#include "enkat/report/check.hpp"

#include "bindings/json.hpp"

namespace enkat {

void bind_check(py::module_& module) {
  module.def(
      "check",
      [](const Survey& survey, const py::object& claim, const std::string& text, const std::string& language,
         bool synthetic, int percent_step, std::optional<std::int64_t> invited) {
        const CheckOptions options{language_from(language), synthetic, percent_step, invited};
        const ClaimSpec spec = claim_from_json(from_python(claim), options.language);
        return to_python(
            unlocked([&](Monitor& monitor) { return to_json(check(survey, spec, text, options, monitor)); }));
      },
      py::arg("survey"), py::arg("claim"), py::arg("text"), py::arg("language"), py::arg("synthetic"),
      py::arg("percent_step") = 1, py::arg("invited") = py::none(), "The verdict of words on the answers.");
  module.def(
      "language_of", [](const std::string& text) { return name_of(language_of(text)); }, py::arg("text"),
      "The language that words are a phrase of: 'sv' or 'en'.");
  module.def(
      "percent_step",
      [](const std::string& text, const std::string& language) { return percent_step(text, language_from(language)); },
      py::arg("text"), py::arg("language"), "The precision of a document's percents: 10, 5 or 1.");
}

}  // namespace enkat
