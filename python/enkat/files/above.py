"""Lines above the header of a table: titles, dates of export, and the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enkat.files.header_evidence import evidence, is_word

Row = Sequence[str]
_MOST = 30


@dataclass(frozen=True)
class Start:
    """The first line that is not above the table, and those that are."""

    line: int
    skipped: tuple[int, ...] = ()


def first_filled(rows: Sequence[Row], skip: int) -> Start:
    """The first line with something in it after those to be left out."""
    line = next((number for number, row in enumerate(rows, 1) if number > skip and any(row)), skip + 1)
    return Start(line, tuple(number for number in range(1, line) if number <= len(rows) and any(rows[number - 1])))


def start_below_titles(rows: Sequence[Row]) -> Start:
    """Below lines with a title, a date of export and the like, when a header follows them beyond doubt."""
    start = first_filled(rows, 0)
    width = max((_filled(row) for row in rows), default=0)
    thin = min(2, width - 1)
    for number in range(start.line, min(len(rows), start.line + _MOST) + 1):
        row = rows[number - 1]
        if not any(row) or (_filled(row) <= thin and not any(row[thin:])):
            continue
        above = tuple(line for line in range(start.line, number) if any(rows[line - 1]))
        if not above or not any(map(is_word, row)):
            return start
        answers = [other for other in rows[number:] if any(other)]
        if any(_names_another(rows[line - 1], row, answers) for line in above):
            return start
        found = evidence(row, answers)
        after_blank_line = not any(rows[number - 2])
        titles = all(_filled(rows[line - 1]) == 1 for line in above)
        named = all(is_word(cell) for cell in row if cell) and _filled(row) == sum(map(bool, row))
        sure = found.typed or (named and (after_blank_line or (titles and _filled(row) == width > 2)))
        return Start(number, above) if sure and not found.against else start
    return start


def _names_another(title: Row, row: Row, answers: Sequence[Row]) -> bool:
    """Whether a line has words above a column that the line below does not name and that has answers."""
    return any(
        cell and not row[number] and any(number < len(other) and other[number] for other in answers)
        for number, cell in enumerate(title[: len(row)])
    )


def _filled(row: Row) -> int:
    return len({cell for cell in row if cell})
