#pragma once

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/typing.h>

#include "enkat/basics/error.hpp"
#include "enkat/basics/names.hpp"
#include "enkat/basics/record.hpp"
#include "enkat/basics/record_bytes.hpp"
#include "enkat/basics/reduce.hpp"

namespace pybind11::detail {

template <enkat::NamedEnum E>
struct type_caster_enum_type_enabled<E> : std::false_type {};

/// Values of an enumeration are called by their names in Python.
template <enkat::NamedEnum E>
struct type_caster<E> {
  PYBIND11_TYPE_CASTER(E, const_name("str"));
  bool load(handle from, bool convert) {
    make_caster<std::string> name;
    if (!PyUnicode_Check(from.ptr()) || !name.load(from, convert)) return false;
    value = enkat::named<E>(cast_op<std::string&>(name));
    return true;
  }
  static handle cast(E one, return_value_policy, handle) { return str(std::string(enkat::name_of(one))).release(); }
};

}  // namespace pybind11::detail

namespace enkat {

namespace py = pybind11;

void bind_error(py::module_& module);
void bind_threads(py::module_& module);
void bind_codebook(py::module_& module);
void bind_table(py::module_& module);
void bind_pass(py::module_& module);
void bind_survey(py::module_& module);
void bind_calibrate(py::module_& module);
void bind_replicates(py::module_& module);
void bind_estimate(py::module_& module);
void bind_quantile(py::module_& module);
void bind_contrast(py::module_& module);
void bind_combine(py::module_& module);
void bind_standardize(py::module_& module);
void bind_precision(py::module_& module);
void bind_rank(py::module_& module);
void bind_response(py::module_& module);
void bind_publish(py::module_& module);
void bind_check(py::module_& module);
void bind_unbound(py::module_& module);

/// The facts of a problem as a dict.
py::dict to_python(const Context& context);

/// Issues as enkat.errors.Issue objects.
py::typing::List<py::object> to_python(const std::vector<Issue>& issues);

/// The sentences of notes.
inline std::vector<std::string> note_sentences(const std::vector<Issue>& notes) {
  std::vector<std::string> sentences;
  for (const Issue& note : notes) sentences.push_back(note.message);
  return sentences;
}

/// A value as Python's own: a record as a dict, with the fields of records in it as dicts too.
template <class T>
py::object to_python(const T& value) {
  if constexpr (Record<T>) {
    py::dict dict;
    for_each_field<T>([&](const auto& field) { dict[py::str(field.name)] = to_python(value.*field.member); });
    return dict;
  } else {
    return py::cast(value);
  }
}
template <class T>
py::object to_python(const std::optional<T>& value) {
  return value ? to_python(*value) : py::none();
}
template <class T>
py::object to_python(const std::vector<T>& values) {
  py::list list;
  for (const T& value : values) list.append(to_python(value));
  return list;
}

/// What a record travels as.
template <Record T>
py::bytes bytes_of_record(const T& record) {
  ByteWriter out;
  put_value(out, record);
  return out.bytes();
}

/// Pickled as bytes, by the protocol that pybind11 knows, whichever is asked for: others would end the interpreter.
template <class T, class... Options, class Write, class Read>
void bind_pickle(py::class_<T, Options...>& bound, const Write& write, const Read& read) {
  bound.def(py::pickle(write, read)).def("__reduce_ex__", [](const py::object& self, int) -> py::object {
    constexpr int protocol = 2;
    return py::module_::import("builtins").attr("object").attr("__reduce_ex__")(self, protocol);
  });
}

/// A record as a class: read-only attributes; equality, hash and pickles go by its bytes.
template <Record T>
py::class_<T> bind_record(py::module_& module, const char* name, const char* doc) {
  py::class_<T> bound(module, name, doc);
  for_each_field<T>([&](const auto& field) {
    bound.def_readonly(std::string(field.name).c_str(), field.member, std::string(field.doc).c_str());
  });
  bound.def("asdict", [](const T& record) { return py::typing::Dict<py::str, py::object>(to_python(record)); })
      .def("__repr__",
           [name](const T& record) {
             py::list fields;
             for_each_field<T>([&](const auto& field) {
               fields.append(py::str("{}={!r}").format(py::str(field.name), record.*field.member));
             });
             return py::str("{}({})").format(name, py::str(", ").attr("join")(fields));
           })
      .def("__eq__",
           [](const T& record, const py::object& other) {
             return py::isinstance<T>(other) && bytes_of_record(record).equal(bytes_of_record(other.cast<const T&>()));
           })
      .def("__hash__", [](const T& record) { return py::hash(bytes_of_record(record)); });
  bind_pickle(bound, &bytes_of_record<T>, [](const py::bytes& bytes) {
    ByteReader in{std::string_view(bytes)};
    T record = get_value<T>(in);
    if (!in.at_end())
      throw EstimateError("estimate.foreign_state", "these bytes are damaged, or those of another version of enkat");
    return record;
  });
  return bound;
}

namespace detail {
/// `name` lives until the function that has the argument is defined.
inline py::arg_v with_default(const std::string& name, const py::object& value) {
  return py::arg(name.c_str()) = value;
}

template <Record T, class... Members>
void bind_constructor(py::class_<T>& bound, const Field<T, Members>&... field) {
  const T usual{};
  bound.def(py::init([](Members... values) {
              T record;
              std::apply([&](const auto&... own) { ((record.*own.member = std::move(values)), ...); }, Fields<T>::list);
              return record;
            }),
            py::kw_only(), with_default(std::string(field.name), py::cast(usual.*field.member))...);
}
}  // namespace detail

/// What a call asks for, as a class that is made of the fields that differ from the usual ones.
template <Record T>
void bind_request(py::module_& module, const char* name, const char* doc) {
  py::class_<T> bound = bind_record<T>(module, name, doc);
  std::apply([&](const auto&... field) { detail::bind_constructor<T>(bound, field...); }, Fields<T>::list);
}

/// Lets Python see a long pass: takes the GIL to run signal handlers (Ctrl-C stops) and to report progress.
class PythonMonitor final : public Monitor {
 public:
  explicit PythonMonitor(py::object progress = py::none()) : progress_(std::move(progress)), watched_(*this) {}

  void poll(double share_done) override {
    const py::gil_scoped_acquire gil;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    if (!progress_.is_none()) progress_(share_done);
  }

  void breathe() override {
    const py::gil_scoped_acquire gil;
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
  }

 private:
  py::object progress_;
  Watched watched_;
};

/// What `work(monitor)` gives. It is done without Python's lock: who does it takes the lock to see a signal.
template <class Work>
auto unlocked(const Work& work, const py::object& progress = py::none()) {
  PythonMonitor monitor(progress);
  const py::gil_scoped_release release;
  return work(monitor);
}

}  // namespace enkat
