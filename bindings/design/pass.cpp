#include "enkat/design/pass.hpp"

#include "bindings/json.hpp"

namespace enkat {
namespace {

/// A pass as Python sees it: of a call that waits for it, for as long as it does, or one that was sent here.
class PythonPass {
 public:
  PythonPass(Pass& pass, Monitor& monitor) : pass_(&pass), monitor_(&monitor) {}
  explicit PythonPass(std::unique_ptr<Pass> own) : own_(std::move(own)), pass_(own_.get()) {}

  /// Sees a batch: a capsule of an Arrow stream, with the number of rows before it, or -1 where batches come in order.
  void see(const py::capsule& capsule, std::int64_t before) {
    auto* stream = static_cast<ArrowArrayStream*>(capsule.get_pointer());
    PythonMonitor of_thread;  // who reads is not always the thread of the call
    Monitor& monitor = monitor_ == nullptr ? of_thread : *monitor_;
    const py::gil_scoped_release release;
    auto first = static_cast<std::size_t>(before < 0 ? pass().rows() : before);
    Table::for_each_batch(stream, [&](const Table& table) {
      pass().see(table.after(first), monitor);
      first += table.rows();
    });
    monitor.poll(rows_ == 0 ? 0 : static_cast<double>(pass().rows()) / static_cast<double>(rows_));
  }
  void add(const py::bytes& found) { pass().add(std::string_view(found)); }
  py::bytes found() { return pass().bytes(); }
  py::bytes sent() { return pass().sent(); }

  void expect(std::int64_t rows) { rows_ = rows; }
  /// The call goes on: its pass is no more.
  void end() { pass_ = nullptr; }

 private:
  Pass& pass() {
    if (pass_ == nullptr) throw UsageError("usage.pass_ended", "this pass has ended: the call that wanted it went on");
    return *pass_;
  }

  std::unique_ptr<Pass> own_;
  Pass* pass_;
  Monitor* monitor_ = nullptr;  // of the call
  std::int64_t rows_ = 0;       // of all parts, where that is known
};

/// Parts that Python reads: `run(pass, columns)` lets the pass see batches, or gives it what others saw.
class PythonParts final : public Parts {
 public:
  explicit PythonParts(py::object run) : run_(std::move(run)) {}
  PythonParts(const PythonParts&) = delete;
  PythonParts& operator=(const PythonParts&) = delete;
  ~PythonParts() override {
    const py::gil_scoped_acquire gil;
    run_ = py::object();
  }

  void run(Pass& pass, const std::vector<std::string>& columns, Monitor& monitor) override {
    const py::gil_scoped_acquire gil;
    const auto seen = std::make_shared<PythonPass>(pass, monitor);
    seen->expect(rows_);
    try {
      run_(seen, columns);
    } catch (...) {
      seen->end();
      throw;
    }
    seen->end();
    rows_ = pass.rows();
  }

 private:
  py::object run_;
  std::int64_t rows_ = 0;
};

}  // namespace

void bind_pass(py::module_& module) {
  const py::class_<Parts, std::shared_ptr<Parts>> base(module, "PartsBase");
  py::class_<PythonParts, Parts, std::shared_ptr<PythonParts>>(module, "Parts", "Data that are read in parts.")
      .def(py::init<py::object>(), py::arg("run"));
  py::class_<PythonPass, std::shared_ptr<PythonPass>>(module, "Pass", "A pass over the rows of data read in parts.")
      .def(py::init([](const Table& columns, const py::object& design, const py::bytes& sent) {
             return std::make_shared<PythonPass>(
                 pass_from(columns, Design::from_json(from_python(design)), std::string_view(sent)));
           }),
           py::arg("columns"), py::arg("design"), py::arg("sent"), "The pass that `sent` describes.")
      .def("see", &PythonPass::see, py::arg("batch"), py::arg("before"), "Sees a batch of the rows.")
      .def("add", &PythonPass::add, py::arg("found"), "Adds what was found in other rows.")
      .def_property_readonly("found", &PythonPass::found, "What was found so far.")
      .def_property_readonly("sent", &PythonPass::sent, "All that somebody with some of the rows needs for this pass.");
}

}  // namespace enkat
