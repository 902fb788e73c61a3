#include "bindings/json.hpp"

namespace enkat {

py::object to_python(const Json& json) {
  switch (json.type()) {
    case Json::value_t::object: {
      py::dict dict;
      for (const auto& [key, value] : json.items()) dict[py::str(key)] = to_python(value);
      return dict;
    }
    case Json::value_t::array: {
      py::list list;
      for (const Json& value : json) list.append(to_python(value));
      return list;
    }
    case Json::value_t::string:
      return py::str(json.get_ref<const std::string&>());
    case Json::value_t::boolean:
      return py::bool_(json.get<bool>());
    case Json::value_t::number_integer:
      return py::int_(json.get<std::int64_t>());
    case Json::value_t::number_unsigned:
      return py::int_(json.get<std::uint64_t>());
    case Json::value_t::number_float:
      return py::float_(json.get<double>());
    default:
      return py::none();
  }
}

// By way of its text: Python's own module knows what of Python is JSON.
Json from_python(const py::object& object) {
  std::string text;
  try {
    text = py::module_::import("json").attr("dumps")(object).cast<std::string>();
  } catch (const py::error_already_set& error) {
    if (!error.matches(PyExc_TypeError) && !error.matches(PyExc_ValueError)) throw;
  }
  Json json = Json::parse(text, nullptr, false);  // NaN and infinities are none to JSON
  if (json.is_discarded())
    throw UsageError("usage.value",
                     "a value is of a kind that is not read here: give texts, finite numbers, truth values, lists and "
                     "mappings of these");
  return json;
}

}  // namespace enkat
