"""Excel workbooks (.xlsx, .xlsm, .xlsb, .xls) and OpenDocument sheets (.ods)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enkat.errors import DataError, UsageError
from enkat.files.archive import check_workbook
from enkat.files.blanks import blanks_note
from enkat.files.column_names import named, without_empty
from enkat.files.excel_columns import as_shown, shown, typed_table
from enkat.files.excel_errors import error_cells
from enkat.files.layout import LOOKED_AT, find_layout
from enkat.files.options import ReadOptions
from enkat.files.reading import Content, few
from enkat.files.trailing import label_of_total, sums_at_end, without_blank_rows

if TYPE_CHECKING:
    pass

FOUND = ReadOptions()


def read_excel(path: Path, options: ReadOptions = FOUND, *, text_columns: Collection[str] = ()) -> Content:
    """The first sheet, or the one named: header lines name the columns, each further row is a person.

    Columns named in `text_columns` stay text, whatever their cells look like.
    """
    import pyarrow as pa

    check_workbook(path)
    content = Content()
    sheet = _sheet(path, options.sheet, content)
    rows = sheet.rows
    while rows and all(cell == "" for cell in rows[-1]):
        rows.pop()
    if not rows:
        raise DataError(
            "data.no_header", f"sheet {sheet.name!r} is empty; there are no answers in it{sheet.others_said}"
        )
    width = max(number for row in rows for number, cell in enumerate(row, 1) if cell != "")
    top = [[_text(cell) for cell in row[:width]] for row in rows[:LOOKED_AT]]
    layout = find_layout(top, options, content)
    lines = [[shown(cell) for cell in rows[line - 1][:width]] for line in layout.header if line <= len(rows)]
    names = named(lines, width, layout, content)
    content.headings = names.headings
    above = max((*layout.header, *layout.skipped), default=0)
    first = next((number for number in range(above, len(rows)) if any(cell != "" for cell in rows[number])), len(rows))
    last = len(rows)
    if label_of_total([_text(cell) for cell in rows[-1][:width]]) is not None:
        texts = [as_shown(values) for values in zip(*(row[:width] for row in rows[first:]), strict=True)]
        last -= sums_at_end(pa.table(texts, names=[str(number) for number in range(width)]), content)
    content.layout = replace(layout, trailing=tuple(range(last + 1, len(rows) + 1)))
    _check_cells(path, sheet, range(first, last), content)
    cells = list(zip(*rows[first:last], strict=True))[:width] if first < last else [()] * width
    table = typed_table(names.columns, cells, options.decimal, text_columns, content)
    content.table = without_empty(without_blank_rows(table, content), lines, content)
    content.notes += blanks_note(names.trimmed, content.trimmed)
    if first >= last:
        content.problem(
            "data.no_rows", f"sheet {sheet.name!r} has column names but no answers{sheet.others_said}", sheet=sheet.name
        )
    return content


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet, and which areas of it are merged."""

    name: str
    rows: list[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]
    others: tuple[str, ...]  # sheets of the workbook

    @property
    def others_said(self) -> str:
        """The way to another sheet, for the message that this one has nothing."""
        return f"; give sheet= for another: {few([repr(name) for name in self.others])}" if self.others else ""


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
    return Sheet(chosen, rows, merged, tuple(name for name in names if name != chosen))


def _is_encrypted(path: Path) -> bool:
    """True for the container in which Office keeps a workbook that has a password."""
    return "EncryptedPackage".encode("utf-16-le") in path.read_bytes()


def _text(cell: Any) -> str:
    return shown(cell).strip()


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


def _cell(row: int, column: int) -> str:
    """The name of a cell counted from 0, as Excel shows it: (1, 27) is AB2."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row + 1}"
