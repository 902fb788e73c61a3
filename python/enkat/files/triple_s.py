"""Triple-S: the questions in an .sss file (XML), the answers in a text file beside it, of fixed width or CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from enkat.errors import DataError
from enkat.files.draft import codebook_of
from enkat.files.encoding import decode
from enkat.files.reading import Content
from enkat.files.ticks import with_ticks
from enkat.files.triple_s_cells import columns_of, delimited_cells, fixed_cells
from enkat.files.triple_s_filters import with_filters
from enkat.files.triple_s_record import TripleS, parsed
from enkat.files.triple_s_words import metadata_of

if TYPE_CHECKING:
    import pyarrow as pa

_ANSWERS = (".asc", ".csv", ".dat", ".txt")


def read_triple_s(path: Path, *, encoding: str | None = None) -> Content:
    """The table and codebook of the survey that an .sss file describes; its answers are in the file beside it."""
    content = Content()
    survey = parsed(path.read_bytes())
    answers = answers_beside(path, survey)
    content.parts = (path, answers)
    content.notes.append(f"Triple-S: questions from {path.name!r}, answers from {answers.name!r}")
    text = decode(answers.read_bytes(), encoding or survey.encoding, content).text
    cells = delimited_cells(text, survey) if survey.delimited else fixed_cells(text, survey)
    table = columns_of(cells, survey, content)
    metadata = metadata_of(survey, content)
    table, sets = with_ticks(table, metadata, content)
    content.table = table
    content.codebook = with_filters(codebook_of(table, metadata, sets, content), survey, table, content)
    _note_uses(survey, table, content)
    if table.num_rows == 0:
        content.problem("data.no_rows", "the file has variables but no answers")
    return content


def description_beside(answers: Path) -> Path | None:
    """The .sss file of the same name beside a file of answers."""
    if answers.suffix.lower() not in _ANSWERS:
        return None
    return next((path for suffix in (".sss", ".SSS") if (path := answers.with_suffix(suffix)).is_file()), None)


def answers_beside(path: Path, survey: TripleS) -> Path:
    """The file of answers: the one the description names, or of its own name, in the same folder."""
    name = survey.answers.replace("\\", "/").rsplit("/", 1)[-1]  # its folder was that of who exported it
    named = [path.with_name(name)] if name.strip(".") else []
    suffixes = sorted(_ANSWERS, key=lambda suffix: (suffix == ".csv") is not survey.delimited)
    same = [path.with_suffix(each) for suffix in suffixes for each in (suffix, suffix.upper())]
    for candidate in (*named, *same):
        if candidate.is_file() and candidate != path:
            return candidate
    raise DataError(
        "data.triple_s_answers",
        f"it describes the answers, which are in a file beside it: there is no {same[0].name!r}",
        {"looked_for": same[0].name},
    )


def _note_uses(survey: TripleS, table: pa.Table, content: Content) -> None:
    for variable in survey.variables:
        if variable.use == "weight" and variable.name in table.column_names:
            content.notes.append(f"{variable.name!r} is the weight: give design=enkat.Design(weight={variable.name!r})")
