"""Files whose every line stands in quotation marks as one cell, as a spreadsheet leaves them that took them for one."""

from __future__ import annotations

import re

from enkat.files.delimiter import CANDIDATES
from enkat.files.header_evidence import evidence
from enkat.files.records import first_records

_CHARACTERS = 200_000
_RECORDS = 200
_ONE_CELL = re.compile('"(?:[^"]|"")*"')
_NOWHERE = "\x1f"  # separates no cells


def is_wrapped(text: str) -> bool:
    """Whether each of the first lines is one cell in quotation marks that holds the cells of a table."""
    if not text.startswith('"'):
        return False
    records = first_records(text, _NOWHERE, _CHARACTERS, _RECORDS)
    lines = [record.cells[0] for record in records if record.cells]
    if len(lines) < 2 or any(len(record.cells) > 1 for record in records):
        return False
    starts = [0, *(record.end for record in records)]
    raw = [text[start : record.end].strip() for start, record in zip(starts, records, strict=False) if record.cells]
    if not all(map(_ONE_CELL.fullmatch, raw)):
        return False
    return any(_is_table(lines, delimiter) for delimiter in CANDIDATES)


def _is_table(lines: list[str], delimiter: str) -> bool:
    text = "\n".join(lines)
    rows = [record.cells for record in first_records(text, delimiter, len(text), _RECORDS)]
    width = len(rows[0]) if rows else 0
    if width < 2 or any(len(row) != width or any(cell.startswith(" ") for cell in row[1:]) for row in rows):
        return False
    return evidence(rows[0], rows[1:]).typed > 0


def unwrapped(text: str) -> str:
    """The lines as they were before they became one cell each."""
    import pyarrow as pa
    import pyarrow.csv

    lines = pyarrow.csv.read_csv(
        pa.BufferReader((text if text.endswith("\n") else text + "\n").encode()),
        read_options=pyarrow.csv.ReadOptions(column_names=["line"], block_size=1 << 24),
        parse_options=pyarrow.csv.ParseOptions(delimiter=_NOWHERE, newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(column_types={"line": pa.large_string()}),
    )
    return "\n".join(lines.column("line").to_pylist()) + "\n"
