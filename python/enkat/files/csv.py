"""CSV as it comes in Sweden: delimiter, decimal mark and encoding are found, shown, and can be given.

An empty cell is missing. So is NA without quotation marks (as R writes it); "NA" in quotation marks is an
answer in a column of text. No other word (None, nan, vet ej) is ever taken for a missing answer.
Codes with leading zeros (0114) stay text.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from enkat.errors import DataError
from enkat.files import columns
from enkat.files.csv_types import decimal_mark, typed
from enkat.files.delimiter import find_delimiter, header
from enkat.files.encoding import decode
from enkat.files.reading import Content, CsvDialect, few

if TYPE_CHECKING:
    import pyarrow as pa

_DELIMITER_LINE = re.compile(r"sep=(.)\r?\n")


def read_csv(
    data: bytes, *, delimiter: str | None = None, decimal: str | None = None, encoding: str | None = None
) -> Content:
    """The table in the bytes of a CSV file, its dialect, and every problem it has."""
    content = Content()
    decoded = decode(data, encoding, content)
    text = decoded.text.lstrip("\r\n")
    # Excel reads and writes a first line that names the delimiter.
    if named := _DELIMITER_LINE.match(text):
        delimiter, text = delimiter or named[1], text[named.end() :]
    if not text.strip():
        raise DataError("data.file_empty", "the file has no text in it; check that the export was finished")
    delimiter = delimiter or find_delimiter(text)
    names = _column_names(header(text, delimiter), content)
    cells = _cells(text, delimiter, names, content)
    profiles = [columns.profile(column) for column in cells.columns]
    decimal = decimal or decimal_mark(profiles, delimiter)
    content.dialect = CsvDialect(delimiter, decimal, decoded.encoding)
    content.table = typed(cells, profiles, decimal, content)
    if content.table.num_rows == 0 and not content.issues:
        content.problem("data.no_rows", "the file has column names but no answers")
    return content


def _column_names(cells: list[str], content: Content) -> list[str]:
    names = [cell.strip() or f"column_{number}" for number, cell in enumerate(cells, 1)]
    unnamed = [number for number, cell in enumerate(cells, 1) if not cell.strip()]
    if unnamed:
        content.notes.append(f"columns without a name in the file: {', '.join(f'column_{n}' for n in unnamed)}")
    return distinct_names(names, content)


def distinct_names(names: list[str], content: Content) -> list[str]:
    """The names, with a problem for each that stands on several columns."""
    for name, times in Counter(names).items():
        if times > 1:
            where = [number for number, other in enumerate(names, 1) if other == name]
            content.problem(
                "data.duplicate_column",
                f"columns {few(where)} are all called {name!r}; rename all but one",
                column=name,
                columns=where,
            )
    seen: Counter[str] = Counter()
    distinct = []
    for name in names:
        seen[name] += 1
        distinct.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return distinct


def _cells(text: str, delimiter: str, names: list[str], content: Content) -> pa.Table:
    import pyarrow as pa
    import pyarrow.csv

    ragged: list[tuple[int, int]] = []

    def collect(row: pyarrow.csv.InvalidRow) -> str:
        # The header is the first record of the file, so the first row of answers is number 2.
        ragged.append((row.number - 1, row.actual_columns))
        return "skip"

    data = (text if text.endswith("\n") else text + "\n").encode()
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(data),
            # Row numbers are known to the reader only when it uses one thread.
            read_options=pyarrow.csv.ReadOptions(
                use_threads=False, block_size=1 << 24, column_names=names, skip_rows_after_names=1
            ),
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
    for row, found in ragged:
        content.problem(
            "data.ragged_rows",
            f"row {row} has {found} cells where the header has {len(names)}; "
            "look for a delimiter or line break inside an answer without quotation marks",
            row=row,
            expected=len(names),
            found=found,
        )
    _check_last_quotation(data, table, bool(ragged), content)
    if re.search(f"(^|{re.escape(delimiter)})NA({re.escape(delimiter)}|\r?$)", text, re.MULTILINE):
        content.notes.append("cells that say NA without quotation marks are missing answers")
    return table


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
