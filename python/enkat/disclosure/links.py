"""Columns that are made of the same answers: bands of an age, a net of a scale, conditions over either.

Which of them somebody is in follows from one and the same answer, so together they have few patterns, and are read as
one variable whose categories are the patterns that occur.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from enkat.arguments import value_text
from enkat.disclosure.figure import Sum
from enkat.disclosure.of_study import EXPRESSION
from enkat.disclosure.variables import Column, Link
from enkat.recognition.record import columns_of
from enkat.row_expressions import with_tree

if TYPE_CHECKING:
    import pyarrow as pa

    from enkat.survey import Survey


def links_of(survey: Survey, sums: Iterable[Sum], columns: Mapping[str, Column]) -> tuple[Link, ...]:
    """The columns of a publication that are made of the same answers, each with the patterns of those who answered."""
    questions = {str(question["name"]): question for question in survey.codebook["questions"]}
    names = sorted({name for sum_ in sums for name in (sum_.question, *(one.column for one in sum_.among)) if name})
    made = {name: _made_of(name, questions, survey.columns) for name in names if _one_answer(name, columns)}

    def is_made(name: str) -> bool:
        return "derived" in questions[name] if name in questions else name not in survey.columns

    return tuple(
        Link(tuple(together), _patterns(survey, together, questions))
        for together in _overlapping(made)
        if any(map(is_made, together))
    )


def _one_answer(name: str, columns: Mapping[str, Column]) -> bool:
    column = columns.get(name)
    return column is None or (not column.several and bool(column.answers))


def _made_of(name: str, questions: Mapping[str, Mapping[str, Any]], columns: list[str]) -> frozenset[str]:
    """The columns of the file that decide what a question, a column or a condition is."""
    question = questions.get(name)
    if question is None:
        return frozenset((name,)) if name in columns else _named(name, questions, columns)
    definition = question.get("derived")
    if definition is None:
        return frozenset(columns_of(question))
    parts = [str(definition["of"])] if "of" in definition else []
    parts += [str(one) for one in definition.get("cross", ())]
    made = frozenset[str]().union(*(_made_of(part, questions, columns) for part in parts))
    texts = (definition[key] for key in ("where", "number") if key in definition)
    return made.union(*(_named(str(text), questions, columns) for text in texts))


def _named(expression: str, questions: Mapping[str, Mapping[str, Any]], columns: list[str]) -> frozenset[str]:
    """What an expression over rows is made of."""
    names = [name for name in _names_in(with_tree(expression)) if name != expression]
    return frozenset[str]().union(*(_made_of(name, questions, columns) for name in names))


def _names_in(tree: object) -> Iterator[str]:
    if isinstance(tree, Mapping):
        if "name" in tree:
            yield str(tree["name"])
        for part in tree.values():
            yield from _names_in(part)
    elif isinstance(tree, list):
        for part in tree:
            yield from _names_in(part)


def _overlapping(made: Mapping[str, frozenset[str]]) -> list[list[str]]:
    """Names that share a column of the file, directly or through others."""
    groups: list[tuple[set[str], set[str]]] = []
    for name, columns in made.items():
        joined, sources, apart = {name}, set(columns), []
        for names, known in groups:
            if known & sources:
                joined |= names
                sources |= known
            else:
                apart.append((names, known))
        groups = [*apart, (joined, sources)]
    return [sorted(names) for names, _ in groups if len(names) > 1]


def _patterns(
    survey: Survey, names: list[str], questions: Mapping[str, Mapping[str, Any]]
) -> tuple[tuple[str | None, ...], ...]:
    """The combinations that occur among those who answered, and that of nobody's answer to any of them."""
    import pyarrow as pa

    cells = {str(place): _cells(survey, name, questions) for place, name in enumerate(names)}
    found = pa.table(cells).group_by(list(cells)).aggregate([]).to_pylist()
    answers = [_names_of_codes(questions.get(name, {})) for name in names]
    patterns = {
        tuple(known.get(cell, cell) for known, cell in zip(answers, row.values(), strict=True)) for row in found
    } | {(None,) * len(names)}
    return tuple(sorted(patterns, key=str))


def _names_of_codes(question: Mapping[str, Any]) -> dict[str | None, str]:
    """Answers to scales are taken out as their numbers; figures name them."""
    options = question.get("options", ()) if question.get("type") == "scale" else ()
    return {value_text(option["code"]): str(option["name"]) for option in options if "code" in option}


def _cells(survey: Survey, name: str, questions: Mapping[str, Mapping[str, Any]]) -> pa.Array | pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    from enkat.extract import Extract

    if name in questions or name in survey.columns:
        return Extract(survey, labels=False).column(name).cast(pa.string())
    made = "the condition"
    yes_no = Extract(survey.derive(made, where=name), labels=False).column(made).cast(pa.string())
    return pc.if_else(pc.equal(yes_no, "yes"), EXPRESSION[0], "false")
