"""Reads a file of answers, whatever its format, and says everything that is wrong with it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Sequence
from pathlib import Path

from enkat.errors import DataError, UsageError
from enkat.extras import needs
from enkat.files.format import PACKED, SUFFIXES, Format, format_of
from enkat.files.options import ReadOptions
from enkat.files.reading import Content, Reading


def read_table(
    path: str | os.PathLike[str],
    *,
    delimiter: str | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    header: int | Sequence[int] | None = None,
    skip: int | None = None,
    text_columns: Collection[str] = (),
) -> Reading:
    """The table of a file, its own codebook where it has one, and every problem found in it.

    Args:
        path: A file of any of the formats in `enkat.files.format`; its content decides over its name.
        delimiter, decimal, encoding: Of a CSV file; found when not given. `encoding` also of SPSS and others.
        sheet: Of a workbook; the first when not given.
        header: How many header lines a CSV file or workbook has (0: none), or the numbers of their lines.
        skip: How many lines stand above them.
        text_columns: Columns of a CSV file or workbook that are text whatever their cells look like.

    Returns:
        Reading; its `issues` must be empty before the table is used.

    Raises:
        DataError: Nothing can be read at all (no such file, empty, damaged, protected, unknown format).
        UsageError: An option does not exist or is not one this format has.

    Example:
        >>> read_table("answers.csv").dialect
        CsvDialect(delimiter=';', decimal=',', encoding='utf-8')
    """
    options = ReadOptions.checked(delimiter, decimal, encoding, sheet, header, skip)
    return read_as(path, options, text_columns)


def read_as(path: str | os.PathLike[str], options: ReadOptions, text_columns: Collection[str] = ()) -> Reading:
    """The same with its options in one record."""
    from enkat.files.arrow import normalise
    from enkat.files.controls import Controls
    from enkat.files.one_form import Respelt, arrow_in_one_form
    from enkat.files.other_answers import with_other_answers
    from enkat.files.wordings import codebook_of_headings, headings_in_one_form

    if not isinstance(path, (str, os.PathLike)):
        raise UsageError("usage.path", "the answers are given by the path of their file; a data frame goes to Survey()")
    file = Path(path)
    kind = format_of(file)
    respelt = Respelt()
    try:
        content = _content(file, kind, options, text_columns)
        assert content.table is not None
        table = arrow_in_one_form(normalise(content.table), respelt)
    except DataError as error:
        raise DataError(error.code, f"'{file.name}': {error.message}", {"file": file.name, **error.context}) from None
    with (content.parts[-1] if content.parts else file).open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    notes = [f"read as CSV with {content.dialect}"] if content.dialect else []
    controls = Controls()
    headings = controls.of_headings(headings_in_one_form(content.headings))
    table = with_other_answers(table, headings, content.notes)
    return Reading(
        table,
        controls.of_codebook(content.codebook) or codebook_of_headings(headings, table),
        content.dialect,
        notes + content.notes + controls.notes(),
        content.issues,
        sha256,
        respelt,
        content.layout,
        headings,
        tuple(content.undeclared),
        tuple(content.letters),
        content.parts,
    )


def _content(file: Path, kind: Format, options: ReadOptions, text_columns: Collection[str]) -> Content:
    needs(*kind.packages, to=f"to read {kind.title} files")
    if kind.name in PACKED:
        return _inside(file, kind, options, text_columns)
    if kind.name in ("csv", "sss"):
        from enkat.files.triple_s import description_beside, read_triple_s

        described = file if kind.name == "sss" else description_beside(file)
        if described is not None:
            _refuse_foreign_options(SUFFIXES[".sss"], options)
            return read_triple_s(described, encoding=options.encoding)
    _refuse_foreign_options(kind, options)
    if kind.name == "csv":
        from enkat.files.csv import read_csv

        return read_csv(file.read_bytes(), options, text_columns=text_columns)
    if kind.name in ("parquet", "arrow"):
        from enkat.files.parquet import read_arrow, read_parquet

        return read_parquet(file) if kind.name == "parquet" else read_arrow(file)
    from enkat.files.worker import Request, read_in_worker

    return read_in_worker(Request(file.absolute(), kind.name, options, frozenset(text_columns)))


def _inside(file: Path, packed: Format, options: ReadOptions, text_columns: Collection[str]) -> Content:
    from enkat.files.packed import unpacked

    with unpacked(file, packed.name) as inside:
        kind = format_of(inside.path)
        if kind.name in PACKED:
            raise DataError(
                "data.archive", "it holds another packed file; unpack it and give the file with the answers"
            )
        content = _content(inside.path, kind, options, text_columns)
        content.notes[:0] = inside.notes
        return content


def _refuse_foreign_options(kind: Format, options: ReadOptions) -> None:
    """An option that the format does not have would be ignored in silence."""
    foreign = [name for name in options.given if name not in kind.options]
    if foreign:
        raise UsageError(
            "usage.option_of_other_format",
            f"{', '.join(f'{name}=' for name in foreign)} does not apply to this kind of file ({kind.title})",
            {"options": foreign, "format": kind.name},
        )
