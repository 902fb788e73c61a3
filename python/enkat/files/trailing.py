"""Lines below the answers that are nobody's: sums, and notes of where a table is from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from enkat.files.columns import Kind, profile
from enkat.files.conversions import as_numbers
from enkat.files.header_evidence import kind_of
from enkat.files.reading import Content

if TYPE_CHECKING:
    import pyarrow as pa

_MOST = 4
_TOTAL = re.compile(
    r"(grand |sub)?totals?|total(t|e|en|summa)?|totalt|summa|sums?|summe|insgesamt|gesamt|i alt|yhteensä|average|mean"
    r"|medel(värde|tal)?|genomsnitt|mittelwert|gennemsnit|count|antal( svar)?|anzahl|number of (responses|answers)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(exported|generated|created|printed|source|report|notes?|copyright|©|källa|exporterad|skapad|utskriven|anm|quelle"
    r"|erstellt|exportiert|kilde)\b",
    re.IGNORECASE,
)


def is_footer(text: str) -> bool:
    """Whether a last line of fewer cells than the table is a note about it."""
    cell = text.strip().strip('";,\t|')
    return bool(_NOTE.match(cell) or _TOTAL.fullmatch(re.split(r"[:;,\t]", cell)[0].strip()))


def label_of_total(cells: Sequence[str]) -> int | None:
    """Where a row says that it is a sum or a mean, when all else in it are numbers; None for other rows."""
    filled = [(number, kind_of(cell)) for number, cell in enumerate(cells) if cell]
    if len(filled) < 2 or not _TOTAL.fullmatch(cells[filled[0][0]].rstrip(" :")):
        return None
    return filled[0][0] if all(kind == "number" for _, kind in filled[1:]) else None


def without_blank_rows(cells: pa.Table, content: Content) -> pa.Table:
    """The table without rows that have nothing in them, where everyone else has answered something in one column.

    Where nobody has to, a row of blanks may be someone who ticked nothing, and stays.
    """
    import pyarrow.compute as pc

    if cells.num_columns < 2 or any(column.null_count == 0 for column in cells.columns):
        return cells
    blank = pc.is_null(cells.column(0))
    for column in cells.columns[1:]:
        blank = pc.and_(blank, pc.is_null(column))
    rows = pc.sum(blank).as_py() or 0
    if not 0 < rows < cells.num_rows or all(column.null_count > rows for column in cells.columns):
        return cells
    content.notes.append(f"rows with nothing in them left out: {rows}")
    return cells.filter(pc.invert(blank))


def sums_at_end(cells: pa.Table, content: Content) -> int:
    """How many of the last rows of text cells are sums of the rows above, where that is sure; the rest is noted."""
    sums: list[tuple[int, list[str]]] = []
    while len(sums) < min(_MOST, cells.num_rows - 1):
        row = [(column[cells.num_rows - 1 - len(sums)].as_py() or "").strip() for column in cells.columns]
        label = label_of_total(row)
        if label is None:
            break
        sums.append((label, row))
    if not sums:
        return 0
    rows = cells.num_rows - len(sums)
    above = cells.slice(0, rows)
    if all(_nobody_is_called_so(above.column(label)) or _sums_up(row, above) for label, row in sums):
        rows_left_out = f"{len(sums)} row{'s' if len(sums) > 1 else ''} at the end left out"
        content.notes.append(f"{rows_left_out}: sums of the rows above, nobody's answers")
        return len(sums)
    content.notes.append(
        f"row {cells.num_rows} of the answers, the last, looks like a sum; it was read as a respondent: remove it if it"
        " is one"
    )
    return 0


def _nobody_is_called_so(answers: pa.ChunkedArray) -> bool:
    """Whether all others have a number, or nothing, where the last row says "Total"."""
    return profile(answers).kind in (Kind.integer, Kind.leading_zeros, Kind.nothing)


def _sums_up(row: Sequence[str], above: pa.Table) -> bool:
    """Whether the numbers of a row are the sums, the means or the counts of those above them."""
    import pyarrow.compute as pc

    found: set[str] | None = None
    for cell, column in zip(row, above.columns, strict=True):
        if kind_of(cell) != "number":
            continue
        numbers = _numbers(column)
        if numbers is None or (value := _number(cell)) is None:
            return False
        of = {"sum": pc.sum(numbers), "mean": pc.mean(numbers), "count": pc.count(numbers)}
        alike = {name for name, number in of.items() if abs((number.as_py() or 0) - value) <= _rounding(cell)}
        found = alike if found is None else found & alike
    return bool(found)


def _numbers(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    kind = profile(column).kind
    if kind in (Kind.integer, Kind.decimal_point, Kind.unmarked):
        return as_numbers(column, ".")
    return as_numbers(column, ",") if kind is Kind.decimal_comma else None


def _number(cell: str) -> float | None:
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None


def _rounding(cell: str) -> float:
    """Half of the last digit that is shown."""
    digits = len(cell.replace(",", ".").partition(".")[2])
    return 0.5000001 * 10.0**-digits
