"""Excel workbooks (.xlsx, .xlsm, .xlsb, .xls) and OpenDocument sheets (.ods)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enkat.errors import DataError, UsageError
from enkat.files.blanks import blanks_note
from enkat.files.column_names import named, without_empty
from enkat.files.columns import profile, trimmed
from enkat.files.csv_types import Decimal, decimal_mark, doubtful_commas, typed
from enkat.files.excel_errors import error_cells
from enkat.files.layout import LOOKED_AT, find_layout
from enkat.files.options import ReadOptions
from enkat.files.quoting import Quoting
from enkat.files.reading import Content, few
from enkat.files.trailing import label_of_total, sums_at_end, without_blank_rows
from enkat.texts import one_form

if TYPE_CHECKING:
    import pyarrow as pa

FOUND = ReadOptions()


def read_excel(path: Path, options: ReadOptions = FOUND, *, text_columns: Collection[str] = ()) -> Content:
    """The first sheet, or the one named: header lines name the columns, each further row is a person.

    Columns named in `text_columns` stay text, whatever their cells look like.
    """
    import pyarrow as pa

    content = Content()
    sheet = _sheet(path, options.sheet, content)
    rows = sheet.rows
    while rows and all(cell == "" for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise DataError("data.no_header", f"sheet {sheet.name!r} is empty; there are no answers in it")
    width = max(number for row in rows for number, cell in enumerate(row, 1) if cell != "")
    top = [[_text(cell) for cell in row[:width]] for row in rows[:LOOKED_AT]]
    layout = find_layout(top, options, content)
    lines = [[_shown(cell) for cell in rows[line - 1][:width]] for line in layout.header if line <= len(rows)]
    names = named(lines, width, layout, content)
    content.headings = names.headings
    above = max((*layout.header, *layout.skipped), default=0)
    first = next((number for number in range(above, len(rows)) if any(cell != "" for cell in rows[number])), len(rows))
    last = len(rows)
    if label_of_total([_text(cell) for cell in rows[-1][:width]]) is not None:
        shown = (_as_shown(values) for values in zip(*(row[:width] for row in rows[first:]), strict=True))
        last -= sums_at_end(pa.table(list(shown), names=[str(number) for number in range(width)]), content)
    content.layout = replace(layout, trailing=tuple(range(last + 1, len(rows) + 1)))
    _check_cells(path, sheet, range(first, last), content)
    cells = list(zip(*rows[first:last], strict=True))[:width] if first < last else [()] * width
    table = _table(names.columns, cells, options.decimal, text_columns, content)
    content.table = without_empty(without_blank_rows(table, content), lines, content)
    content.notes += blanks_note(names.trimmed, content.trimmed)
    if first >= last:
        content.problem("data.no_rows", "the sheet has column names but no answers")
    return content


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet, and which areas of it are merged."""

    name: str
    rows: list[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]


def _sheet(path: Path, wanted: str | None, content: Content) -> Sheet:
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_path(path)
        names = book.sheet_names
        if wanted is not None and wanted not in names:
            raise UsageError.unknown(wanted, names)
        chosen = wanted if wanted is not None else names[0]
        source = book.get_sheet_by_name(chosen)
        rows = source.to_python(skip_empty_area=False)
        merged = [area for area in source.merged_cell_ranges or [] if area[0] != area[1]]
    except (calamine.CalamineError, calamine.PasswordError, OSError, IndexError) as error:
        if isinstance(error, calamine.PasswordError) or _is_encrypted(path):
            raise DataError("data.file_protected", "the workbook has a password; save a copy without one") from None
        raise DataError(
            "data.file_damaged",
            "the workbook is damaged or not a workbook; open it in Excel and save it again",
        ) from None
    if wanted is None and len(names) > 1:
        content.notes.append(f"read the first of {len(names)} sheets, {chosen!r}; give sheet= for another")
    return Sheet(chosen, rows, merged)


def _is_encrypted(path: Path) -> bool:
    """True for the container in which Office keeps a workbook that has a password."""
    return "EncryptedPackage".encode("utf-16-le") in path.read_bytes()


def _text(cell: Any) -> str:
    return _shown(cell).strip()


def _check_cells(path: Path, sheet: Sheet, answers: range, content: Content) -> None:
    """Cells among the answers that stand for several persons or for none; above them, merged cells are headings."""
    for (top, left), (bottom, right) in sheet.merged:
        if bottom < answers.start or top >= answers.stop:
            continue
        content.problem(
            "data.merged_cells",
            f"cells {_cell(top, left)}:{_cell(bottom, right)} are merged; split them and fill in each cell",
            cells=f"{_cell(top, left)}:{_cell(bottom, right)}",
        )
    for cell, error in error_cells(path, sheet.name):
        content.problem("data.error_cell", f"cell {cell} has the error {error}; correct or empty it", cell=cell)


def _table(
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
            columns[name] = _as_shown(values)
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
    return trimmed(pa.chunked_array([_as_shown(values)]))


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


def _as_shown(values: Sequence[Any]) -> pa.Array:
    import pyarrow as pa

    return pa.array([None if value == "" else _shown(value) for value in values], pa.large_string())


def _shown(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _cell(row: int, column: int) -> str:
    """The name of a cell counted from 0, as Excel shows it: (1, 27) is AB2."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row + 1}"
