"""Text cells of a column as numbers, dates and truth values, once it is known what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enkat.files.blanks import as_read
from enkat.files.columns import GROUPS, NOT_A_NUMBER, Kind

if TYPE_CHECKING:
    import pyarrow as pa


def without_groups(column: pa.ChunkedArray, group: str) -> pa.ChunkedArray:
    """The cells without what separates their thousands."""
    import pyarrow.compute as pc

    return pc.replace_substring_regex(column, GROUPS[group], "")


def trimmed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The cells as they read, without blanks that nobody sees."""
    import pyarrow.compute as pc

    distinct = column.unique()
    return pc.take(as_read(distinct), pc.index_in(column, value_set=distinct))


def as_numbers(column: pa.ChunkedArray, decimal: str) -> pa.ChunkedArray:
    """The cells as float64, with this decimal mark."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = _numeric_cells(column)
    return pc.cast(pc.replace_substring(cells, ",", ".") if decimal == "," else cells, pa.float64())


def as_integers(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The cells as int64."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.cast(_numeric_cells(column), pa.int64())


def as_booleans(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The cells as true and false."""
    import pyarrow.compute as pc

    return pc.equal(pc.utf8_lower(_numeric_cells(column)), "true")


def as_dates(column: pa.ChunkedArray, kind: Kind) -> pa.ChunkedArray | None:
    """The cells as dates or times of day on a date; None when one of them is not in the calendar."""
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = pc.replace_substring(_numeric_cells(column), "T", " ")
    try:
        return pc.cast(cells, pa.date32() if kind is Kind.date else pa.timestamp("us"))
    except pa.ArrowInvalid:
        return None


def rows_with_mark(column: pa.ChunkedArray, mark: str) -> list[int]:
    """The rows (from 1) whose cell contains this decimal mark."""
    import pyarrow.compute as pc

    found = pc.fill_null(pc.match_substring(column, mark), False)
    return [row + 1 for row in pc.indices_nonzero(found).to_pylist()]


def _numeric_cells(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    cells = pc.utf8_trim_whitespace(column)
    absent = pc.is_in(cells, value_set=pa.array(NOT_A_NUMBER, pa.large_string()))
    return pc.if_else(absent, pa.scalar(None, pa.large_string()), cells)
