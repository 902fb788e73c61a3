"""What leaves a study, as an attacker reads it: bounds of a number of respondents."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

Kind = Literal["row", "cell", "claim", "words", "released"]


@dataclass(frozen=True, slots=True, order=True)
class Condition:
    """Those with one of `values` in a column; of a question with several answers, those who gave one of them."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """`times` the number of those who gave one of `answers`; without any, of whoever answered the question."""

    answers: tuple[str, ...] = ()
    times: float = 1.0

    @property
    def words(self) -> str:
        """It in words: "2 × yes", "answered"."""
        return ("" if self.times == 1 else f"{self.times:g} × ") + (" or ".join(self.answers) or "answered")


@dataclass(frozen=True, slots=True, order=True)
class Sum:
    """A sum of numbers of respondents, all among the same; without a question, of the respondents themselves."""

    question: str
    among: tuple[Condition, ...] = ()
    parts: tuple[Part, ...] = (Part(),)

    @property
    def is_base(self) -> bool:
        """Whether it is how many answered."""
        return self.parts == (Part(),)

    def of(self, *answers: str) -> Sum:
        """How many of the same gave one of these answers."""
        return replace(self, parts=(Part(answers),))

    @property
    def words(self) -> str:
        """It in words, for the proof: "q = yes | region = n, sex = m"."""
        if self.parts[:1] == (Part(),) and [part.times for part in self.parts[1:]] == [-1]:
            terms = [f"not {' or '.join(self.parts[1].answers)}"]
        else:
            terms = [part.words for part in self.parts]
        what = f"{self.question}: {' + '.join(terms)}" if self.question else "respondents"
        who = ", ".join(f"{one.column} = {' or '.join(one.values)}" for one in self.among)
        return f"{what} | {who}" if who else what


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure is printed, as what can be withheld: a row or cell of a table, a claim's figure.

    The words of a claim and what was released before cannot be withheld.
    """

    kind: Kind
    name: str
    group: tuple[str, ...] = ()
    answer: str = ""

    @property
    def pinned(self) -> bool:
        """Whether withholding it is out of the question."""
        return self.kind in ("words", "released")


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number: the sum is from `low` to `high`. One that is withheld says nothing of its sum.

    `percent` is what is printed of it, where that is a whole per cent of the base and no more.
    """

    sum: Sum
    place: Place
    low: float = 0.0
    high: float = math.inf
    percent: int | None = None

    @property
    def withheld(self) -> bool:
        """Whether it tells nothing."""
        return self.low <= 0 and math.isinf(self.high) and all(part.times > 0 for part in self.sum.parts)

    def to_json(self) -> dict[str, Any]:
        """The figure as files keep it; an open end is null."""
        return {
            "printed": " ".join(part for part in (self.place.kind, self.place.name) if part),
            "question": self.sum.question,
            "among": {one.column: list(one.values) for one in self.sum.among},
            "parts": [{"answers": list(part.answers), "times": part.times} for part in self.sum.parts],
            "low": None if math.isinf(self.low) else float(self.low),
            "high": None if math.isinf(self.high) else float(self.high),
        }

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Figure:
        """The figure that a file keeps, as one that was released."""
        among = tuple(sorted(Condition(column, tuple(values)) for column, values in row["among"].items()))
        parts = tuple(Part(tuple(part["answers"]), float(part["times"])) for part in row["parts"])
        low = -math.inf if row["low"] is None else float(row["low"])
        high = math.inf if row["high"] is None else float(row["high"])
        return cls(Sum(str(row["question"]), among, parts), Place("released", str(row["printed"])), low, high)


def counts_behind(percent: int, base: int) -> tuple[int, int]:
    """The numbers of `base` respondents that are printed as a whole per cent (halves upwards).

    >>> counts_behind(40, 52), counts_behind(45, 60)
    ((21, 21), (27, 27))
    """
    low = -((base * (1 - 2 * percent)) // 200)
    high = -(-(base * (2 * percent + 1)) // 200) - 1
    return max(0, low), min(base, high)
