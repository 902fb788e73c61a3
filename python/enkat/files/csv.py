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
from enkat.files.columns import Kind, Profile
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
    decimal = decimal or _decimal_mark(profiles, delimiter)
    content.dialect = CsvDialect(delimiter, decimal, decoded.encoding)
    content.table = _typed(cells, profiles, decimal, content)
    if content.table.num_rows == 0 and not content.issues:
        content.problem("data.no_rows", "the file has column names but no answers")
    return content


def _column_names(cells: list[str], content: Content) -> list[str]:
    names = [cell.strip() or f"column_{number}" for number, cell in enumerate(cells, 1)]
    unnamed = [number for number, cell in enumerate(cells, 1) if not cell.strip()]
    if unnamed:
        content.notes.append(
            f"columns without a name in the file: {', '.join(f'column_{n}' for n in unnamed)}"
        )
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


def _decimal_mark(profiles: list[Profile], delimiter: str) -> str:
    sure = Counter(profile.kind for profile in profiles if not profile.one_group)
    comma, point = sure[Kind.decimal_comma], sure[Kind.decimal_point]
    if comma == point:
        return "," if delimiter == ";" else "."
    return "," if comma > point else "."


def _typed(cells: pa.Table, profiles: list[Profile], decimal: str, content: Content) -> pa.Table:
    import pyarrow as pa

    typed = {
        name: _typed_column(name, column, profile, decimal, content)
        for name, column, profile in zip(cells.column_names, cells.columns, profiles, strict=True)
    }
    return pa.table(typed)


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
