"""Reading answers from a file."""

from __future__ import annotations

import os
from typing import Any

from enkat import _core
from enkat.design import Design
from enkat.errors import CodebookError, DataError, Issue
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
) -> Survey:
    """Reads a survey from a CSV, Parquet, Excel or SPSS file (also Stata and SAS).

    Args:
        path: The file with the answers.
        codebook: Path to codebook.json, or its content. Without it an SPSS file's own labels, missing codes and
            multiple-response sets are used, and other files are read as they are.
        design: How the sample was drawn.
        delimiter, decimal, encoding: Of a CSV file; found when not given (`survey.notes` says what was found).
        sheet: Of an Excel file; the first when not given.

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
    from enkat.files.read import read_table

    reading = read_table(path, delimiter=delimiter, decimal=decimal, encoding=encoding, sheet=sheet)
    if reading.issues:
        raise DataError.of(reading.issues)
    questions: Any = codebook if codebook is not None else reading.codebook
    survey = Survey(reading.table, questions, design)
    problems = survey._core.check_answers()
    if problems:
        raise DataError.of(problems)
    return survey._noted([*reading.notes, *reading.respelt.notes()])


@checked
def inspect(
    path: Path,
    *,
    codebook: Codebook | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
) -> list[Issue]:
    """All problems of a file against its codebook, without raising; an empty list when there are none.

    Args:
        path, codebook, delimiter, decimal, encoding, sheet: As in `read`.

    Returns:
        Issues with `code`, `message` and `context` (row, column, what is allowed).

    Example:
        >>> for issue in enkat.inspect("misspelt.csv", codebook="codebook.json"):
        ...     print(issue)
        row 1 of column 'region': question 'region' has no such code; allowed are north, south
    """
    from enkat.files.read import read_table

    try:
        reading = read_table(path, delimiter=delimiter, decimal=decimal, encoding=encoding, sheet=sheet)
        issues = list(reading.issues)
        questions: Any = codebook if codebook is not None else reading.codebook
        if questions is not None:
            known = _core.Codebook.parse(codebook_text(questions))
            table = _core.Table.from_stream(reading.table.__arrow_c_stream__())
            issues += _core.check_answers(table, known)
    except (DataError, CodebookError) as error:
        return error.issues or [Issue(error.code, error.message, error.context)]
    return issues
