"""Reading answers from a file."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from enkat import _core
from enkat.design import Design
from enkat.errors import CodebookError, DataError, Issue, UsageError
from enkat.inspection import InspectedColumn, Inspection
from enkat.keywords import checked
from enkat.survey import Codebook, Survey, codebook_text

Path = str | os.PathLike[str]


@checked
def read(
    path: Path,
    *,
    codebook: Codebook | None = None,
    design: Design | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    header: int | Sequence[int] | None = None,
    skip: int | None = None,
    missing: Literal["declared", "labelled"] = "declared",
) -> Survey:
    """Reads a survey from a CSV, Excel, SPSS, Stata, SAS, Triple-S, Parquet or Arrow file, also packed as .gz or .zip.

    Args:
        path: The file with the answers.
        codebook: Path to codebook.json, or its content; columns that it says are text are not read as numbers. Or the
            form that the answers were collected with: an XLSForm of KoboToolbox or ODK (form.xlsx), or the data
            dictionary of REDCap (dictionary.csv).
            Without it an SPSS file's own labels, missing codes and multiple-response sets are used, the wordings in
            header lines, and the questions with several answers that are recognised in the columns of survey tools
            (`survey.notes` says which, docs/formats.md how).
        design: How the sample was drawn.
        delimiter, decimal, encoding: Of a CSV file; found when not given (`survey.notes` says what was found).
            `decimal` also of numbers typed as text in a workbook.
        sheet: Of an Excel file; the first when not given.
        header: How many header lines a CSV or Excel file has: 0 (the columns are then called column_1, column_2 …), 1,
            2 …, or the numbers of their lines, as [1, 3]; found when not given. The first names the columns, wordings
            or options may stand below it.
        skip: How many lines stand above the header, such as a title; found when not given.
        missing: What is no answer in a file with labels (SPSS, Stata, SAS), of a form, or in answers in words: the
            values declared as missing, or with "labelled" also those whose labels or words say so ("No answer",
            "Vet ej"); `survey.notes` lists them.

    Returns:
        Survey.

    Raises:
        DataError: The file is missing, damaged, or contradicts the codebook; `issues` holds every problem by row and
            column, never an answer.
        CodebookError: With every problem of the codebook.

    Example:
        >>> enkat.read("answers.csv", codebook="codebook.json", design=enkat.Design(weight="w"))
        Survey: 40 rows, 1 questions
        Design(weight='w')
        read as CSV with semicolon between cells, decimal comma, utf-8
    """
    from enkat.files.options import ReadOptions
    from enkat.files.read import read_as
    from enkat.files.undeclared import undeclared_notes
    from enkat.forms.given import given
    from enkat.recognition.reasons import with_letters, with_reasons
    from enkat.recognition.recognise import recognise

    if missing not in ("declared", "labelled"):
        raise UsageError("usage.missing", 'missing= is "declared" or "labelled"', {"missing": str(missing)})
    options = ReadOptions.checked(delimiter, decimal, encoding, sheet, header, skip)
    described = given(codebook) if codebook is not None else None
    labelled = missing == "labelled"
    if described is not None and described.form is None and labelled:
        raise UsageError(
            "usage.missing",
            "missing= is for the labels of a file; with a codebook, `missing` of its questions says what is no answer",
        )
    reading = read_as(path, options, described.text_columns if described is not None else ())
    if reading.issues:
        raise DataError.of(reading.issues)
    known: str | Mapping[str, Any] | None
    if described is None:
        recognised = recognise(reading)
        known = with_letters(recognised.codebook(reading, labelled=labelled), reading.letters)
        undeclared = (*reading.undeclared, *recognised.undeclared)
        notes = [*recognised.notes, *undeclared_notes(undeclared, labelled=labelled)]
    else:
        of_table = described.of(reading.table, labelled=labelled)
        known, notes = of_table.codebook, of_table.notes
    rows = with_reasons(reading.table, known, reading.letters, design)
    survey, notes = Survey(rows.table, known, design), [*rows.notes, *notes]
    problems = survey._core.check_answers()
    if problems:
        raise DataError.of(problems)
    return survey._noted([*reading.notes, *reading.respelt.notes(), *notes])


@checked
def inspect(
    path: Path,
    *,
    codebook: Codebook | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    header: int | Sequence[int] | None = None,
    skip: int | None = None,
) -> Inspection:
    """What a file is taken for, column by column, and all its problems against its codebook, without raising.

    Args:
        path, codebook, delimiter, decimal, encoding, sheet, header, skip: As in `read`.

    Returns:
        Inspection: shows as a table (`columns`: what each was taken for and why, the answers found, what was not
        understood); iterating gives the problems, with `code`, `message` and `context` (row, column, what is allowed),
        none when the file can be read.

    Example:
        >>> for issue in enkat.inspect("misspelt.csv", codebook="codebook.json"):
        ...     print(issue)
        row 1 of column 'region': question 'region' has no such code; allowed are north, south
        >>> enkat.inspect("answers.csv")
        column  taken_for  why            answers
        age     number     by its values  40 values
        region  single     by its values  south: 26, north: 14
        w       single     by its values  30: 10, 35: 10, 40: 10, 45: 10
        read as CSV with semicolon between cells, decimal comma, utf-8
    """
    from enkat.files.options import ReadOptions
    from enkat.files.read import read_as
    from enkat.files.undeclared import undeclared_notes
    from enkat.forms.given import given
    from enkat.recognition.reasons import with_letters, with_reasons
    from enkat.recognition.recognise import recognise
    from enkat.recognition.record import Recognition
    from enkat.recognition.table import inspected_columns

    options = ReadOptions.checked(delimiter, decimal, encoding, sheet, header, skip)
    columns: list[InspectedColumn] = []
    notes: list[str] = []
    try:
        described = given(codebook) if codebook is not None else None
        reading = read_as(path, options, described.text_columns if described is not None else ())
        issues = list(reading.issues)
        notes = [*reading.notes, *reading.respelt.notes()]
        of_table = described.of(reading.table) if described is not None else None
        known = _core.Codebook.parse(codebook_text(of_table.codebook)) if of_table is not None else None
        notes += of_table.notes if of_table is not None else []
        found = Recognition(None) if known else recognise(reading)
        columns = inspected_columns(reading, found, known.to_json() if known else None)
        undeclared = (*reading.undeclared, *found.undeclared)
        notes += [] if known else [*found.notes, *undeclared_notes(undeclared, labelled=False)]
        if known is None and (own := with_letters(found.codebook(reading), reading.letters)) is not None:
            known = _core.Codebook.parse(codebook_text(own))
        if known is not None:
            rows = with_reasons(reading.table, known.to_json(), reading.letters)
            notes += rows.notes
            issues += _core.check_answers(_core.Table.from_stream(rows.table.__arrow_c_stream__()), known)
    except (DataError, CodebookError) as error:
        issues = error.issues or [Issue(error.code, error.message, error.context)]
    return Inspection(columns, issues, notes)
