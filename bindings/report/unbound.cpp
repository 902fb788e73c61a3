#include "enkat/report/unbound.hpp"

#include "bindings/bind.hpp"

namespace enkat {

void bind_unbound(py::module_& module) {
  module.def(
      "find_unbound",
      [](const std::string& text, Language language, const std::vector<std::pair<std::size_t, std::size_t>>& bound) {
        std::vector<TextRange> ranges;
        for (const auto& [offset, length] : bound) ranges.push_back({offset, length});
        return to_python(find_unbound(text, language, ranges));
      },
      py::arg("text"), py::arg("language"), py::arg("bound"),
      "Numbers, shares, thresholds and rank statements outside the bound ranges.");
  module.def(
      "find_lint", [](const std::string& text, Language language) { return to_python(find_lint(text, language)); },
      py::arg("text"), py::arg("language"), "Wording to reconsider.");
}

}  // namespace enkat
