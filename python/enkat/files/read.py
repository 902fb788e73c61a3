"""Reads a file of answers, whatever its format, and says everything that is wrong with it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from enkat.errors import DataError, UsageError
from enkat.files.format import format_of
from enkat.files.reading import Content, Reading


def read_table(
    path: str | os.PathLike[str],
    *,
    delimiter: str | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> Reading:
    """The table of a file, its own codebook where it has one, and every problem found in it.

    Args:
        path: A CSV, Parquet, Excel, SPSS, Stata or SAS file; its content decides over its name.
        delimiter, decimal, encoding: Of a CSV file; found when not given. `encoding` also of SPSS and others.
        sheet: Of a workbook; the first when not given.

    Returns:
        Reading; its `issues` must be empty before the table is used.

    Raises:
        DataError: Nothing can be read at all (no such file, empty, damaged, protected, unknown format).
        UsageError: An option does not exist or is not one this format has.

    Example:
        >>> read_table("answers.csv").dialect
        CsvDialect(delimiter=';', decimal=',', encoding='utf-8')
    """
    from enkat.files.arrow import normalise
    from enkat.files.one_form import Respelt, in_one_form

    if not isinstance(path, (str, os.PathLike)):
        raise UsageError("usage.path", "the answers are given by the path of their file; a data frame goes to Survey()")
    file = Path(path)
    if delimiter is not None and (len(delimiter) != 1 or not delimiter.isascii()):
        raise UsageError("usage.delimiter", "delimiter= is one character, such as ';' or ','", {"delimiter": delimiter})
    if decimal is not None and decimal not in (".", ","):
        raise UsageError("usage.decimal", "decimal= is '.' or ','", {"decimal": decimal})
    if delimiter is not None and delimiter == decimal:
        raise UsageError("usage.delimiter", "delimiter= and decimal= must be different characters")
    kind = format_of(file)
    _refuse_foreign_options(kind, {"delimiter": delimiter, "decimal": decimal, "encoding": encoding, "sheet": sheet})
    respelt = Respelt()
    try:
        content = _content(file, kind, delimiter, decimal, encoding, sheet)
        assert content.table is not None
        table = in_one_form(normalise(content.table), respelt)
    except DataError as error:
        raise DataError(error.code, f"'{file.name}': {error.message}", {"file": file.name, **error.context}) from None
    with file.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    notes = [f"read as CSV with {content.dialect}"] if content.dialect else []
    return Reading(
        table,
        content.codebook,
        content.dialect,
        notes + content.notes,
        content.issues,
        sha256,
        respelt,
        content.layout,
        content.headings,
    )


def _content(
    file: Path, kind: str, delimiter: str | None, decimal: str | None, encoding: str | None, sheet: str | None
) -> Content:
    if kind == "csv":
        from enkat.files.csv import read_csv

        return read_csv(file.read_bytes(), delimiter=delimiter, decimal=decimal, encoding=encoding)
    if kind == "parquet":
        from enkat.files.parquet import read_parquet

        return read_parquet(file)
    if kind == "excel":
        from enkat.files.excel import read_excel

        return read_excel(file, sheet=sheet)
    from enkat.files.spss import read_statistics_file

    return read_statistics_file(file, kind, encoding=encoding)


def _refuse_foreign_options(kind: str, options: dict[str, str | None]) -> None:
    """An option that the format does not have would be ignored in silence."""
    known = {"csv": {"delimiter", "decimal", "encoding"}, "excel": {"sheet"}, "parquet": set[str]()}
    foreign = [
        name for name, value in options.items() if value is not None and name not in known.get(kind, {"encoding"})
    ]
    if foreign:
        raise UsageError(
            "usage.option_of_other_format",
            f"{', '.join(f'{name}=' for name in foreign)} does not apply to this kind of file ({kind})",
            {"options": foreign, "format": kind},
        )
