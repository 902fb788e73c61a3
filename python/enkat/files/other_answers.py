"""One answer in one column, or words of one's own in the column "Other" beside it, as SurveyMonkey writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from enkat.files.heading import Heading
from enkat.files.reading import few
from enkat.recognition.cells import texts_of
from enkat.recognition.marks import is_other

if TYPE_CHECKING:
    import pyarrow as pa


def with_other_answers(table: pa.Table, headings: Sequence[Heading], notes: list[str]) -> pa.Table:
    """The table in which who left the answer blank and wrote other words has the answer "Other"; a note counts them."""
    filled = []
    for answer, other in _pairs(headings):
        column, words = table.column(answer.column), table.column(other.column)
        found = _filled(column, words, other.option)
        if found is not None:
            table = table.set_column(table.column_names.index(answer.column), answer.column, found)
            filled.append(f"{answer.column!r} ({_answered(found) - _answered(column)})")
    if filled:
        notes.append(f"no answer, but words under other, counts as the answer other: {few(filled)}")
    return table


def _pairs(headings: Sequence[Heading]) -> list[tuple[Heading, Heading]]:
    """Questions of two columns: the answer, and other words."""
    of: dict[str, list[Heading]] = {}
    for heading in headings:
        of.setdefault(heading.question, []).append(heading)
    return [
        (pair[0], pair[1])
        for question, pair in of.items()
        if question and len(pair) == 2 and not pair[0].option and is_other(pair[1].option)
    ]


def _answered(column: pa.ChunkedArray) -> int:
    texts = texts_of(column)
    return 0 if texts is None else len(texts) - texts.null_count


def _filled(column: pa.ChunkedArray, words: pa.ChunkedArray, option: str) -> pa.ChunkedArray | None:
    """The answers with those who wrote words alone; None where nobody did, or answers are no texts."""
    import pyarrow as pa
    import pyarrow.compute as pc

    answers, others = texts_of(column), texts_of(words)
    if answers is None or others is None:
        return None
    alone = pc.and_(pc.is_null(answers), pc.is_valid(others))
    if not pc.any(alone).as_py():
        return None
    known = (answer for answer in answers.unique().drop_null().to_pylist() if is_other(answer))
    return pc.if_else(alone, pa.scalar(next(known, option), answers.type), answers)
