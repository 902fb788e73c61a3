"""Guesses at the questions in columns the file says nothing about, for a draft that a person corrects.

Reading never guesses; only `enkat new` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from enkat.files.entries import options_of

if TYPE_CHECKING:
    import pyarrow as pa

MOST_NUMERIC_LEVELS = 10
MOST_TEXT_LEVELS = 20
LONGEST_ANSWER = 80
# An answer that hardly anyone else gave may be that person's own words.
ROWS_PER_LEVEL = 3
_BOX = re.compile(r"^(?P<stem>.+?)[ _.\-]?(?P<item>\d+)$")
_IDENTIFIER = re.compile(
    r"^(id|.*[_ ]id|i?respid|respondent.*|case ?(id|nr)?|l[oö]pnr|l[oö]pnummer|uuid|record.*)$", re.I
)


@dataclass(frozen=True)
class ProposedMultiple:
    """0/1 columns that are numbered in one series and so may be the boxes of one question."""

    stem: str
    columns: tuple[str, ...]


def propose_multiple(table: pa.Table, names: Sequence[str]) -> list[ProposedMultiple]:
    """Series of at least three 0/1 columns among these: q5_1, q5_2, q5_3 are perhaps the boxes of q5."""
    series: dict[str, list[str]] = {}
    for name in names:
        match = _BOX.match(name)
        if match and _is_box(table.column(name)):
            series.setdefault(match["stem"], []).append(name)
    return [ProposedMultiple(stem, tuple(columns)) for stem, columns in series.items() if len(columns) >= 3]


def identifier(table: pa.Table) -> str | None:
    """The column that is named like an identifier and has another value in every row."""
    import pyarrow.compute as pc

    for name in table.column_names:
        column = table.column(name)
        if _IDENTIFIER.match(name) and column.null_count == 0 and pc.count_distinct(column).as_py() == len(column):
            return str(name)
    return None


def guess_question(name: str, column: pa.ChunkedArray, yes_no: tuple[str, str]) -> dict[str, Any] | None:
    """A question for a column by its values; None where there is nothing to ask for (dates, no answers)."""
    from pyarrow import types as is_a

    base = {"name": slug(name), "label": name} | ({"column": name} if slug(name) != name else {})
    if column.null_count == len(column):
        return None
    if is_a.is_boolean(column.type):
        yes, no = yes_no
        options = [{"name": yes, "code": 1, "label": yes}, {"name": no, "code": 0, "label": no}]
        return {**base, "type": "single", "options": options}
    if is_a.is_integer(column.type) or is_a.is_floating(column.type):
        levels = _levels(column, MOST_NUMERIC_LEVELS)
        whole = levels is not None and all(float(level).is_integer() for level in levels)
        if not levels or not whole:
            return {**base, "type": "number"}
        return {**base, "type": "single", "options": options_of({int(level): "" for level in sorted(levels)})}
    if is_a.is_list(column.type) or is_a.is_large_list(column.type):
        return _list_question(base, column)
    texts = _texts(column)
    if texts is None:
        return None
    levels = _levels(texts, MOST_TEXT_LEVELS)
    if not levels or max(map(len, levels)) > LONGEST_ANSWER:
        return {**base, "type": "text"}
    declared = _declared_order(column)
    return {
        **base,
        "type": "single",
        "options": options_of({level: level for level in declared or sorted(levels)}),
    }


def multiple_question(proposed: ProposedMultiple, labels: dict[str, str], mark: str) -> dict[str, Any]:
    """A proposed question of several boxes, whose label says that it is a proposal."""
    options = [
        {"name": label, "code": column, "label": label, "column": column}
        for column, label in ((column, labels.get(column, column)) for column in proposed.columns)
    ]
    return {
        "name": slug(proposed.stem),
        "type": "multiple",
        "label": f"{proposed.stem} ({mark})",
        "storage": "columns",
        "options": options,
    }


def slug(name: str) -> str:
    """A name without spaces and signs, for calls and for report.md."""
    return re.sub(r"\W+", "_", name).strip("_") or "question"


def _is_box(column: pa.ChunkedArray) -> bool:
    from pyarrow import types as is_a

    if not (is_a.is_boolean(column.type) or is_a.is_integer(column.type) or is_a.is_floating(column.type)):
        return False
    values = column.unique().drop_null()
    return 1 <= len(values) <= 2 and set(map(float, values.to_pylist())) <= {0.0, 1.0}


def _levels(column: pa.ChunkedArray, most: int) -> list[Any] | None:
    """The distinct values when they are few beside the answers."""
    values = column.unique().drop_null()
    answered = len(column) - column.null_count
    return values.to_pylist() if len(values) <= min(most, answered // ROWS_PER_LEVEL) else None


def _texts(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import types as is_a

    if is_a.is_dictionary(column.type):
        column = column.cast(pa.large_string())
    if not (is_a.is_string(column.type) or is_a.is_large_string(column.type)):
        return None
    trimmed = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, trimmed.type), trimmed)


def _declared_order(column: pa.ChunkedArray) -> list[str] | None:
    """The categories of a categorical column, those nobody chose included."""
    from pyarrow import types as is_a

    if not is_a.is_dictionary(column.type) or column.num_chunks == 0:
        return None
    return [str(label) for label in column.chunk(0).dictionary.to_pylist()]


def _list_question(base: dict[str, Any], column: pa.ChunkedArray) -> dict[str, Any] | None:
    import pyarrow.compute as pc

    levels = _levels(pc.list_flatten(column), MOST_TEXT_LEVELS)
    if not levels:
        return None
    return {
        **base,
        "type": "multiple",
        "storage": "list",
        "options": options_of(dict.fromkeys(sorted(levels), "")),
    }
