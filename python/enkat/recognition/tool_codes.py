"""Codes that a survey tool writes where there is no answer, such as -9 of SoSci Survey and -77 of Unipark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from enkat.files.entries import options_of
from enkat.files.reading import few
from enkat.recognition.cells import MOST_DIFFERENT, texts_of
from enkat.recognition.platforms import Platform
from enkat.recognition.scales import in_order

if TYPE_CHECKING:
    import pyarrow as pa

MOST_POINTS = 11  # of a scale, 0 to 10
ROWS_AN_ANSWER = 3  # at least, where answers in words are options
# What people write for no answer, and the answers that it stands apart from.
_NEGATIVE = frozenset((-7, -8, -9, -66, -77, -88, -97, -98, -99, -999, -9999))
_POSITIVE = frozenset((77, 88, 97, 98, 99, 777, 888, 997, 998, 999, 9999))


@dataclass
class ToolCodes:
    """The questions of numbers whose cells have such codes, and the columns that have other negative numbers beside."""

    questions: list[dict[str, Any]] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    def notes(self, platform: Platform | None) -> list[str]:
        """What was done with the codes, and what was not."""
        if platform is None:
            return []
        names = few([repr(question["name"]) for question in self.questions])
        codes = ", ".join(f"{code} ({label})" for code, (_, label) in platform.codes.items())
        read = [f"codes of {platform.name} for no answer are missing in {names}: {codes}"] if names else []
        other = [
            f"{few([repr(name) for name in self.unclear])} have negative numbers that are no codes of {platform.name}: "
            "all of them are read as numbers; a codebook says which are `missing`"
        ]
        return [*read, *(other if self.unclear else [])]


def with_tool_codes(
    columns: Sequence[str], table: pa.Table, platform: Platform | None, labels: Mapping[str, str]
) -> ToolCodes:
    """The questions of these columns; `labels` has the wordings of some."""
    found = ToolCodes()
    if platform is None or not platform.codes:
        return found
    for name in columns:
        column = table.column(name)
        texts = _texts(column)
        values = texts or _values(column)
        codes = [str(code) if texts else code for code in platform.codes]
        none = [value for value in values if value in codes]
        if not texts and any(float(value) < 0 and value not in codes for value in values):
            found.unclear.append(name)
        elif none:
            answers = [value for value in values if value not in codes]
            asked = _of_texts(answers, column) if texts else _of_numbers(answers)
            missing = [
                {"code": code, "reason": reason, "label": label}
                for code, (reason, label) in zip(codes, platform.codes.values(), strict=True)
                if code in none
            ]
            label = {"label": labels[name]} if name in labels else {}
            found.questions.append({"name": name, **label, **asked, "missing": missing})
    return found


def _of_numbers(answers: Sequence[Any]) -> dict[str, Any]:
    if 1 < len(answers) <= MOST_POINTS and all(float(value).is_integer() for value in answers):
        return {"type": "scale", "options": options_of({int(value): "" for value in sorted(answers)})}
    return {"type": "number"}


def _of_texts(answers: Sequence[Any], column: pa.ChunkedArray) -> dict[str, Any]:
    """Answers that several gave are options; words of one's own are a text."""
    if len(answers) <= MOST_DIFFERENT and ROWS_AN_ANSWER * len(answers) <= len(column) - column.null_count:
        return {"type": "single", "options": options_of({name: name for name in in_order(answers) or sorted(answers)})}
    return {"type": "text"}


def perhaps_codes(columns: Sequence[str], table: pa.Table) -> list[str]:
    """A note of numbers that look like codes for no answer: -9 beside amounts, 99 beside a scale to 10."""
    found = []
    for name in columns:
        values = _values(table.column(name))
        negative = {value for value in values if value < 0}
        odd = negative if negative <= _NEGATIVE else set[float]()
        if max((value for value in values if value not in _POSITIVE), default=MOST_POINTS) < MOST_POINTS:
            odd = odd | {value for value in values if value in _POSITIVE}
        if odd and len(odd) < len(values):
            found.append(f"{name!r} ({', '.join(str(int(value)) for value in sorted(odd))})")
    if not found:
        return []
    return [
        f"perhaps codes for no answer, and read as numbers: {few(found)}; where they are, a codebook says `missing` of "
        "the question"
    ]


def _texts(column: pa.ChunkedArray) -> list[str]:
    """The different texts of a column; none of any other column."""
    texts = texts_of(column)
    return [] if texts is None else texts.unique().drop_null().to_pylist()


def _values(column: pa.ChunkedArray) -> list[float]:
    """The different numbers of a column that may have codes for no answer; none of any other column."""
    import pyarrow.compute as pc
    from pyarrow import types as is_a

    if not (is_a.is_integer(column.type) or is_a.is_floating(column.type)):
        return []
    ends = pc.min_max(column).as_py()
    if ends["min"] is None or (ends["min"] >= 0 and ends["max"] not in _POSITIVE):
        return []  # it can have no code: amounts are not looked at one by one
    return [value for value in column.unique().drop_null().to_pylist() if value == value]
