"""The columns of a CSV file as numbers, dates or text, with one decimal mark for the whole file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from enkat.files import columns
from enkat.files.columns import Kind, Profile
from enkat.files.reading import Content, few

if TYPE_CHECKING:
    import pyarrow as pa


def decimal_mark(profiles: list[Profile], delimiter: str) -> str:
    """The mark of most columns of decimals; where none tells, the one that goes with the delimiter."""
    sure = Counter(profile.kind for profile in profiles if not profile.one_group)
    comma, point = sure[Kind.decimal_comma], sure[Kind.decimal_point]
    if comma == point:
        return "," if delimiter == ";" else "."
    return "," if comma > point else "."


def typed(cells: pa.Table, profiles: list[Profile], decimal: str, content: Content) -> pa.Table:
    """The table with each column of text cells as what it is; what is not sure is noted or a problem."""
    import pyarrow as pa

    by_name = {
        name: _typed_column(name, column, profile, decimal, content)
        for name, column, profile in zip(cells.column_names, cells.columns, profiles, strict=True)
    }
    return pa.table(by_name)


def _typed_column(
    name: str, column: pa.ChunkedArray, profile: Profile, decimal: str, content: Content
) -> pa.ChunkedArray:
    import pyarrow as pa

    kind = profile.kind
    file_kind = Kind.decimal_comma if decimal == "," else Kind.decimal_point
    if kind is Kind.nothing:
        return column.cast(pa.float64())
    if kind is Kind.boolean:
        return columns.as_booleans(column)
    if kind is Kind.integer:
        return columns.as_integers(column)
    if kind in (file_kind, Kind.unmarked):
        return columns.as_numbers(column, decimal)
    if kind in (Kind.date, Kind.timestamp):
        dates = columns.as_dates(column, kind)
        if dates is not None:
            return dates
        content.notes.append(f"column {name!r} is text: it has dates that are not in the calendar")
    elif kind is Kind.decimal_mixed:
        rows = columns.rows_with_mark(column, "." if decimal == "," else ",")
        content.problem(
            "data.mixed_decimal",
            f"column {name!r} has decimal comma and point (not {decimal!r} in rows {few(rows)}); use one",
            column=name,
            rows=rows,
        )
    elif kind is Kind.thousands or (kind in (Kind.decimal_comma, Kind.decimal_point) and profile.one_group):
        content.problem(
            "data.thousand_separator",
            f"column {name!r} has thousand separators (as in 1 234); remove them, or give decimal=",
            column=name,
        )
    elif kind in (Kind.decimal_comma, Kind.decimal_point):
        content.notes.append(
            f"column {name!r} is text: its decimal mark is not the file's {decimal!r}; give decimal= if it is"
        )
    elif kind is Kind.leading_zeros:
        content.notes.append(f"column {name!r} is text: its codes have leading zeros or more than 18 digits")
    elif profile.numbers > profile.others > 0:
        content.notes.append(f"column {name!r} is text: it has cells that are not numbers ({profile.others})")
    return column
