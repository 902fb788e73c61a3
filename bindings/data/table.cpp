#include "enkat/data/table.hpp"

#include <pybind11/numpy.h>

#include <array>
#include <cstring>
#include <map>
#include <variant>

#include "bindings/bind.hpp"
#include "enkat/data/check_answers.hpp"
#include "enkat/data/export.hpp"
#include "enkat/data/import.hpp"
#include "enkat/data/unicode.hpp"

namespace enkat {
namespace {

/// Takes the stream out of an Arrow PyCapsule; the capsule keeps an emptied stream, as the protocol asks.
Table table_from_capsule(const py::capsule& capsule) {
  return Table::from_stream(static_cast<ArrowArrayStream*>(capsule.get_pointer()));
}

/// The table as an Arrow PyCapsule.
py::capsule capsule_of(const Table& table, const py::object& /* the schema asked for; ours is the only one */) {
  auto stream = std::make_unique<ArrowArrayStream>();
  to_stream(table, *stream);
  const auto destroy = [](PyObject* capsule) {
    auto* held = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, "arrow_array_stream"));
    if (held->release != nullptr) held->release(held);
    delete held;
  };
  return py::capsule(stream.release(), "arrow_array_stream", destroy);
}

std::vector<std::uint8_t> bits_of(const py::array_t<bool, py::array::c_style | py::array::forcecast>& flags) {
  std::vector<std::uint8_t> bits(static_cast<std::size_t>(flags.size()) / 8 + 1);
  for (std::size_t i = 0; i < static_cast<std::size_t>(flags.size()); ++i)
    if (flags.data()[i]) bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << (i % 8));
  return bits;
}

/// The cells of a column, copied from arrays of NumPy into buffers as Arrow lays them out. `format` is the type, as
/// Arrow's C interface writes it.
struct Cells {
  Cells(std::string of_type, const py::array& values, const std::optional<py::array>& present,
        std::shared_ptr<const Cells> of_dictionary, bool ordered)
      : format(std::move(of_type)), categories(std::move(of_dictionary)) {
    if (present) validity = bits_of(*present);
    if (format == "U") {
      take_texts(values);
    } else if (format == "b") {
      data = bits_of(values);
    } else {
      const py::array whole = py::array::ensure(values, py::array::c_style);
      data.resize(static_cast<std::size_t>(whole.nbytes()) + 1);  // never a null pointer
      std::memcpy(data.data(), whole.data(), static_cast<std::size_t>(whole.nbytes()));
    }
    const void* first = validity.empty() ? nullptr : validity.data();
    const void* second = format == "U" ? static_cast<const void*>(offsets.data()) : data.data();
    buffers = {first, second, bytes.data()};
    schema.format = format.c_str();
    schema.flags = ARROW_FLAG_NULLABLE | (ordered ? ARROW_FLAG_DICTIONARY_ORDERED : 0);
    array.length = values.size();
    array.null_count = validity.empty() ? 0 : -1;
    array.n_buffers = format == "U" ? 3 : 2;
    array.buffers = buffers.data();
    if (categories) {
      schema.dictionary = const_cast<ArrowSchema*>(&categories->schema);
      array.dictionary = const_cast<ArrowArray*>(&categories->array);
    }
  }

  /// Texts of an array of objects; what is no text, and half of a character, is Python's error.
  void take_texts(const py::array& values) {
    const py::array whole = py::array::ensure(values, py::array::c_style);
    auto* const* cells = static_cast<PyObject* const*>(whole.data());
    for (std::size_t i = 0; i < static_cast<std::size_t>(whole.size()); ++i) {
      if (validity.empty() || ((validity[i / 8] >> (i % 8)) & 1) != 0) {
        if (PyUnicode_Check(cells[i]) == 0) throw py::type_error("a cell is no text");
        Py_ssize_t length = 0;
        const char* text = PyUnicode_AsUTF8AndSize(cells[i], &length);
        if (text == nullptr) throw py::error_already_set();
        bytes.append(text, static_cast<std::size_t>(length));
      }
      offsets.push_back(static_cast<std::int64_t>(bytes.size()));
    }
  }

  std::string format;
  std::vector<std::uint8_t> data, validity;
  std::vector<std::int64_t> offsets{0};
  std::string bytes;
  std::shared_ptr<const Cells> categories;
  std::array<const void*, 3> buffers{};
  ArrowSchema schema{};
  ArrowArray array{};
};

