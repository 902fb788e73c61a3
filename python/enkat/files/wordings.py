"""The wording of a question, which stands above its column, as the label of the question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from enkat.files.entries import options_of
from enkat.files.heading import Heading
from enkat.texts import one_form

if TYPE_CHECKING:
    import pyarrow as pa

# As many answers as can be options; a column with more keeps its values, without a label.
_MOST_OPTIONS = 50
_LONGEST_OPTION = 80
_MOST_POINTS = 11  # of a scale, 0 to 10
_ROWS_A_POINT = 3


def headings_in_one_form(headings: Sequence[Heading]) -> tuple[Heading, ...]:
    """The headings in normal form C, as the columns of the table are."""
    return tuple(
        replace(
            heading,
            column=one_form(heading.column),
            question=one_form(heading.question),
            option=one_form(heading.option),
        )
        for heading in headings
    )


def codebook_of_headings(headings: Sequence[Heading], table: pa.Table) -> dict[str, Any] | None:
    """A codebook with the wordings of questions of one column; None where the header has none."""
    questions = [
        question
        for heading in headings
        if heading.question and (question := _question(heading, table.column(heading.column)))
    ]
    return {"schema_version": 1, "questions": questions} if questions else None


def _question(heading: Heading, column: pa.ChunkedArray) -> dict[str, Any] | None:
    """The question as its answers show it; None for columns that are better used by their values."""
    from pyarrow import types as is_a

    base = {"name": heading.column, "label": heading.wording}
    answers = column.unique().drop_null()
    points = min(_MOST_POINTS, (len(column) - column.null_count) // _ROWS_A_POINT)
    if is_a.is_integer(column.type) and 1 < len(answers) <= points:
        return {**base, "type": "scale", "options": options_of(dict.fromkeys(sorted(answers.to_pylist()), ""))}
    if is_a.is_integer(column.type) or is_a.is_floating(column.type):
        return {**base, "type": "number"} if len(answers) else None
    if not is_a.is_large_string(column.type) or not len(answers):
        return None
    if heading.open_ended:
        return {**base, "type": "text"}
    texts = [text for text in answers.to_pylist() if text]
    if len(texts) <= _MOST_OPTIONS and 2 * len(texts) <= len(column) - column.null_count:
        return {**base, "type": "single", "options": options_of(dict.fromkeys(sorted(texts), ""))}
    return {**base, "type": "text"} if max(map(len, texts), default=0) > _LONGEST_OPTION else None
