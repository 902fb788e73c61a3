"""Somebody else's report, given as tables: one row per figure, so that it can be audited as ours are."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from enkat.disclosure.figure import Condition, Figure, Place, Sum, counts_behind
from enkat.disclosure.publication import Publication
from enkat.disclosure.variables import Column
from enkat.errors import DataError, Issue, ReportError

_FIGURES = ("count", "percent", "base")
_YES = frozenset(("1", "true", "yes", "x", "ja"))


def read_tables(folder: Path) -> Publication:
    """Reads all CSV files of a folder as published tables.

    Each row has the columns `question`, `answer` and at least one of `count`, `percent` and `base`; `sensitive` (yes)
    marks the questions to protect, and every other column tells the group (empty: everyone). A cell that is empty or
    ".." is withheld.

    Raises:
        DataError: There are no tables.
        ReportError: With every row that cannot be read.
    """
    from enkat.files.read import read_table

    files = sorted(folder.glob("*.csv"))
    if not files:
        raise DataError(
            "disclosure.nothing_published",
            f"{folder} has no audit.json, which every report of enkat has, and no tables as CSV files",
            {"folder": str(folder)},
        )
    figures: list[Figure] = []
    problems: list[Issue] = []
    sensitive: set[str] = set()
    for file in files:
        reading = read_table(file)
        for number, row in enumerate(reading.table.to_pylist(), start=1):
            try:
                figures += _figures(file.stem, row, sensitive)
            except ValueError as error:
                problems.append(
                    Issue(
                        "disclosure.table_row",
                        f"{file.name}, row {number}: {error}",
                        {"file": file.name, "row": number},
                    )
                )
    if problems:
        raise ReportError.of(problems)
    # Which answers there are besides those that are printed, nobody says.
    return Publication(tuple(figures), {name: Column(name, (), sensitive=True) for name in sensitive})


def _figures(table: str, row: Mapping[str, Any], sensitive: set[str]) -> Iterator[Figure]:
    cells = {name: "" if value is None else str(value).strip() for name, value in row.items()}
    question, answer = cells.pop("question", ""), cells.pop("answer", "")
    if not question:
        raise ValueError("there is no question")
    if cells.pop("sensitive", "").lower() in _YES:
        sensitive.add(question)
    count, percent, base = (_number(cells.pop(name, ""), name) for name in _FIGURES)
    among = tuple(sorted(Condition(column, (value,)) for column, value in cells.items() if value))
    group = tuple(condition.values[0] for condition in among)
    sum_ = Sum(question, among)
    low, high = (0.0, math.inf) if base is None else (base, base)
    yield Figure(sum_, Place("row", table, group), low, high)
    if not answer:
        return
    if count is not None:
        low, high = count, count
    elif percent is not None and base is not None:
        low, high = counts_behind(round(percent), round(base))
    elif percent is not None:
        raise ValueError("a percent needs its base, or nobody can tell what it says of people")
    else:
        low, high = 0.0, math.inf
    yield Figure(sum_.of(answer), Place("cell", table, group, answer), low, high)


def _number(text: str, column: str) -> float | None:
    if text in ("", ".."):
        return None
    try:
        return float(text.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".").rstrip("%"))
    except ValueError:
        raise ValueError(f"{column} is no number") from None
