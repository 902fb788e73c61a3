#include "enkat/design/parts.hpp"

#include <exception>
#include <optional>

#include "bindings/bind.hpp"

namespace enkat {
namespace {

/// The pass that somebody wanted of these parts is done; its bytes are in `PythonParts::result`.
struct PassDone final : std::exception {
  const char* what() const noexcept override { return "the pass is done"; }
};

/// Parts that Python gives: for every pass an iterable of batches (capsules of Arrow streams, each with the number of
/// rows before it, or -1 where they come in order) or of the bytes of passes over other parts.
class PythonParts final : public Parts {
 public:
  PythonParts(py::object give, std::vector<std::string> known_columns, std::optional<int> last_pass)
      : give_(std::move(give)), known_columns_(std::move(known_columns)), last_pass_(last_pass) {}
  PythonParts(const PythonParts&) = delete;
  PythonParts& operator=(const PythonParts&) = delete;
  ~PythonParts() override {
    const py::gil_scoped_acquire gil;
    give_ = py::object();
  }

  void run(Pass& pass, const std::vector<std::string>& columns, Monitor& monitor) override {
    const py::gil_scoped_acquire gil;
    for (const py::handle part : py::iter(give_(pass.name(), columns))) {
      if (py::isinstance<py::bytes>(part)) {
        pass.add(part.cast<std::string>());
        continue;
      }
      const auto [capsule, before] = part.cast<std::pair<py::capsule, std::int64_t>>();
      auto* stream = static_cast<ArrowArrayStream*>(capsule.get_pointer());
      const py::gil_scoped_release release;
      auto first = static_cast<std::size_t>(before < 0 ? pass.rows() : before);
      Table::for_each_batch(stream, [&](const Table& table) {
        pass.see(table.after(first), monitor);
        first += table.rows();
      });
      monitor.poll(rows_ == 0 ? 0 : static_cast<double>(pass.rows()) / static_cast<double>(rows_));
    }
    rows_ = pass.rows();
    if (last_pass_ != passes_++) return;
    result = pass.bytes();
    throw PassDone();
  }
  std::vector<std::string> known_columns() const override { return known_columns_; }

  std::string result;

 private:
  py::object give_;
  std::vector<std::string> known_columns_;
  std::optional<int> last_pass_;  // where somebody else goes on
  int passes_ = 0;
  std::int64_t rows_ = 0;
};

}  // namespace

void bind_parts(py::module_& module) {
  py::register_exception<PassDone>(module, "PassDone");
  const py::class_<Parts, std::shared_ptr<Parts>> base(module, "PartsBase");
  py::class_<PythonParts, Parts, std::shared_ptr<PythonParts>>(module, "Parts", "Data that are read in parts.")
      .def(py::init([](py::object give, const std::vector<py::bytes>& known_columns, std::optional<int> last_pass) {
             return std::make_shared<PythonParts>(
                 std::move(give), std::vector<std::string>(known_columns.begin(), known_columns.end()), last_pass);
           }),
           py::arg("give"), py::arg("known_columns") = std::vector<py::bytes>(), py::arg("last_pass") = py::none())
      .def_property_readonly("result", [](const PythonParts& parts) { return py::bytes(parts.result); });
}

}  // namespace enkat
