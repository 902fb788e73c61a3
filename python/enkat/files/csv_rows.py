"""The rows of a CSV file as cells of text, and those that cannot be split into cells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enkat.errors import DataError
from enkat.files.reading import Content
from enkat.files.trailing import is_footer

if TYPE_CHECKING:
    import pyarrow as pa

_BLANK_LINES = re.compile(r"[\r\n]*\Z")


@dataclass(frozen=True)
class Split:
    """The answers as text cells, and how many lines below them are notes."""

    cells: pa.Table
    footers: int = 0


def split_rows(text: str, delimiter: str, names: list[str], content: Content) -> Split:
    """The lines below the header as cells; lines with another number of cells are a problem, or notes at the end."""
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


def _footers(ragged: list[tuple[int, int, str]], rows: int) -> int:
    """How many of the lines with another number of cells are notes at the end of the file."""
    footers = 0
    for number, _, text in reversed(ragged):
        if number < rows + len(ragged) - footers or not is_footer(text):
            break
        footers += 1
    return footers


def _says_na(text: str, delimiter: str) -> bool:
    """Whether a cell is NA without quotation marks; a search for each place of it is faster than one pattern."""
    before, after = (delimiter, "\n", "\r"), (delimiter, "\n", "\r")
    if text.startswith(tuple("NA" + end for end in after)) or text.endswith(tuple(start + "NA" for start in before)):
        return True
    return any(start + "NA" + end in text for start in before for end in after)


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
