#pragma once

#include "bindings/bind.hpp"
#include "enkat/basics/record_json.hpp"

namespace enkat {

/// JSON as Python's dicts, lists and values.
inline py::object to_python(const Json& json) {
  return py::module_::import("json").attr("loads")(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

/// Python's dicts, lists and values as JSON.
inline Json from_python(const py::object& object) {
  return Json::parse(py::module_::import("json").attr("dumps")(object).cast<std::string>());
}

}  // namespace enkat
