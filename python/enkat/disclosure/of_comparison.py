"""What words that compare two sides tell of the number of people on each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: `count` of `n` answered so."""

    count: float
    n: float


@dataclass(frozen=True, slots=True)
class Compared:
    """What words mean: the ratio or difference of the first share and the second, from `low` to `high`."""

    measure: Literal["ratio", "difference"]
    low: float
    high: float
    numbers: bool  # of people, not of shares

    def first(self, first: Side, second: Side) -> tuple[int, int]:
        """How many may have answered so on the first side, when the second is known."""
        base, share = self._base(first), second.count / self._base(second)
        if self.measure == "ratio":
            most = self.high * share * base if share > 0 else 0.0
            return _whole(self.low * share * base, most, first)
        return _whole((share + self.low) * base, (share + self.high) * base, first)

    def second(self, first: Side, second: Side) -> tuple[int, int]:
        """How many may have answered so on the second side, when the first is known."""
        base, share = self._base(second), first.count / self._base(first)
        if self.measure == "ratio":
            most = share / self.low * base if self.low > 0 else math.inf
            return _whole(share / self.high * base, most, second)
        return _whole((share - self.high) * base, (share - self.low) * base, second)

    def _base(self, side: Side) -> float:
        return 1.0 if self.numbers else side.n


def _whole(low: float, high: float, side: Side) -> tuple[int, int]:
    """The whole numbers of people of a side between two limits."""
    return math.ceil(max(0.0, low) - 1e-9), math.floor(min(side.n, high) + 1e-9)
