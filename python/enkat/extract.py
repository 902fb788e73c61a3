"""The rows of a survey as frames again: columns as they are, questions as their answers are understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from enkat.arguments import value_text
from enkat.errors import UnknownColumn, UsageError
from enkat.files.frames import of_core
from enkat.recognition.record import columns_of
from enkat.rendering.texts import text_in

if TYPE_CHECKING:
    import pyarrow as pa

    from enkat.survey import Survey

ORDERED = frozenset(("bands", "cuts", "dates"))  # ways to derive a question whose answers have an order


class Extract:
    """Takes the columns and questions of the rows in a survey's domain out of it.

    Args:
        survey: Rows in memory; EstimateError `estimate.in_memory_only` where they are read in parts.
        labels: Answers as their labels instead of their names; of scales, instead of their numbers.
    """

    def __init__(self, survey: Survey, labels: bool) -> None:
        self._survey = survey
        self._labels = labels
        self._inside = survey._core.inside()
        self._table = of_core(survey._table)
        self._language = str(survey.codebook.get("language", ""))
        self._questions: dict[str, Mapping[str, Any]] = {q["name"]: q for q in survey.codebook["questions"]}

    def table(self, weights: str | None = None) -> pa.Table:
        """All of them, in the order of the file, what is derived last; `weights` names a column of final weights."""
        import pyarrow as pa

        columns: dict[str, pa.ChunkedArray] = {}
        of_questions = self._columns_of_questions()
        for column in self._table.column_names:
            question = of_questions.get(column)
            columns |= {column: self._raw(column)} if question is None else self._answers(question)
        for question in self._questions:
            columns |= self._answers(question)
        if weights is not None:
            if weights in columns:
                raise UsageError("usage.weights", f"there is a column {weights!r} already: name that of weights anew")
            columns[weights] = self._rows(pa.array(self._survey.weights))
        return pa.table(columns)

    def column(self, name: str) -> pa.ChunkedArray:
        """One column, or the answers to one question with one answer a row."""
        if name in self._questions:
            answers = self._answers(name)
            if name not in answers:
                raise UsageError(
                    "usage.column",
                    f"{name!r} has several answers a row, a column for each option: {', '.join(map(repr, answers))}",
                    {"question": name, "columns": [*answers]},
                )
            return answers[name]
        of_options = self._columns_of_questions().get(name)
        if of_options is not None and name in self._answers(of_options):
            return self._answers(of_options)[name]
        if name not in self._table.column_names:
            raise UnknownColumn.named(name, [*self._questions, *self._table.column_names])
        return self._raw(name)

    def _columns_of_questions(self) -> dict[str, str]:
        """The question that each column belongs to."""
        return {
            column: question["name"]
            for question in self._questions.values()
            if "derived" not in question and "other_of" not in question
            for column in columns_of(question)
        }

    def _raw(self, column: str) -> pa.ChunkedArray:
        return self._rows(self._table[column])

    def _rows(self, values: pa.Array | pa.ChunkedArray) -> pa.ChunkedArray:
        import pyarrow as pa

        chunked = values if isinstance(values, pa.ChunkedArray) else pa.chunked_array([values])
        return chunked.filter(pa.array(self._inside).cast(pa.bool_()))

    def _answers(self, name: str) -> dict[str, pa.ChunkedArray]:
        """The answers to a question: a column, or one for each option where several may be chosen."""
        import pyarrow as pa

        question, found = self._questions[name], self._survey._core.answers(name)
        unanswered = found["answered"] == 0
        if "texts" in found:
            return {name: self._rows(pa.array(found["texts"], pa.string()))}
        if "numbers" in found:
            return {name: self._rows(pa.array(found["numbers"], mask=unanswered))}
        options = question["options"]
        if "ticked" in found:
            return {
                option.get("column", f"{name}_{option['name']}"): self._rows(
                    pa.array(ticks, mask=unanswered).cast(pa.bool_())
                )
                for option, ticks in zip(options, found["ticked"], strict=True)
            }
        levels = pa.array(found["levels"], mask=unanswered)
        if question["type"] == "scale" and not self._labels:
            return {name: self._rows(pa.array([option["code"] for option in options]).take(levels))}
        words = [self._word(option) for option in options]
        ordered = question["type"] == "scale" or not ORDERED.isdisjoint(question.get("derived", ()))
        answers = pa.DictionaryArray.from_arrays(levels, pa.array(words, pa.string()), ordered=ordered)
        return {name: self._rows(answers)}

    def _word(self, option: Mapping[str, Any]) -> str:
        label = text_in(option.get("label"), self._language) if self._labels else ""
        return label or str(option["name"])


def question_rows(survey: Survey) -> Iterator[dict[str, Any]]:
    """What there is to know of each question: its answers, its base in the domain, and why rows are not in it."""
    language = str(survey.codebook.get("language", ""))
    for question, counts in zip(survey.codebook["questions"], survey._core.question_counts(), strict=True):
        reasons = {reason: rows for reason, rows in counts.items() if reason != "answered" and rows}
        yield {
            "name": question["name"],
            "label": text_in(question.get("label"), language),
            "type": question["type"],
            "options": [
                text_in(option.get("label"), language) or option["name"] for option in question.get("options", [])
            ],
            "base": counts["answered"],
            "missing": ", ".join(f"{rows} {reason}" for reason, rows in reasons.items()),
            "made": made(question.get("derived")),
        }


def made(derived: Mapping[str, Any] | None) -> str:
    """How a derived question is made, in one line; nothing of one that was asked."""
    if derived is None:
        return ""
    (way, how), *_ = ((way, how) for way, how in derived.items() if way != "of")
    if isinstance(how, Mapping):
        how = "; ".join(f"{group}: {_listed(part)}" for group, part in how.items())
    return f"{way} of {derived['of']}: {_listed(how)}" if "of" in derived else f"{way}: {_listed(how)}"


def _listed(part: object) -> str:
    items = part if isinstance(part, list) else [part]
    return ", ".join("…" if item is None else value_text(item) for item in items)
