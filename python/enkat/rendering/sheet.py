"""A sheet that reads well: a title, the mark, lines of text, then a table whose header stays in view."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from enkat.rendering import marks
from enkat.rendering.palette import ACCENT, MUTED, RULE, WARNING

if TYPE_CHECKING:
    from xlsxwriter import Workbook

    from enkat.rendering.model import Report

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


class Styles:
    """The cell formats of a workbook."""

    def __init__(self, book: Workbook) -> None:
        self.title = book.add_format({"bold": True, "font_size": 15, "font_color": ACCENT})
        self.mark = book.add_format({"bold": True, "font_color": WARNING})
        self.line = book.add_format({"font_color": MUTED})
        edge = {"bottom": 1, "bottom_color": RULE, "valign": "top"}
        self.head = book.add_format({"bold": True, "bottom": 2, "valign": "top", "text_wrap": True})
        self.text = book.add_format({**edge, "text_wrap": True})
        self.number = book.add_format({**edge, "num_format": "#,##0", "align": "right"})
        self.hidden = book.add_format({**edge, "align": "right"})
        self.link = book.add_format({**edge, "font_color": ACCENT, "underline": 1})


class Sheet:
    """One sheet, written from the top; `table` fixes everything above it in view."""

    def __init__(self, book: Workbook, styles: Styles, name: str, report: Report, title: str) -> None:
        self.name = _FORBIDDEN.sub(" ", name)[:31]
        self._sheet = book.add_worksheet(self.name)
        self._styles = styles
        self._at = 0
        self._sheet.hide_gridlines(2)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._write(title, styles.title)
        mark = marks.mark(report)
        if mark:
            self._write(mark, styles.mark)
            self._sheet.set_footer(f"&L{mark.replace('&', '&&')}&R&P/&N")

    def line(self, text: str) -> None:
        """A line of text above the table."""
        self._write(text, self._styles.line)

    def table(self, header: tuple[str, ...], widths: tuple[int, ...]) -> None:
        """Begin the table: its header, and the width of each column in characters."""
        self._at += 1
        for column, (text, width) in enumerate(zip(header, widths, strict=True)):
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(self._at, column, text, self._styles.head)
        self._at += 1
        self._sheet.freeze_panes(self._at, 0)
        self._sheet.repeat_rows(self._at - 1)

    def row(self, cells: tuple[str | int | None, ...]) -> None:
        """A row of the table; numbers stay numbers."""
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                self._sheet.write_number(self._at, column, cell, self._styles.number)
            else:
                style = self._styles.hidden if cell == ".." else self._styles.text
                self._sheet.write_string(self._at, column, cell or "", style)
        self._at += 1

    def link_row(self, name: str, title: str) -> None:
        """A row that leads to another sheet."""
        self._sheet.write_url(self._at, 0, f"internal:'{name}'!A1", self._styles.link, name)
        self._sheet.write_string(self._at, 1, title, self._styles.text)
        self._at += 1

    def _write(self, text: str, style: object) -> None:
        self._sheet.write_string(self._at, 0, text, style)
        self._at += 1
