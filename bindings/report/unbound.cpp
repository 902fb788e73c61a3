#include "enkat/report/unbound.hpp"

#include "bindings/json.hpp"

namespace enkat {

void bind_unbound(py::module_& module) {
  module.def(
      "find_unbound",
      [](const std::string& text, const std::string& language,
         const std::vector<std::pair<std::size_t, std::size_t>>& bound) {
        std::vector<TextRange> ranges;
        for (const auto& [offset, length] : bound) ranges.push_back({offset, length});
        return to_python(to_json(find_unbound(text, language_from(language), ranges)));
      },
      py::arg("text"), py::arg("language"), py::arg("bound"),
      "Numbers, shares, thresholds and rank statements outside the bound ranges.");
  module.def(
      "find_lint",
      [](const std::string& text, const std::string& language) {
        return to_python(to_json(find_lint(text, language_from(language))));
      },
      py::arg("text"), py::arg("language"), "Wording to reconsider.");
}

}  // namespace enkat