using Given = std::variant<std::shared_ptr<Cells>, Table>;

Column column_of(const std::string& name, const Given& given, std::size_t rows) {
  if (const auto* table = std::get_if<Table>(&given)) {
    const Column& column = table->columns().at(0);
    return {name, column.form(), {column.chunks().begin(), column.chunks().end()}};
  }
  const auto& cells = std::get<std::shared_ptr<Cells>>(given);
  std::vector<Chunk> chunks;
  if (rows > 0) chunks.push_back(chunk_of(cells->schema, cells->array, cells, 0, rows));
  return {name, form_of(cells->schema), std::move(chunks)};
}

/// Columns of these names, each in one piece: cells, or the only column of a table.
Table table_from_columns(const std::vector<std::string>& names, const std::vector<Given>& given, std::size_t rows) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < given.size(); ++i) columns.push_back(column_of(names.at(i), given[i], rows));
  return Table(std::move(columns), rows);
}

/// Of each column with texts that may not be in Unicode's normal form C, these texts; None where they are no UTF-8.
std::map<std::string, std::optional<std::vector<std::string>>> composable_texts_of(const Table& table) {
  std::map<std::string, std::optional<std::vector<std::string>>> found;
  for (const Column& column : table.columns())
    if (auto texts = composable_texts(column); !texts || !texts->empty()) found[column.name()] = std::move(texts);
  return found;
}

/// The table with other names, and other texts in the place of some in its columns (by their old names).
Table rewritten(const Table& table, const std::vector<std::string>& names,
                const std::map<std::string, std::unordered_map<std::string, std::string>>& instead) {
  std::vector<Column> columns;
  for (const Column& column : table.columns()) {
    const auto texts = instead.find(column.name());
    const Column changed = texts == instead.end() ? column : with_texts(column, texts->second);
    columns.emplace_back(names.at(columns.size()), changed.form(),
                         std::vector(changed.chunks().begin(), changed.chunks().end()));
  }
  return Table(std::move(columns), table.rows());
}

/// The columns whose type is not read, and what it is.
std::map<std::string, std::string> unread_of(const Table& table) {
  std::map<std::string, std::string> found;
  for (const Column& column : table.columns())
    if (column.type() == ColumnType::unsupported) found[column.name()] = column.form().format;
  return found;
}

}  // namespace

void bind_table(py::module_& module) {
  py::class_<Cells, std::shared_ptr<Cells>>(module, "Cells", "The cells of a column, copied from arrays of NumPy.")
      .def(py::init([](std::string format, const py::array& values, const std::optional<py::array>& present,
                       const std::optional<std::shared_ptr<Cells>>& categories, bool ordered) {
             return std::make_shared<Cells>(std::move(format), values, present, categories.value_or(nullptr), ordered);
           }),
           py::arg("format"), py::arg("values"), py::arg("present") = py::none(), py::arg("categories") = py::none(),
           py::arg("ordered") = false);
  py::class_<Table>(module, "Table", "Columns over Arrow buffers, borrowed where the type allows it.")
      .def_static("from_stream", &table_from_capsule, py::arg("capsule"), "Reads an Arrow C stream.")
      .def_static("from_columns", &table_from_columns, py::arg("names"), py::arg("columns"), py::arg("rows"),
                  "Columns of these names, each in one piece: cells, or the only column of a table.")
      .def("__arrow_c_stream__", &capsule_of, py::arg("requested_schema") = py::none(),
           "The columns as they were read.")
      .def("composable_texts", &composable_texts_of, py::call_guard<py::gil_scoped_release>(),
           "Texts that may not be in normal form C, by column; None where they are no UTF-8.")
      .def("rewritten", &rewritten, py::arg("names"), py::arg("instead"),
           "The table with other names, and other texts in the place of some.")
      .def_property_readonly("unread", &unread_of, "Columns whose type is not read, with the type.")
      .def_property_readonly("rows", &Table::rows)
      .def_property_readonly("names", &Table::names);
  module.def(
      "check_answers",
      [](const Table& table, const Codebook& codebook) { return to_python(check_answers(table, codebook)); },
      py::arg("table"), py::arg("codebook"), "All problems of the answers against their codebook.");
}

}  // namespace enkat
