"""SPSS (.sav, .zsav, .por), Stata (.dta) and SAS (.sas7bdat, .xpt) files, with what they say of their variables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from enkat.errors import DataError
from enkat.files.draft import codebook_of
from enkat.files.lettered import letters_of
from enkat.files.metadata import FileMetadata, MissingRange
from enkat.files.reading import Content
from enkat.files.sav_sets import response_sets
from enkat.files.ticks import with_ticks
from enkat.files.xport import xport_letters

if TYPE_CHECKING:
    import pyarrow as pa

# SPSS keeps dates as seconds since the Gregorian calendar began, 14 October 1582.
_SECONDS_TO_1970 = 12_219_379_200
_SECONDS_A_DAY = 86_400
_DATES = ("DATE", "ADATE", "EDATE", "SDATE", "JDATE", "MOYR", "QYR", "WKYR")
_TIMESTAMPS = ("DATETIME", "YMDHMS")


def read_statistics_file(path: Path, kind: str, *, encoding: str | None = None) -> Content:
    """The table and drafted codebook of a file; `kind` is sav, por, dta, sas7bdat or xpt.

    Codes declared as missing stay in the table and are named in the codebook, so that it can be told why an
    answer is missing. Formats that only count seconds (times of day, durations) stay numbers of seconds.
    """
    content = Content()
    columns, found = _read(path, kind, encoding)
    if kind in ("dta", "sas7bdat"):
        columns = _without_letters(columns, found.missing_user_values, found, content)
    if kind == "xpt":
        lettered = xport_letters(path.read_bytes(), columns, found.variable_storage_width, _numeric(found))
        used = {name: sorted({cell for cell in cells if isinstance(cell, str)}) for name, cells in lettered.items()}
        columns = _without_letters({**columns, **lettered}, used, found, content)
    metadata = _metadata(path, kind, found)
    table = _table(columns, found, kind, metadata, content)
    table, sets = with_ticks(table, metadata, content)
    content.table = table
    content.codebook = codebook_of(table, metadata, sets, content)
    if table.num_rows == 0:
        content.problem("data.no_rows", "the file has variables but no answers")
    return content


def _read(path: Path, kind: str, encoding: str | None) -> tuple[dict[str, list[Any]], Any]:
    import pyreadstat

    readers: dict[str, Any] = {
        "sav": pyreadstat.read_sav,
        "por": pyreadstat.read_por,
        "dta": pyreadstat.read_dta,
        "sas7bdat": pyreadstat.read_sas7bdat,
        "xpt": pyreadstat.read_xport,
    }
    options: dict[str, Any] = {"output_format": "dict"}
    if kind == "sav":
        options |= {"user_missing": True, "disable_datetime_conversion": True}
    if kind in ("dta", "sas7bdat"):
        options["user_missing"] = True
    if encoding is not None and kind != "por":
        options["encoding"] = encoding
    try:
        columns, found = readers[kind](str(path), **options)
    except Exception as error:  # the reader raises its own and many built-in classes for a damaged file
        if "byte sequence" in str(error) or "convert" in str(error) or isinstance(error, UnicodeError):
            raise DataError(
                "data.encoding", "the texts of the file are not in the encoding it states; give encoding="
            ) from None
        raise DataError(
            "data.file_damaged",
            f"the .{kind} file is damaged, was cut off or is of another kind; export it again",
        ) from None
    return columns, found


def _numeric(found: Any) -> list[str]:
    return [name for name, kind_of in found.readstat_variable_types.items() if kind_of != "string"]


def _without_letters(
    columns: dict[str, Any], used: dict[str, list[str]], found: Any, content: Content
) -> dict[str, list[Any]]:
    """The columns with .a to .z missing; they are kept beside the table, with their reasons."""
    import numpy as np

    plain = dict(columns)
    for name in _numeric(found):
        letters, labels = used.get(name, []), found.variable_value_labels.get(name, {})
        if not (letters or any(isinstance(code, str) for code in labels)):
            continue
        cells = np.array(columns[name], dtype=object)
        content.letters.append(letters_of(name, cells, letters, labels, found.column_names_to_labels.get(name) or ""))
        plain[name] = cells.tolist()
    content.notes += [str(letters) for letters in content.letters if letters.counts]
    return plain


def _metadata(path: Path, kind: str, found: Any) -> FileMetadata:
    ranges = {
        name: [MissingRange(part["lo"], part["hi"]) for part in parts] for name, parts in found.missing_ranges.items()
    }
    numeric = _numeric(found)
    return FileMetadata(
        labels={name: label.strip() for name, label in found.column_names_to_labels.items() if label and label.strip()},
        # Labels of .a to .z in Stata and SAS: such codes are read as missing.
        value_labels={
            name: {code: label for code, label in labels.items() if name not in numeric or not isinstance(code, str)}
            for name, labels in found.variable_value_labels.items()
            if labels
        },
        missing=ranges,
        measures=dict(found.variable_measure),
        sets=response_sets(path, _codec(found.file_encoding)) if kind == "sav" else [],
    )


def _codec(encoding: str | None) -> str:
    import codecs

    try:
        return codecs.lookup(encoding or "utf-8").name
    except LookupError:
        return "latin-1"


def _table(columns: dict[str, list[Any]], found: Any, kind: str, metadata: FileMetadata, content: Content) -> pa.Table:
    import pyarrow as pa

    typed = {}
    for name, values in columns.items():
        text = found.readstat_variable_types.get(name) == "string"
        try:
            column = pa.array(values, pa.large_string() if text else None, from_pandas=True)
        except (pa.ArrowException, TypeError, ValueError):
            content.problem("data.mixed_types", f"variable {name!r} has both numbers and text; correct it", column=name)
            continue
        if text:
            column = _blank_as_missing(column)
        elif kind == "sav":
            column = _dated(name, column, found.original_variable_types.get(name) or "", metadata, content)
        typed[name] = column
    return pa.table(typed)


def _blank_as_missing(column: pa.Array) -> pa.Array:
    """SPSS has no missing text: a text variable without an answer is filled with blanks."""
    import pyarrow as pa
    import pyarrow.compute as pc

    blank = pc.equal(pc.utf8_trim_whitespace(column), "")
    return pc.if_else(blank, pa.scalar(None, column.type), column)


def _dated(name: str, column: pa.Array, spss_format: str, metadata: FileMetadata, content: Content) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    family = spss_format.rstrip("0123456789.")
    if family not in _DATES + _TIMESTAMPS:
        return column.cast(pa.float64())
    column = column.cast(pa.float64())
    for missing in metadata.missing.pop(name, []):
        inside = pc.and_(pc.greater_equal(column, missing.low), pc.less_equal(column, missing.high))
        column = pc.if_else(inside, pa.scalar(None, pa.float64()), column)
        content.notes.append(f"declared missing dates of {name!r} are missing without their reason")
    seconds = pc.floor(pc.subtract(column, float(_SECONDS_TO_1970))).cast(pa.int64())
    if family in _TIMESTAMPS:
        return seconds.cast(pa.timestamp("s"))
    return pc.floor(pc.divide(seconds.cast(pa.float64()), float(_SECONDS_A_DAY))).cast(pa.int32()).cast(pa.date32())
