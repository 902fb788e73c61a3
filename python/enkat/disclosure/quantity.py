"""What must stay unknown: small bases, and on sensitive questions small numbers and what holds for a whole group."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from enkat.disclosure.figure import Sum

Reason = Literal["small_base", "sensitive_count", "whole_group", "hidden_answer"]


@dataclass(frozen=True, slots=True)
class Policy:
    """Which numbers of respondents are protected."""

    min_base: int = 10  # fewer are a small base
    sensitive_low: int = 4  # sensitive questions: from 1 to this gave an answer, or did not
    small_study: int = 50  # with fewer respondents, of every question

    version: int = 1


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of respondents: those of `first`, without those of `without`, which are among them.

    `kind` says which numbers of them must not be known: of those who answered in a group, a small base; of those who
    gave a sensitive answer, a small count; of any answer in a group whose base is withheld, the exact number.
    Answers are of a `group`; `where_small` says that they matter only if that is a small base, as the rest in no group
    of a table may be.
    """

    kind: Literal["base", "sensitive", "hidden"]
    first: Sum
    without: tuple[Sum, ...] = ()
    group: Quantity | None = None
    where_small: bool = False

    @property
    def words(self) -> str:
        """It in words, for the proof."""
        less = ", ".join(one.words for one in self.without)
        return f"{self.first.words} without ({less})" if less else self.first.words

    @property
    def of_everyone(self) -> bool:
        """Whether it is among all respondents."""
        return not self.first.among and not self.without


@dataclass(frozen=True, slots=True)
class Range:
    """What an attacker can work out of a quantity: it is a whole number from `low` to `high`."""

    low: float
    high: float

    def __str__(self) -> str:
        high = "…" if math.isinf(self.high) else f"{self.high:g}"
        return f"{max(0.0, self.low):g}–{high}" if self.low != self.high else f"{self.low:g}"


def exposed(quantity: Quantity, known: Range, policy: Policy) -> Reason | None:
    """Why a range tells too much, or None where it does not."""
    low, high = max(0.0, known.low), known.high
    if quantity.kind == "base":
        return "small_base" if 0 < high < policy.min_base else None
    if quantity.kind == "hidden":
        return "hidden_answer" if low == high else None
    if high == 0 and not quantity.of_everyone:
        return "whole_group"
    return "sensitive_count" if low >= 1 and high <= policy.sensitive_low else None


def enough(quantity: Quantity, policy: Policy) -> float:
    """The largest number from which on an attacker knows nothing that matters."""
    if quantity.kind == "base":
        return policy.min_base
    return policy.sensitive_low + 1 if quantity.kind == "sensitive" else math.inf
