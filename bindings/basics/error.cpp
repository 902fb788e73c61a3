#include "enkat/basics/error.hpp"

#include "bindings/bind.hpp"

namespace enkat {
namespace {

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
