"""The codebook that a form gives for the columns of its export."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from enkat.files.entries import distinct_labels
from enkat.files.metadata import Code
from enkat.files.reading import few
from enkat.files.undeclared import Undeclared, no_answers
from enkat.forms.form import Choice, Form, FormQuestion, plain
from enkat.recognition.cells import CellsOf
from enkat.recognition.marks import marks_in
from enkat.recognition.repeats import repeats_note
from enkat.texts import one_form

if TYPE_CHECKING:
    import pyarrow as pa

LEAST_STEPS = 3  # with a number in their label
MOST_UNLISTED = 10  # answers of a question that the form has not, as those of an older version of it


@dataclass
class FormCodebook:
    """The codebook, and what was not clear about it."""

    questions: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    undeclared: list[Undeclared] = field(default_factory=list)

    @property
    def content(self) -> dict[str, Any]:
        """As codebook.json has it."""
        return {"schema_version": 1, "questions": self.questions}


def codebook_of(form: Form, table: pa.Table) -> FormCodebook:
    """The codebook of an export of this form; a question without a column is left out, and said."""
    found, cells = FormCodebook(), CellsOf(table)
    left: list[str] = []
    unlisted: list[str] = []
    for question in form.questions:
        made = _multiple(question, cells) if question.kind == "multiple" else _single(question, cells, unlisted)
        if made is None or any(known["name"] == made["name"] for known in found.questions):
            left.append(question.name)
            continue
        found.questions.append(made)
        if "options" in made and question.kind == "single":
            said: dict[Code, str] = {option["code"]: plain(option["label"]) for option in made["options"]}
            if gone := no_answers(said):
                found.undeclared.append(Undeclared(made["name"], gone))
    total = len(form.questions)
    found.notes.append(f"questions from the {form.title}: {total - len(left)} of its {total} are in the file")
    if left:
        found.notes.append(f"without a column of their own: {few([repr(name) for name in left])}")
    if unlisted:
        found.notes.append(
            f"{few(unlisted)} have answers that the form does not list, as an older version of it may have; they are "
            "answers called by their codes"
        )
    found.notes += [*form.notes, *filter(None, [repeats_note(table)])]
    return found


def text_columns(form: Form) -> frozenset[str]:
    """Columns that hold texts, several choices, or codes that are words, by any name that an export gives them."""
    of_texts = (
        question
        for question in form.questions
        if question.kind in ("text", "multiple") or not all(map(_is_whole, question.choices))
    )
    return frozenset(one_form(name) for question in of_texts for name in question.columns)


def _single(question: FormQuestion, cells: CellsOf, unlisted: list[str]) -> dict[str, Any] | None:
    """A question held by one column; None where the file has none."""
    column = _first(question.columns, cells)
    if column is None:
        return None
    made: dict[str, Any] = {"name": question.name, "type": question.kind, **_label(question)}
    if column != question.name:
        made["column"] = column
    if question.kind == "open":
        made["type"] = "number" if _is_number(cells.table.column(column)) else "text"
    if question.kind != "single":
        return made
    choices = list(question.choices)
    values = cells[column].values
    if len(values - {choice.code for choice in choices}) > len(values - {plain(choice.label) for choice in choices}):
        choices = [Choice(plain(choice.label), choice.label) for choice in choices]  # the export has labels
    more = sorted(values - {choice.code for choice in choices})
    if 0 < len(more) <= MOST_UNLISTED and not any(" " in code for code in more):
        choices += [Choice(code, code) for code in more]
        unlisted.append(repr(question.name))
    kind = "scale" if _are_steps(choices) else "single"
    return {**made, "type": kind, "options": _options(choices)}


def _are_steps(choices: Sequence[Choice]) -> bool:
    """True for steps and bands of a number: 0, 1 … 10 with words at the ends, or "under 5", "5-10", "over 10"."""
    codes = [_code(choice.code) for choice in choices]
    first = [re.search(r"\d+", plain(choice.label)) for choice in choices]
    if not all(isinstance(code, int) for code in codes) or not all(first[1:-1]):
        return False
    numbers = [int(match[0]) for match in first if match]
    return len(numbers) >= LEAST_STEPS and numbers == sorted(numbers) and codes == sorted(codes, key=int)


def _multiple(question: FormQuestion, cells: CellsOf) -> dict[str, Any] | None:
    """A question with several answers: its boxes, else the column that holds all choices of a row."""
    made: dict[str, Any] = {"name": question.name, "type": "multiple", **_label(question)}
    boxes = [_first(names, cells) for names in question.boxes]
    there = [box for box in boxes if box is not None]
    marks = marks_in({value for box in there for value in cells[box].values})
    if there and (marks is not None or all(not cells[box].values for box in there)):
        options = _options(question.choices)
        for option, box in zip(options, boxes, strict=True):
            option |= {"column": box} if box is not None else {"absent": True}
        if marks is not None and not marks.zero_one:
            made |= {"ticked": list(marks.ticked)} | (
                {"not_ticked": list(marks.not_ticked)} if marks.not_ticked else {}
            )
        return {**made, "storage": "columns", "options": options}
    joined = _first(question.columns, cells)
    if joined is None:
        return None
    if joined != question.name:
        made["column"] = joined
    return {**made, "storage": "delimited", "delimiter": " ", "options": _options(question.choices)}


def _first(names: Sequence[str], cells: CellsOf) -> str | None:
    """The first of these columns that the file has."""
    there = set(cells.table.column_names)
    return next((name for name in map(one_form, names) if name in there), None)


def _label(question: FormQuestion) -> Mapping[str, Any]:
    return {"label": question.label} if question.label else {}


def _options(choices: Sequence[Choice]) -> list[dict[str, Any]]:
    """Options named by their label, as those of any file with labels."""
    names = distinct_labels([plain(choice.label) for choice in choices], [choice.code for choice in choices])
    return [
        {"name": name, "code": _code(choice.code), "label": choice.label if isinstance(choice.label, dict) else name}
        for name, choice in zip(names, choices, strict=True)
    ]


def _is_whole(choice: Choice) -> bool:
    return isinstance(_code(choice.code), int)


def _code(code: str) -> Code:
    """A whole number as one, as the column has it; -9 too, but not 007."""
    return int(code) if re.fullmatch(r"0|-?[1-9]\d{0,15}", code) else code


def _is_number(column: pa.ChunkedArray) -> bool:
    from pyarrow import types as is_a

    return bool(is_a.is_integer(column.type) or is_a.is_floating(column.type))
