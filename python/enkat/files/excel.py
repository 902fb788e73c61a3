"""Excel workbooks (.xlsx, .xlsm, .xlsb, .xls) and OpenDocument sheets (.ods)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enkat.errors import DataError, UsageError
from enkat.files.excel_errors import error_cells
from enkat.files.reading import Content, few

if TYPE_CHECKING:
    import pyarrow as pa


def read_excel(path: Path, *, sheet: str | None = None) -> Content:
    """The first sheet, or the one named: its first row names the columns, each further row is a person."""
    import python_calamine as calamine

    content = Content()
    try:
        book = calamine.CalamineWorkbook.from_path(path)
        names = book.sheet_names
        if sheet is not None and sheet not in names:
            raise UsageError.unknown(sheet, names)
        chosen = sheet if sheet is not None else names[0]
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
    if sheet is None and len(names) > 1:
        content.notes.append(f"read the first of {len(names)} sheets, {chosen!r}; give sheet= for another")
    if not rows or not any(cell != "" for cell in rows[0]):
        raise DataError("data.no_header", f"the first row of sheet {chosen!r} is empty; it must name the columns")
    _check_cells(path, chosen, merged, content)
    width = _last_used_column(rows)
    header = _header(rows[0][:width], content)
    while len(rows) > 1 and all(cell == "" for cell in rows[-1]):
        rows.pop()
    cells = list(zip(*rows[1:], strict=True))[:width] if len(rows) > 1 else [()] * width
    content.table = _table(header, cells, content)
    if len(rows) == 1:
        content.problem("data.no_rows", "the sheet has column names but no answers")
    return content


def _is_encrypted(path: Path) -> bool:
    """True for the container in which Office keeps a workbook that has a password."""
    return "EncryptedPackage".encode("utf-16-le") in path.read_bytes()


def _last_used_column(rows: list[list[Any]]) -> int:
    return max((number for row in rows for number, cell in enumerate(row, 1) if cell != ""), default=0)


def _check_cells(path: Path, sheet: str, merged: Sequence[Any], content: Content) -> None:
    for (top, left), (bottom, right) in merged:
        content.problem(
            "data.merged_cells",
            f"cells {_cell(top, left)}:{_cell(bottom, right)} are merged; split them and fill in each cell",
            cells=f"{_cell(top, left)}:{_cell(bottom, right)}",
        )
    for cell, error in error_cells(path, sheet):
        content.problem("data.error_cell", f"cell {cell} has the error {error}; correct or empty it", cell=cell)


def _header(cells: list[Any], content: Content) -> list[str]:
    from enkat.files.csv import distinct_names

    names = []
    for number, cell in enumerate(cells):
        # A year or an item number as a column name is read as 2023.0.
        name = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
        if not name:
            where = _cell(0, number)
            content.problem("data.no_column_name", f"cell {where} is empty; every column needs a name", cell=where)
        names.append(name or f"column_{number + 1}")
    return distinct_names(names, content)


def _table(names: list[str], cells: Sequence[Sequence[Any]], content: Content) -> pa.Table:
    import pyarrow as pa

    return pa.table({name: _column(name, list(values), content) for name, values in zip(names, cells, strict=True)})


def _column(name: str, values: list[Any], content: Content) -> pa.Array:
    """One kind of value per column; where a sheet mixes kinds, the cells are text as they are shown."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kinds = {type(value) for value in values if value != ""}
    cells = [None if value == "" else value for value in values]
    if not kinds:
        return pa.nulls(len(values), pa.float64())
    if kinds == {bool}:
        return pa.array(cells, pa.bool_())
    if kinds <= {int, float}:
        numbers = pa.array(cells, pa.float64())
        # A workbook has only floating point numbers; whole ones are shown, and meant, without decimals.
        whole = pc.all(pc.equal(pc.trunc(numbers), numbers)).as_py() and pc.max(pc.abs(numbers)).as_py() < 2**53
        return numbers.cast(pa.int64()) if whole else numbers
    if kinds == {date}:
        return pa.array(cells, pa.date32())
    if kinds <= {date, datetime}:
        days = [datetime.combine(c, time()) if type(c) is date else c for c in cells]
        return pa.array(days, pa.timestamp("us"))
    if kinds in ({time}, {timedelta}):
        return pa.array(cells)
    if kinds != {str}:
        other = [row for row, value in enumerate(values, 1) if value != "" and not isinstance(value, str)]
        content.notes.append(f"column {name!r} is text: it mixes text with other cells (rows {few(other)})")
    return pa.array([None if cell is None else _shown(cell) for cell in cells], pa.large_string())


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
