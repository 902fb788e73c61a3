"""CSV as it comes in Sweden: delimiter, decimal mark and encoding are found, shown, and can be given.

An empty cell is missing. So is NA without quotation marks (as R writes it); "NA" in quotation marks is an
answer in a column of text. No other word (None, nan, vet ej) is ever taken for a missing answer.
Codes with leading zeros (0114) stay text. Which lines are the header is found as well (layout.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

from enkat.errors import DataError
from enkat.files import columns
from enkat.files.blanks import blanks_note
from enkat.files.column_names import named, without_empty
from enkat.files.columns import Kind
from enkat.files.csv_rows import split_rows
from enkat.files.csv_types import Decimal, decimal_mark, doubtful_commas, typed
from enkat.files.delimiter import find_delimiter
from enkat.files.encoding import decode
from enkat.files.heading import Layout
from enkat.files.layout import LOOKED_AT, find_layout
from enkat.files.options import ReadOptions
from enkat.files.quoting import quoting
from enkat.files.reading import Content, CsvDialect
from enkat.files.records import Record, first_records
from enkat.files.trailing import sums_at_end, without_blank_rows
from enkat.files.wrapped import is_wrapped, unwrapped

if TYPE_CHECKING:
    import pyarrow as pa

_DELIMITER_LINE = re.compile(r"sep=([\x01-\x7f])\r?\n")
_HEADER_CHARACTERS = 1_000_000
FOUND = ReadOptions()


def read_csv(data: bytes, options: ReadOptions = FOUND, *, text_columns: Collection[str] = ()) -> Content:
    """The table in the bytes of a CSV file, its dialect, and every problem it has.

    Columns named in `text_columns` stay text, whatever their cells look like.
    """
    content = Content()
    decoded = decode(data, options.encoding, content)
    text, encoding, delimiter = decoded.text, decoded.encoding, options.delimiter
    del decoded  # a large file is in memory once as text
    # Excel reads and writes a first line that names the delimiter.
    if named_in_file := _DELIMITER_LINE.match(text):
        delimiter, text = delimiter or named_in_file[1], text[named_in_file.end() :]
    if not text or text.isspace():
        raise DataError("data.file_empty", "the file has no text in it; check that the export was finished")
    if is_wrapped(text):
        text = unwrapped(text)
        content.notes.append("each line was one cell in quotation marks; they were read without them")
    delimiter = delimiter or find_delimiter(_from_header(text, options))
    records = first_records(text, delimiter, _HEADER_CHARACTERS, LOOKED_AT)
    if not records:
        raise DataError(
            "data.header_too_long",
            f"the first line has more than {_HEADER_CHARACTERS:,} characters: that is no header; give delimiter= if it"
            " is one, or look whether line breaks were lost",
        )
    rows = [[cell.strip() for cell in record.cells] for record in records]
    layout = find_layout(rows, options, content)
    lines = [records[line - 1].cells for line in layout.header if line <= len(records)]
    width = max(map(len, lines), default=0) or _width_of_answers(records, layout)
    names = named(lines, width, layout, content)
    content.headings = names.headings
    above = max((*layout.header, *layout.skipped), default=0)
    text = text[records[min(above, len(records)) - 1].end if above else 0 :]
    split = split_rows(text, delimiter, names.columns, content)
    sums = sums_at_end(split.cells, content)
    cells = split.cells.slice(0, split.cells.num_rows - sums)
    last = above + cells.num_rows
    content.layout = replace(layout, trailing=tuple(range(last + 1, last + 1 + sums + split.footers)))
    cells = without_blank_rows(cells, content)
    cells = _without_repeated_header(cells, lines[0] if lines else [], content)
    cells = without_empty(cells, lines, content)
    profiles = {name: columns.profile(cells.column(name)) for name in cells.column_names}
    decimal = Decimal(options.decimal or decimal_mark(profiles.values(), delimiter), told=options.decimal is not None)
    doubtful = doubtful_commas(profiles, delimiter, quoting(text, delimiter, names.columns))
    content.dialect = CsvDialect(delimiter, decimal.mark, encoding)
    content.table = typed(cells, profiles.values(), decimal, content, text_columns=text_columns, doubtful=doubtful)
    content.notes += blanks_note(names.trimmed, content.trimmed)
    if content.table.num_rows == 0 and not content.issues:
        content.problem("data.no_rows", "the file has column names but no answers")
    return content


def _from_header(text: str, options: ReadOptions) -> str:
    """The text without the lines that the caller says are above the header."""
    above = options.header[0] - 1 if isinstance(options.header, tuple) else options.skip or 0
    if not above:
        return text
    lines = StringIO(text[:_HEADER_CHARACTERS], newline="").readlines()
    return "".join(lines[above:]) or text


def _width_of_answers(records: list[Record], layout: Layout) -> int:
    answers = records[max(layout.skipped, default=0) :]
    return next((len(record.cells) for record in answers if record.cells), 1)


def _without_repeated_header(cells: pa.Table, header: list[str], content: Content) -> pa.Table:
    """Exports that were put one below the other have the header once more in each."""
    import pyarrow.compute as pc

    if len(header) < 2 or len(header) != cells.num_columns:
        return cells
    again = pc.fill_null(pc.equal(cells.column(0), header[0]), False)
    if not pc.any(again).as_py():
        return cells
    for name, column in zip(header[1:], cells.columns[1:], strict=True):
        again = pc.and_(again, pc.equal(pc.fill_null(column, ""), name))
    repeated = pc.sum(again).as_py()
    kept = cells.filter(pc.invert(again))
    # Where all columns hold words, this is someone who ticked every box.
    if not repeated or all(columns.profile(column).kind in (Kind.text, Kind.nothing) for column in kept.columns):
        return cells
    content.notes.append(f"lines that repeat the header line left out: {repeated}")
    return kept
