"""The columns of a workbook: one kind of value in each, numbers also where they were typed as text."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from enkat.files.columns import profile
from enkat.files.conversions import trimmed
from enkat.files.csv_types import Decimal, decimal_mark, doubtful_commas, typed
from enkat.files.quoting import Quoting
from enkat.files.reading import Content, few
from enkat.texts import one_form

if TYPE_CHECKING:
    import pyarrow as pa


def typed_table(
    names: list[str],
    cells: Sequence[Sequence[Any]],
    decimal: str | None,
    text_columns: Collection[str],
    content: Content,
) -> pa.Table:
    """One kind of value per column; numbers that were typed as text are numbers where all texts of a column are."""
    import pyarrow as pa

    by_name = dict(zip(names, cells, strict=True))
    texts = pa.table(
        {
            name: pa.array([value if isinstance(value, str) and value else None for value in values], pa.large_string())
            for name, values in by_name.items()
            if _is_text(values)
        }
    )
    profiles = {name: profile(texts.column(name)) for name in texts.column_names}
    # In a workbook only texts have a decimal mark, as if they stood in quotation marks.
    mark = Decimal(decimal or decimal_mark(profiles.values(), "\t"), told=decimal is not None)
    doubtful = doubtful_commas(profiles, "\t", Quoting(frozenset(profiles), some=True))
    read = typed(texts, profiles.values(), mark, content, text_columns=text_columns, doubtful=doubtful)
    columns = {}
    for name, values in by_name.items():
        if name in read.column_names:
            columns[name] = _of_texts(name, read.column(name), values, one_form(name) in text_columns, content)
        elif one_form(name) in text_columns:
            columns[name] = as_shown(values)
        else:
            columns[name] = _of_one_kind(values)
    return pa.table(columns)


def _is_text(values: Sequence[Any]) -> bool:
    """Whether the cells of a column are texts, or texts and other things."""
    kinds = {type(value) for value in values if value != ""}
    return bool(kinds) and not (
        kinds in ({bool}, {time}, {timedelta}) or kinds <= {int, float} or kinds <= {date, datetime}
    )


def _of_texts(
    name: str, read: pa.ChunkedArray, values: Sequence[Any], declared: bool, content: Content
) -> pa.Array | pa.ChunkedArray:
    """Texts as what they were read as, beside the cells that are no texts; as they are shown where the two differ."""
    import pyarrow as pa
    import pyarrow.compute as pc

    others = [row for row, value in enumerate(values, 1) if value != "" and not isinstance(value, str)]
    kind = read.type
    if not pa.types.is_large_string(kind):
        numbers = pa.types.is_integer(kind) or pa.types.is_floating(kind)
        if numbers and all(type(values[row - 1]) in (int, float) for row in others):
            content.notes.append(f"column {name!r}: numbers that were typed as text were read as numbers")
            return _whole(pc.coalesce(_numbers(values), read.cast(pa.float64())))
        if not others:
            found = "true and false" if pa.types.is_boolean(kind) else "dates"
            content.notes.append(f"column {name!r}: what was typed as text was read as {found}")
            return read
    elif not others:
        return read
    if not declared:
        content.notes.append(f"column {name!r} is text: it mixes text with other cells (rows {few(others)})")
    return trimmed(pa.chunked_array([as_shown(values)]))


def _of_one_kind(values: Sequence[Any]) -> pa.Array:
    import pyarrow as pa

    kinds = {type(value) for value in values if value != ""}
    cells = [None if value == "" else value for value in values]
    if not kinds:
        return pa.nulls(len(values), pa.float64())
    if kinds == {bool}:
        return pa.array(cells, pa.bool_())
    if kinds <= {int, float}:
        return _whole(_numbers(values))
    if kinds == {date}:
        return pa.array(cells, pa.date32())
    if kinds <= {date, datetime}:
        days = [datetime.combine(c, time()) if type(c) is date else c for c in cells]
        return pa.array(days, pa.timestamp("us"))
    return pa.array(cells)  # times of day, or durations


def _numbers(values: Sequence[Any]) -> pa.Array:
    import pyarrow as pa

    return pa.array([value if type(value) in (int, float) else None for value in values], pa.float64())


def _whole(numbers: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """A workbook has only floating point numbers; whole ones are shown, and meant, without decimals."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = pc.all(pc.equal(pc.trunc(numbers), numbers)).as_py() and pc.max(pc.abs(numbers)).as_py() < 2**53
    return numbers.cast(pa.int64()) if whole else numbers


def as_shown(values: Sequence[Any]) -> pa.Array:
    """The cells as texts, as the workbook shows them."""
    import pyarrow as pa

    return pa.array([None if value == "" else shown(value) for value in values], pa.large_string())


def shown(cell: Any) -> str:
    """A cell as text: a whole number without decimals."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
