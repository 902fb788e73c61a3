"""CSV as it comes in Sweden: delimiter, decimal mark and encoding are found, shown, and can be given.

An empty cell is missing. So is NA without quotation marks (as R writes it); "NA" in quotation marks is an
answer in a column of text. No other word (None, nan, vet ej) is ever taken for a missing answer.
Codes with leading zeros (0114) stay text. Which lines are the header is found as well (layout.py).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from io import StringIO
from typing import TYPE_CHECKING

from enkat.errors import DataError
from enkat.files import columns
from enkat.files.blanks import blanks_note
from enkat.files.column_names import named, without_empty
from enkat.files.columns import Kind
from enkat.files.csv_types import Decimal, decimal_mark, doubtful_commas, typed
from enkat.files.delimiter import find_delimiter
from enkat.files.encoding import decode
from enkat.files.heading import Layout
from enkat.files.layout import LOOKED_AT, find_layout
from enkat.files.options import ReadOptions
from enkat.files.quoting import quoting
from enkat.files.reading import Content, CsvDialect
from enkat.files.records import Record, first_records
from enkat.files.trailing import is_footer, sums_at_end, without_blank_rows
from enkat.files.wrapped import is_wrapped, unwrapped

if TYPE_CHECKING:
    import pyarrow as pa

_DELIMITER_LINE = re.compile(r"sep=([\x01-\x7f])\r?\n")
_BLANK_LINES = re.compile(r"[\r\n]*\Z")
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
    rows = [[cell.strip() for cell in record.cells] for record in records]
    layout = find_layout(rows, options, content)
    lines = [records[line - 1].cells for line in layout.header if line <= len(records)]
    width = max(map(len, lines), default=0) or _width_of_answers(records, layout)
    names = named(lines, width, layout, content)
    content.headings = names.headings
    above = max((*layout.header, *layout.skipped), default=0)
    text = text[records[min(above, len(records)) - 1].end if above else 0 :]
    split = _split(text, delimiter, names.columns, content)
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


@dataclass(frozen=True)
class Split:
    """The answers as text cells, and how many lines below them are notes."""

    cells: pa.Table
    footers: int = 0


def _split(text: str, delimiter: str, names: list[str], content: Content) -> Split:
    import pyarrow as pa
    import pyarrow.csv

    if not text or (len(names) > 1 and _BLANK_LINES.match(text)):
        return Split(pa.table({name: pa.chunked_array([], pa.large_string()) for name in names}))
    ragged: list[tuple[int, int, str]] = []

    def collect(row: pyarrow.csv.InvalidRow) -> str:
        ragged.append((row.number, row.actual_columns, row.text))
        return "skip"

    data = (text if text.endswith("\n") else text + "\n").encode()
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(data),
            # Row numbers are known to the reader only when it uses one thread.
            read_options=pyarrow.csv.ReadOptions(use_threads=False, block_size=1 << 24, column_names=names),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=True,
                # In a file of one column an empty line is a missing answer.
                ignore_empty_lines=len(names) > 1,
                invalid_row_handler=collect,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types={name: pa.large_string() for name in names},
                null_values=["", "NA"],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        raise DataError(
            "data.file_damaged",
            "the file cannot be split into rows; look for a quotation mark that is never closed",
        ) from None
    footers = _footers(ragged, table.num_rows)
    if footers:
        content.notes.append(f"{footers} line{'s' if footers > 1 else ''} below the answers left out: nobody's answers")
    advice = "look for a delimiter or line break inside an answer without quotation marks"
    if len(ragged) > table.num_rows:
        advice = "give skip= where other lines stand above the header, or delimiter="
    for row, found, _ in ragged[: len(ragged) - footers]:
        content.problem(
            "data.ragged_rows",
            f"row {row} has {found} cells where the header has {len(names)}; {advice}",
            row=row,
            expected=len(names),
            found=found,
        )
    _check_last_quotation(data, table, len(ragged) > footers, content)
    if _says_na(text, delimiter):
        content.notes.append("cells that say NA without quotation marks are missing answers")
    return Split(table, footers)


def _says_na(text: str, delimiter: str) -> bool:
    """Whether a cell is NA without quotation marks; a search for each place of it is faster than one pattern."""
    before, after = (delimiter, "\n", "\r"), (delimiter, "\n", "\r")
    if text.startswith(tuple("NA" + end for end in after)) or text.endswith(tuple(start + "NA" for start in before)):
        return True
    return any(start + "NA" + end in text for start in before for end in after)


def _footers(ragged: list[tuple[int, int, str]], rows: int) -> int:
    """How many of the lines with another number of cells are notes at the end of the file."""
    footers = 0
    for number, _, text in reversed(ragged):
        if number < rows + len(ragged) - footers or not is_footer(text):
            break
        footers += 1
    return footers


def _check_last_quotation(data: bytes, table: pa.Table, ragged: bool, content: Content) -> None:
    """A quotation mark that is never closed swallows the rest of the file into the last cell."""
    import pyarrow.compute as pc

    if data.count(b'"') % 2 == 0:
        return
    last = table.slice(max(table.num_rows - 1, 0))
    swallowed = any(pc.any(pc.match_substring(column, "\n")).as_py() for column in last.columns)
    if ragged or swallowed:
        content.problem(
            "data.unclosed_quote",
            "a quotation mark is never closed, so the rest of the file was read as one answer; "
            "the file may also have been cut off",
        )
