#include "enkat/basics/error.hpp"

#include "bindings/bind.hpp"

namespace enkat {
namespace {

py::object to_python(const Context::Value& value) {
  return std::visit(
      []<class T>(const T& held) -> py::object {
        if constexpr (std::is_same_v<T, std::monostate>) {
          return py::none();
        } else if constexpr (std::is_same_v<T, Context>) {
          return enkat::to_python(held);
        } else if constexpr (std::is_same_v<T, Context::Value::List>) {
          py::list list;
          for (const Context::Value& item : held) list.append(to_python(item));
          return list;
        } else if constexpr (std::is_same_v<T, std::string>) {
          // Names come from files that may not be UTF-8.
          return py::reinterpret_steal<py::object>(
              PyUnicode_DecodeUTF8(held.data(), static_cast<Py_ssize_t>(held.size()), "replace"));
        } else {
          return py::cast(held);
        }
      },
      value.held());
}

void raise(const char* name, const Error& error) {
  const py::module_ errors = py::module_::import("enkat.errors");
  // An unknown column is also a KeyError, as users of data frames expect.
  const std::string python_class = error.code == "data.unknown_column" ? "UnknownColumn" : name;
  const py::object type = errors.attr(python_class.c_str());
  const py::object exception =
      type(error.code, std::string(error.what()), to_python(error.context), to_python(error.issues));
  PyErr_SetObject(type.ptr(), exception.ptr());
}

}  // namespace

py::dict to_python(const Context& context) {
  py::dict dict;
  for (const Fact& fact : context.facts()) dict[py::str(fact.name)] = to_python(fact.value);
  return dict;
}

py::typing::List<py::object> to_python(const std::vector<Issue>& issues) {
  const py::object issue_class = py::module_::import("enkat.errors").attr("Issue");
  py::typing::List<py::object> list;
  for (const Issue& issue : issues) list.append(issue_class(issue.code, issue.message, to_python(issue.context)));
  return list;
}

void bind_error(py::module_&) {
  // pybind11 calls translators with the pointer by value.
  py::register_exception_translator([](std::exception_ptr pointer) {  // NOLINT(performance-unnecessary-value-param)
    try {
      if (pointer) std::rethrow_exception(pointer);
    } catch (const CodebookError& e) {
      raise("CodebookError", e);
    } catch (const DataError& e) {
      raise("DataError", e);
    } catch (const DesignError& e) {
      raise("DesignError", e);
    } catch (const EstimateError& e) {
      raise("EstimateError", e);
    } catch (const IndicatorError& e) {
      raise("IndicatorError", e);
    } catch (const ReportError& e) {
      raise("ReportError", e);
    } catch (const UsageError& e) {
      raise("UsageError", e);
    }
  });
}

}  // namespace enkat
