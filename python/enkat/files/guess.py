"""Guesses at the questions in columns the file says nothing about, for a draft that a person corrects.

Reading never guesses; only `enkat new` and the table of `enkat.inspect` do. What reading uses of the columns is
recognised with certainty, in `recognition/`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from enkat.disclosure.identities import identities
from enkat.files.entries import options_of
from enkat.recognition.cells import texts_of
from enkat.recognition.scales import in_order

if TYPE_CHECKING:
    import pyarrow as pa

MOST_NUMERIC_LEVELS = 10
MOST_TEXT_LEVELS = 20
LONGEST_ANSWER = 80
# An answer that hardly anyone else gave may be that person's own words.
ROWS_PER_LEVEL = 3
# Headings that ask for one's own words; such answers are no options, however few there are.
_OPEN = re.compile(
    r"\b(ber[äa]tta|kommentar\w*|[öo]vrig[ta]|synpunkt\w*|beskriv|motivera|utveckla|f[öo]rklara|fritext|egna ord|"
    r"comments?|tell us|describe|explain|elaborate|own words|anything else|specify|feedback|suggestions?)\b",
    re.IGNORECASE,
)
_WORDS_OF_ONES_OWN = 3
# People are asked for their weight too, so the author is told what was taken for one.
_WEIGHT = re.compile(
    r"^(w|wt|wgt|weights?|(design|survey|final|sampling|calibrated|post)[ _-]?(weight|wt|wgt)s?|(weight|wgt|wt)[ _-].*|"
    r"vikt|vikter|(design|kalibrerings|urvals|slut)?vikt(er)?|kalvikt|pweight|pw|gewicht)$",
    re.IGNORECASE,
)


def identifier(table: pa.Table) -> str | None:
    """The column that is called like an identifier and has another value in every row."""
    import pyarrow.compute as pc

    for one in identities(table):
        column = table.column(one.column)
        if one.kind == "id" and column.null_count == 0 and pc.count_distinct(column).as_py() == len(column):
            return one.column
    return None


def weight_column(table: pa.Table) -> str | None:
    """The one column of positive numbers that is called a weight; None where there are none or several."""
    import pyarrow.compute as pc
    from pyarrow import types as is_a

    found = []
    for name in table.column_names:
        column = table.column(name)
        numeric = is_a.is_integer(column.type) or is_a.is_floating(column.type)
        if numeric and _WEIGHT.match(name) and column.null_count == 0 and (pc.min(column).as_py() or 0) > 0:
            found.append(str(name))
    return found[0] if len(found) == 1 else None


def guess_question(
    name: str, column: pa.ChunkedArray, yes_no: tuple[str, str], label: str | None = None
) -> dict[str, Any] | None:
    """A question for a column by its values; None where there is nothing to ask for (dates, no answers)."""
    from pyarrow import types as is_a

    base = {"name": slug(name), "label": label or name} | ({"column": name} if slug(name) != name else {})
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
    texts = texts_of(column)
    if texts is None:
        return None
    levels = _levels(texts, MOST_TEXT_LEVELS)
    if not levels or max(map(len, levels)) > LONGEST_ANSWER or _own_words(f"{name} {label or ''}", texts, levels):
        return {**base, "type": "text"}
    declared = _declared_order(column)
    return {
        **base,
        "type": "single",
        "options": options_of({level: level for level in declared or in_order(levels) or sorted(levels)}),
    }


def _own_words(heading: str, texts: pa.ChunkedArray, levels: list[str]) -> bool:
    """Whether the cells are what people wrote: words in a row, where they were asked for or most left them out."""
    wordy = sum(len(level.split()) >= _WORDS_OF_ONES_OWN for level in levels) * 2 > len(levels)
    return wordy and (_OPEN.search(heading.replace("_", " ")) is not None or texts.null_count * 2 > len(texts))


def slug(name: str) -> str:
    """A name without spaces and signs, for calls and for report.md."""
    return re.sub(r"\W+", "_", name).strip("_") or "question"


def _levels(column: pa.ChunkedArray, most: int) -> list[Any] | None:
    """The distinct values when they are few beside the answers."""
    values = column.unique().drop_null()
    answered = len(column) - column.null_count
    return values.to_pylist() if len(values) <= min(most, answered // ROWS_PER_LEVEL) else None


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
