"""Which character separates the cells of a CSV file."""

from __future__ import annotations

from enkat.files.header_evidence import Evidence, evidence, is_word
from enkat.files.records import first_records

CANDIDATES = (";", "\t", "|", ",")
SAMPLED_RECORDS = 200
SAMPLED_CHARACTERS = 200_000
_LINES, _MOST_CHARACTERS = 4, 4_000_000
Rows = list[list[str]]


def find_delimiter(text: str) -> str:
    """The candidate that splits the header and splits most records into as many cells as the header.

    Where none splits all of them, lines may stand above the header: then the one that splits all below a header.
    """
    characters = _sampled(text)
    rows = {
        candidate: [record.cells for record in first_records(text, candidate, characters, SAMPLED_RECORDS)]
        for candidate in CANDIDATES
    }
    scores = {candidate: _agreement(rows[candidate]) for candidate in CANDIDATES}
    best = max(CANDIDATES, key=lambda candidate: scores[candidate])
    if scores[best][0] == 1.0:
        return best
    below = {candidate: width for candidate in CANDIDATES if (width := _width_below_other_lines(rows[candidate]))}
    if below:
        return max(below, key=lambda candidate: below[candidate])
    if scores[best] > (0.0, 1):
        return best
    blanks = [record.cells for record in first_records(text, " ", characters, SAMPLED_RECORDS)]
    if _agreement(blanks)[0] == 1.0 and _is_named([cells for cells in blanks if cells]):
        return " "
    # One column only: a comma in it is then a decimal comma or part of a text.
    return ";" if "," in text[:characters] else ","


def _sampled(text: str) -> int:
    """So many characters are looked at: with tens of thousands of columns, the header and the first answers."""
    end = 0
    for _ in range(_LINES):
        end = text.find("\n", end, _MOST_CHARACTERS) + 1 or (end and min(len(text), _MOST_CHARACTERS))
    return max(end, SAMPLED_CHARACTERS)


def _agreement(rows: Rows) -> tuple[float, int]:
    records = [cells for cells in rows if cells]
    if not records or len(records[0]) == 1:
        return (0.0, 1)
    width = len(records[0])
    agreeing = sum(len(cells) == width for cells in records)
    return (round(agreeing / len(records), 2), width)


def _is_named(rows: Rows) -> bool:
    """Whether the first line names columns of numbers beyond doubt: blanks stand in texts, too."""
    found = evidence(rows[0], rows[1:])
    return all(map(is_word, rows[0])) and found.typed > 0 and not found.against


def _width_below_other_lines(rows: Rows) -> int:
    """Cells of a header that begins a table below lines of fewer cells; 0 where there is no such header."""
    records = [(number, cells) for number, cells in enumerate(rows) if cells]
    width = max((len(cells) for _, cells in records), default=1)
    first = next((place for place, (_, cells) in enumerate(records) if len(cells) == width), 0)
    table = [cells for _, cells in records[first:]]
    if width < 2 or first == 0 or len(table) < 2 or any(len(cells) != width for cells in table):
        return 0
    if not all(is_word(cell) and cell == cell.lstrip(" ") for cell in table[0]):
        return 0
    after_blank_line = not rows[records[first][0] - 1]
    found: Evidence = evidence(table[0], table[1:])
    return width if not found.against and (found.typed or after_blank_line) else 0
