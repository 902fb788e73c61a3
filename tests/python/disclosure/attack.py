"""An attack on a study's published tables and claims that shares no code with the audit: integer programs over the
cross of all columns, built from what is printed alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

import enkat

NOBODY = None  # the category of those who did not answer


@dataclass
class Attack:
    """Whole people in each cell of the cross of all columns, and what is printed of them."""

    columns: Mapping[str, Sequence[str]]
    complete: frozenset[str] = frozenset()  # columns that are known to have everybody's answer
    cells: list[tuple[str | None, ...]] = field(init=False)
    rows: list[tuple[np.ndarray[Any, Any], float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cells = list(
            itertools.product(
                *([*values, *([] if name in self.complete else [NOBODY])] for name, values in self.columns.items())
            )
        )

    def who(
        self, question: str, answers: Sequence[str] | None, among: Mapping[str, Sequence[str]]
    ) -> np.ndarray[Any, Any]:
        """1 for the cells of those in a group who gave one of the answers; None: who answered at all."""
        names = list(self.columns)

        def inside(cell: tuple[str | None, ...]) -> bool:
            got = dict(zip(names, cell, strict=True))
            fits = all(got[column] in values for column, values in among.items())
            return fits and (got[question] in answers if answers is not None else got[question] is not NOBODY)

        return np.array([float(inside(cell)) for cell in self.cells])

    def knows(self, sum_: np.ndarray[Any, Any], low: float, high: float) -> None:
        """Something printed: a sum of people from low to high."""
        self.rows.append((sum_, low, high))

    def reads(self, study: enkat.Study, claims: Sequence[Mapping[str, Any]]) -> None:
        """All published tables of shares, and the list of claims."""
        answered = float(study.dispositions.complete)
        self.knows(np.ones(len(self.cells)), answered, answered)
        for one in study.computed:
            for row in one.published:
                among = {column: [value] for column, value in zip(one.spec.get("by", ()), row["by"], strict=True)}
                among |= one.spec.get("where", {})
                question = one.spec["question"]
                if row["base"] is not None:
                    self.knows(self.who(question, None, among), row["base"], row["base"])
                if row["percent"] is not None:
                    self._percent(self.who(question, [row["answer"]], among), row["percent"], row["base"])
                if row.get("about") is not None:
                    answered = self.who(question, None, among)
                    self._about(answered, self.who(question, [row["answer"]], among), row["about"], row["base"])
        for claim in claims:
            spec = study.claims[claim["id"]]
            self._claim(spec, claim["percent"], claim["base"])
            if "than" in spec:
                other = {**spec, **spec["than"], "where": {**spec.get("where", {}), **spec["than"].get("where", {})}}
                self._claim(other, claim["than_percent"], claim["than_base"] or claim["base"])

    def _claim(self, spec: Mapping[str, Any], percent: int | None, base: int | None) -> None:
        among = dict(spec.get("where", {}))
        if base is not None:
            whole = None if spec.get("base") != "all" else [*self.columns[spec["question"]], NOBODY]
            self.knows(self.who(spec["question"], whole, among), base, base)
            if percent is not None:
                self._percent(self.who(spec["question"], spec["answers"], among), percent, base)

    def _percent(self, sum_: np.ndarray[Any, Any], percent: int, base: int) -> None:
        fits = [count for count in range(base + 1) if (200 * count + base) // (2 * base) == percent]
        self.knows(sum_, fits[0], fits[-1])

    def _about(self, answered: np.ndarray[Any, Any], gave: np.ndarray[Any, Any], about: Any, base: int | None) -> None:
        """A base, or a per cent, to the nearest of a unit that is known."""
        if about.base is not None:
            unit = about.base_unit
            fits = [number for number in range(5000) if (2 * number + unit) // (2 * unit) * unit == about.base]
            self.knows(answered, fits[0], fits[-1])
            if about.percent is not None:  # 2p - 1 <= 200 count / base < 2p + 1
                self.knows(200 * gave - (2 * about.percent - 1) * answered, 0, np.inf)
                self.knows(200 * gave - (2 * about.percent + 1) * answered, -np.inf, -1)
        elif about.percent is not None and base is not None:
            unit = about.percent_unit
            wholes = [(200 * count + base) // (2 * base) for count in range(base + 1)]
            fits = [c for c, whole in enumerate(wholes) if (2 * whole + unit) // (2 * unit) * unit == about.percent]
            self.knows(gave, fits[0], fits[-1])

    def range(self, sum_: np.ndarray[Any, Any]) -> tuple[int, int]:
        """The smallest and the largest number of people that a sum can be."""
        matrix, low, high = (np.array(part) for part in zip(*self.rows, strict=True))
        ends = []
        for sign in (1, -1):
            found = milp(
                sign * sum_,
                constraints=LinearConstraint(matrix, low, high),
                integrality=np.ones(len(self.cells)),
                bounds=Bounds(0, np.inf),
            )
            assert found.status == 0, found.message
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]

    def small(self, question: str, groups: Sequence[Mapping[str, Sequence[str]]], sensitive: bool) -> Iterator[str]:
        """Bases under 10 and, on a sensitive question, counts from 1 to 4 that are told."""
        for among in groups:
            low, high = self.range(self.who(question, None, among))
            if low == high and 0 < low < 10:
                yield f"base of {among} is {low}"
            for answer in self.columns[question] if sensitive else ():
                low, high = self.range(self.who(question, [answer], among))
                if low >= 1 and high <= 4:
                    yield f"{answer} in {among} is {low}–{high}"
