#pragma once

#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/typing.h>

#include "enkat/basics/error.hpp"
#include "enkat/basics/record.hpp"
#include "enkat/basics/reduce.hpp"

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

/// A record's fields as read-only attributes.
template <Record T>
py::class_<T> bind_record(py::module_& module, const char* name, const char* doc) {
  py::class_<T> bound(module, name, doc);
  for_each_field<T>([&](const auto& field) {
    bound.def_readonly(std::string(field.name).c_str(), field.member, std::string(field.doc).c_str());
  });
  return bound;
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
