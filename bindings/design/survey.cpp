#include "enkat/design/survey.hpp"

#include <pybind11/numpy.h>

#include "bindings/json.hpp"
#include "enkat/codebook/read_question.hpp"
#include "enkat/data/check_answers.hpp"
#include "enkat/design/question_counts.hpp"

namespace enkat {
namespace {

/// Final weights, not to be written. Those that calibration gave stay where they are, and the array keeps them alive.
py::array_t<double> weights_of(const Survey& survey) {
  const auto rows = static_cast<py::ssize_t>(survey.rows());
  py::array_t<double> weights;
  if (const auto given = survey.given_weights()) {
    auto* owner = new std::shared_ptr<const std::vector<double>>(given);
    const py::capsule keep(owner, [](void* kept) { delete static_cast<decltype(owner)>(kept); });
    weights = py::array_t<double>(rows, given->data(), keep);
  } else {
    weights = py::array_t<double>(rows);
    survey.weights({0, survey.rows()}, {weights.mutable_data(), survey.rows()});
  }
  weights.attr("setflags")(py::arg("write") = false);
  return weights;
}

template <class T, class Read>
py::array_t<T> array_of(std::size_t rows, const Read& read) {
  py::array_t<T> values(static_cast<py::ssize_t>(rows));
  read(std::span<T>(values.mutable_data(), rows));
  return values;
}

/// 1 for rows of the domain.
py::array_t<std::uint8_t> inside_of(const Survey& survey) {
  return array_of<std::uint8_t>(survey.rows(), [&](auto out) { survey.inside({0, survey.rows()}, out); });
}

/// The answers to a question; nobody waits with Python's lock for another thread that makes them.
std::shared_ptr<const Answers> unlocked_answers(const Survey& survey, const std::string& name) {
  return unlocked([&](Monitor&) { return survey.answers(name); });
}

/// The answers to a question of the codebook, of all rows: "answered", and "levels", "numbers", "texts" or "ticked".
py::typing::Dict<py::str, py::object> answers_of(const Survey& survey, const std::string& name) {
  const std::size_t rows = survey.rows();
  const auto answers = unlocked_answers(survey, name);
  const Question& question = answers->question();
  py::typing::Dict<py::str, py::object> found;
  found["answered"] = array_of<std::uint8_t>(rows, [&](auto out) { answers->answered(0, out); });
  if (question.has_levels()) {
    found["levels"] = array_of<std::int32_t>(rows, [&](auto out) { answers->levels(0, out); });
  } else if (question.type == QuestionType::number) {
    found["numbers"] = array_of<double>(rows, [&](auto out) { answers->numbers(0, out); });
  } else if (question.type == QuestionType::text) {
    std::vector<std::string_view> texts(rows);
    answers->texts(0, texts);
    py::list list;
    for (std::size_t row = 0; row < rows; ++row)
      list.append(answers->reason(row) == MissingReason::answered ? py::object(py::str(texts[row])) : py::none());
    found["texts"] = list;
  } else {
    py::list ticked;
    for (std::size_t option = 0; option < question.options.size(); ++option)
      ticked.append(array_of<std::uint8_t>(rows, [&](auto out) { answers->ticked(option, 0, out); }));
    found["ticked"] = ticked;
  }
  return found;
}

/// For each question its name, its base and how many rows have each reason not to be in it.
py::typing::List<py::object> question_counts_of(const Survey& survey) {
  const QuestionCounts counts = unlocked([&](Monitor& monitor) { return question_counts(survey, monitor); });
  py::typing::List<py::object> list;
  for (const auto& of_question : counts.of) {
    py::dict reasons;
    for (std::size_t reason = 0; reason < missing_reasons; ++reason)
      reasons[py::str(std::string(name_of(static_cast<MissingReason>(reason))))] = of_question[reason];
    list.append(reasons);
  }
  return list;
}

}  // namespace

void bind_survey(py::module_& module) {
  py::class_<Survey>(module, "Survey", "Answers, codebook and design; immutable.")
      .def(py::init([](Table table, Codebook codebook, const py::object& design) {
             Design drawn = Design::from_json(from_python(design));
             return unlocked([&](Monitor&) { return Survey(std::move(table), std::move(codebook), std::move(drawn)); });
           }),
           py::arg("table"), py::arg("codebook"), py::arg("design"))
      .def_static(
          "in_parts",
          [](Table columns, Codebook codebook, const py::object& design, std::shared_ptr<Parts> parts,
             const py::object& progress) {
            Design drawn = Design::from_json(from_python(design));
            return unlocked(
                [&](Monitor& monitor) {
                  return Survey(std::move(columns), std::move(codebook), std::move(drawn), std::move(parts), monitor);
                },
                progress);
          },
          py::arg("columns"), py::arg("codebook"), py::arg("design"), py::arg("parts"),
          py::arg("progress") = py::none())
      .def_property_readonly("rows", [](const Survey& survey) { return survey.sample().rows(); })
      .def_property_readonly("columns", [](const Survey& s) { return s.table().names(); })
      .def_property_readonly("codebook", &Survey::codebook)
      .def_property_readonly("domain_rows",
                             [](const Survey& survey) {
                               return unlocked([&](Monitor& monitor) { return survey.domain_counts(monitor).rows; });
                             })
      .def_property_readonly("has_domain", &Survey::has_domain)
      .def_property_readonly(
          "conditions",
          [](const Survey& survey) {
            Json list = Json::array();
            for (const Condition& condition : survey.conditions()) list.push_back(condition.to_json());
            return to_python(list);
          },
          "Those of the domain, where data are read in parts.")
      .def(
          "question",
          [](const Survey& survey, const std::string& name) {
            const auto answers = unlocked_answers(survey, name);
            return to_python(write_question(answers->question(), survey.codebook().language()));
          },
          py::arg("name"), "A question, or a column without a codebook read as one.")
      .def(
          "declared_question",
          [](const Survey& survey, const std::string& name) -> py::object {
            const Question* question = survey.question(name);
            if (question == nullptr) return py::none();
            return to_python(write_question(*question, survey.codebook().language()));
          },
          py::arg("name"), "A question of the codebook, or None.")
      .def(
          "where",
          [](const Survey& survey, const py::object& conditions) {
            const std::vector<Condition> parsed = conditions_from_list(from_python(conditions));
            return unlocked([&](Monitor&) { return survey.where(parsed); });
          },
          py::arg("conditions"), "Conditions are {'column': …, 'values': […]}, or expressions with their trees.")
      .def(
          "where_mask",
          [](const Survey& survey, const py::array_t<std::uint8_t, py::array::c_style | py::array::forcecast>& mask) {
            return survey.where(std::span(mask.data(), static_cast<std::size_t>(mask.size())));
          },
          py::arg("mask"))
      .def(
          "derive",
          [](const Survey& survey, const py::object& question) {
            const Json parsed = from_python(question);
            return unlocked([&](Monitor&) { return survey.derive(parsed); });
          },
          py::arg("question"), "The survey with one question more, made of others, as codebook.json has it.")
      .def("inside", inside_of, "1 for rows of the domain.")
      .def("answers", answers_of, py::arg("question"), "The answers of all rows to a question of the codebook.")
      .def("question_counts", question_counts_of, "For each question the rows with an answer, and with each reason.")
      .def("check_answers",
           [](const Survey& survey) {
             return to_python(unlocked([&](Monitor&) { return check_answers(survey.table(), survey.codebook()); }));
           })
      .def("weights", weights_of)
      .def_property_readonly(
          "steps",
          [](const Survey& survey) {
            std::vector<std::string> steps;
            if (survey.calibration()) steps.push_back("weights: " + survey.calibration()->method);
            if (survey.replicates())
              steps.push_back("variances: " + std::to_string(survey.replicates()->count()) + " replicates (" +
                              survey.replicates()->method + ")");
            return steps;
          },
          "What was done to the weights, and where variances come from if not from the design.")
      .def("notes", [](const Survey& survey) { return note_sentences(survey.notes()); });
}

}  // namespace enkat
