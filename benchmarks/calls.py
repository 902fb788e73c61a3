"""A call to be timed, and the answer that must agree with another engine's before any time counts."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy
from benchmarks.data import Floats


@dataclass(frozen=True)
class Row:
    """One number of an answer: what it is about, such as "3/item_0", its value and its standard error."""

    key: str
    value: float
    se: float | None = None


@dataclass(frozen=True)
class Answer:
    """The numbers of a call in an order that does not depend on the engine; point-estimate engines have no `se`."""

    keys: tuple[str, ...]
    value: Floats
    se: Floats | None

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Answer":
        ordered = sorted(rows, key=lambda row: row.key)
        ses = [row.se for row in ordered if row.se is not None]
        return cls(
            keys=tuple(row.key for row in ordered),
            value=numpy.array([row.value for row in ordered]),
            se=numpy.array(ses) if ordered and len(ses) == len(ordered) else None,
        )

    @classmethod
    def of_weights(cls, weights: Floats) -> "Answer":
        """The weights of all rows, which stand in the order of the data."""
        return cls(keys=("weight",) * len(weights), value=numpy.asarray(weights, dtype=numpy.float64), se=None)


@dataclass(frozen=True)
class Tolerance:
    """Largest relative difference that still counts as the same answer."""

    value: float = 1e-9
    se: float = 1e-6


@dataclass(frozen=True)
class Timed:
    """What a call gave and how long it took."""

    seconds: float
    result: Any


class Call:
    """Something an engine does with data that it holds already, from the call to the finished result."""

    def __init__(self, engine: str, run: Callable[[], Any], read: Callable[[Any], Answer]) -> None:
        self.engine = engine
        self.run = run
        self.read = read  # turns the result into an Answer; never timed

    def timed(self) -> Timed:
        start = time.perf_counter()
        result = self.run()
        return Timed(time.perf_counter() - start, result)


def disagreement(ours: Answer, theirs: Answer, tolerance: Tolerance) -> str | None:
    """What differs between two answers; None when nothing does, or nothing that both have."""
    if ours.keys != theirs.keys:
        return f"{len(ours.keys)} and {len(theirs.keys)} rows, or other groups"
    gap = largest_gap(ours.value, theirs.value)
    if not gap <= tolerance.value:
        return f"values differ by {gap:.1e} of their size; {tolerance.value:.0e} is allowed"
    if ours.se is None or theirs.se is None:
        return None
    gap = largest_gap(ours.se, theirs.se)
    return None if gap <= tolerance.se else f"standard errors differ by {gap:.1e}; {tolerance.se:.0e} is allowed"


def largest_gap(ours: Floats, theirs: Floats) -> float:
    """Relative to their values; NaN, which is never within a tolerance, where one has no number."""
    return float(numpy.max(numpy.abs(ours - theirs) / numpy.maximum(numpy.abs(theirs), 1e-300), initial=0.0))
