"""The questions of a drafted study: what the file says of them, and guesses for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from enkat.files.guess import guess_question, multiple_question, propose_multiple
from enkat.files.new_words import Words
from enkat.files.reading import Reading
from enkat.files.undeclared import taken_out

if TYPE_CHECKING:
    import pyarrow as pa


def drafted_questions(reading: Reading, identity: str | None, words: Words) -> list[dict[str, Any]]:
    """What the file says of its questions, and guesses for other columns, in column order."""
    own = taken_out(reading.codebook, reading.undeclared) if reading.codebook else {}
    known: list[dict[str, Any]] = own.get("questions", [])
    covered = {identity} | {column for question in known for column in columns_of(question)}
    covered |= {variable for question in known for variable in _set_variables(question)}
    free = [name for name in reading.table.column_names if name not in covered]
    proposed = propose_multiple(reading.table, free)
    boxes = {column for group in proposed for column in group.columns}
    questions = [*known, *(multiple_question(group, {}, words.proposal) for group in proposed)]
    for name in free:
        if name not in boxes:
            guessed = guess_question(name, reading.table.column(name), (words.yes, words.no))
            questions += [guessed] if guessed else []
    return _in_column_order(_with_distinct_names(questions), reading.table.column_names)


def columns_of(question: Mapping[str, Any]) -> list[str]:
    """The columns that hold the answers to a question."""
    if question.get("storage") == "columns":
        return [str(option["column"]) for option in question["options"]]
    return [str(name) for name in question.get("columns", [question.get("column", question["name"])])]


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


def _set_variables(question: Mapping[str, Any]) -> list[str]:
    """The variables behind the 0/1 columns of a set, which its options have as codes."""
    ticked = question["type"] == "multiple" and question["storage"] == "columns"
    return [str(option["code"]) for option in question["options"]] if ticked else []


def _in_column_order(questions: list[dict[str, Any]], columns: list[str]) -> list[dict[str, Any]]:
    place = {name: number for number, name in enumerate(columns)}

    def first(question: dict[str, Any]) -> int:
        # A column made for a set stands last in the table; the set belongs where its variables are.
        return min(place[name] for name in [*columns_of(question), *_set_variables(question)])

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
