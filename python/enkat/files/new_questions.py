"""The questions of a drafted study: what the file says of them, and guesses for the rest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from enkat.files.guess import guess_question, slug
from enkat.files.new_words import Words
from enkat.files.reading import Reading
from enkat.recognition.cells import CellsOf
from enkat.recognition.questions import of_group
from enkat.recognition.reasons import with_letters
from enkat.recognition.recognise import recognise
from enkat.recognition.record import Group, columns_of, item_labels, set_variables

if TYPE_CHECKING:
    import pyarrow as pa

CLOSED = ("single", "multiple", "top_k", "scale")
LEAST_PROPOSED = 3
# Of a question: indicators and their charts are called like it, and names of files have an end.
LONGEST_NAME = 60


def drafted_questions(reading: Reading, left_apart: Collection[str | None], words: Words) -> list[dict[str, Any]]:
    """What the file says of its questions, what its columns show, and guesses for the rest, in column order.

    Closed questions that are guessed have the key `guessed`. Columns that are `left_apart` are no questions.
    """
    found = recognise(reading)
    apart = {*left_apart, *found.added, *(group.joined for group in found.groups)}
    known = [
        question
        for question in (with_letters(found.codebook(reading, labelled=True), reading.letters) or {}).get(
            "questions", []
        )
        if question["type"] == "multiple" or not apart.intersection(columns_of(question))
    ]
    covered = {column for question in known for column in (*columns_of(question), *set_variables(question))}
    proposed = [group for group in found.groups if _may_be_boxes(group) and not covered.intersection(group.columns)]
    questions = [*known, *_proposals(proposed, reading.table, words)]
    covered |= {column for group in proposed for column in group.columns}
    items = item_labels(found.groups)
    for name in reading.table.column_names:
        if name not in covered and name not in apart:
            guessed = guess_question(name, reading.table.column(name), (words.yes, words.no), items.get(name))
            questions += [{**guessed, "guessed": guessed["type"] in CLOSED}] if guessed else []
    named = _with_distinct_names([_with_short_name(question) for question in questions])
    return _in_column_order(named, reading.table.column_names)


def _may_be_boxes(group: Group) -> bool:
    """Enough columns of 0 and 1 to propose them as one question; fewer are drafted as questions of their own."""
    zero_one = group.marks is not None and group.marks.zero_one
    return group.kind == "proposed" and zero_one and len(group.members) >= LEAST_PROPOSED


def _proposals(groups: Sequence[Group], table: pa.Table, words: Words) -> list[dict[str, Any]]:
    cells = CellsOf(table)
    return [
        {**of_group(group, cells), "label": f"{group.label} ({words.proposal})", "guessed": True} for group in groups
    ]


def _with_short_name(question: dict[str, Any]) -> dict[str, Any]:
    """The question under a name for calls and for report.md."""
    name = slug(str(question["name"]))
    if len(name) > LONGEST_NAME:
        name = name[:LONGEST_NAME].rpartition("_")[0] or name[:LONGEST_NAME]
    if name == question["name"]:
        return question
    single = "columns" not in question and question.get("storage") != "columns"
    return {**question, "name": name, **({"column": question.get("column", question["name"])} if single else {})}


def _with_distinct_names(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    taken: set[str] = set()
    for question in questions:
        name = str(question["name"])
        if name in taken:
            number = next(n for n in range(2, len(questions) + 2) if f"{name}_{n}" not in taken)
            if question["type"] != "multiple":
                question.setdefault("column", name)
            question["name"] = f"{name}_{number}"
        taken.add(question["name"])
    return questions


def _in_column_order(questions: list[dict[str, Any]], columns: list[str]) -> list[dict[str, Any]]:
    place = {name: number for number, name in enumerate(columns)}

    def first(question: dict[str, Any]) -> int:
        # A column made for a set stands last in the table; the set belongs where its variables are.
        return min(place[name] for name in [*columns_of(question), *set_variables(question)])

    return sorted(questions, key=first)


def answered(question: Mapping[str, Any], table: pa.Table) -> bool:
    """True when at least one row holds an answer, so that an estimate can exist."""
    import pyarrow as pa
    import pyarrow.compute as pc

    missing = [str(entry["code"]) for entry in question.get("missing", [])]
    for name in columns_of(question):
        values = table.column(name).drop_null()
        if not missing and len(values):
            return True
        if pa.types.is_floating(values.type) and len(values):
            whole = values.unique()
            shown = pa.array([str(int(v)) if float(v).is_integer() else str(v) for v in whole.to_pylist()])
        else:
            shown = values.unique().cast(pa.string())
        if not pc.all(pc.is_in(shown, value_set=pa.array(missing, pa.string())), min_count=0).as_py():
            return True
    return False
