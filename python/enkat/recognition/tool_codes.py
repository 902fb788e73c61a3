"""Codes that a survey tool writes where there is no answer, such as -9 of SoSci Survey and -77 of Unipark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from enkat.files.entries import options_of
from enkat.files.reading import few
from enkat.recognition.platforms import Platform

if TYPE_CHECKING:
    import pyarrow as pa

MOST_POINTS = 11  # of a scale, 0 to 10
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
    for name in columns if platform and platform.codes else ():
        assert platform is not None
        values = _values(table.column(name))
        negative = [value for value in values if value < 0]
        if not negative:
            continue
        if not platform.codes.keys() >= {*negative}:
            found.unclear.append(name)
            continue
        answers = [value for value in values if value >= 0]
        question: dict[str, Any] = {"name": name, **({"label": labels[name]} if name in labels else {})}
        if 1 < len(answers) <= MOST_POINTS and all(float(value).is_integer() for value in answers):
            question |= {"type": "scale", "options": options_of({int(value): "" for value in sorted(answers)})}
        else:
            question["type"] = "number"
        question["missing"] = [
            {"code": int(code), "reason": reason, "label": label}
            for code, (reason, label) in platform.codes.items()
            if code in negative
        ]
        found.questions.append(question)
    return found


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


def _values(column: pa.ChunkedArray) -> list[float]:
    """The different numbers of a column; none of any other column."""
    from pyarrow import types as is_a

    if not (is_a.is_integer(column.type) or is_a.is_floating(column.type)):
        return []
    return [value for value in column.unique().drop_null().to_pylist() if value == value]
