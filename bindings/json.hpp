#pragma once

#include "bindings/bind.hpp"
#include "enkat/basics/json.hpp"

namespace enkat {

/// JSON as Python's dicts, lists and values.
py::object to_python(const Json& json);

/// Python's dicts, lists and values as JSON.
Json from_python(const py::object& object);

}  // namespace enkat
