"""The columns of a publication as variables with categories, whatever kind of question they are."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from enkat.disclosure.figure import Condition, Part, Sum

Mask = np.ndarray[tuple[int], np.dtype[np.float64]]

OTHER = ""  # the answers that no figure names, of a column without a codebook


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of a column from the codebook: its answers, and whether one can give several.

    `few`: so few answered the survey that small numbers of any answer are protected, as of a sensitive question.
    """

    name: str
    answers: tuple[str, ...]
    several: bool = False
    sensitive: bool = False
    few: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Variable:
    """A column, or some options of a question with several answers, and the categories respondents are in.

    The last category is that of nobody's answer: not asked, not answered, or none of those that are known.
    """

    column: str
    options: tuple[str, ...] = ()  # of a question with several answers
    answers: tuple[str, ...] = field(default=(), compare=False)  # of one with a single answer

    @property
    def size(self) -> int:
        """How many categories there are."""
        return (2 ** len(self.options) if self.options else len(self.answers)) + 1

    def mask(self, part: Iterable[str]) -> Mask:
        """1 for the categories of those who gave one of the answers; without any, of whoever answered."""
        wanted = set(part)
        if not wanted:
            chosen = [True] * (self.size - 1)
        elif self.options:
            patterns = itertools.product((False, True), repeat=len(self.options))
            chosen = [
                any(ticked and option in wanted for ticked, option in zip(pattern, self.options, strict=True))
                for pattern in patterns
            ]
        else:
            chosen = [answer in wanted for answer in self.answers]
        return np.array([*chosen, False], dtype=np.float64)

    def weights(self, parts: Iterable[Part]) -> Mask:
        """What each category adds to a sum of parts."""
        weights: Mask = np.sum([part.times * self.mask(part.answers) for part in parts], axis=0)
        return weights


class Variables:
    """The variables that a set of sums needs: options that are named together in one sum are one variable."""

    def __init__(self, sums: Iterable[Sum], columns: Mapping[str, Column]) -> None:
        self._columns = columns
        self._seen: dict[str, set[str]] = {}
        self._together: dict[str, list[set[str]]] = {}
        for one in sums:
            for condition in one.among:
                self._note(condition.column, condition.values)
            for part in one.parts if one.question else ():
                self._note(one.question, part.answers)

    def _note(self, column: str, values: tuple[str, ...]) -> None:
        if not self._several(column):
            self._seen.setdefault(column, set()).update(values)
            return
        joined, apart = set(values), []
        for options in self._together.get(column, []):
            if options & joined:
                joined |= options
            else:
                apart.append(options)
        self._together[column] = [*apart, joined] if joined else apart

    def _several(self, column: str) -> bool:
        return column in self._columns and self._columns[column].several

    def of(self, column: str, values: tuple[str, ...]) -> Variable:
        """The variable in which a column has these values; for the base of several options, any of them."""
        if not self._several(column):
            known = self._columns[column].answers if column in self._columns else ()
            more = sorted(self._seen.get(column, set()) - set(known))
            return Variable(column, answers=(*known, *more, *(() if known else (OTHER,))))
        for options in self._together.get(column, []):
            if options.issuperset(values):
                return Variable(column, tuple(sorted(options)))
        return Variable(column, tuple(sorted(values)) or self._columns[column].answers[:1])

    def masks(self, sum_: Sum, subject: Variable | None = None) -> dict[Variable, Mask]:
        """A sum as a product over variables; `subject` is whose base is meant where no option is named."""
        result: dict[Variable, Mask] = {}

        def times(variable: Variable, mask: Mask) -> None:
            result[variable] = result[variable] * mask if variable in result else mask

        for condition in sum_.among:
            times(self.of(*_place(condition)), self.of(*_place(condition)).mask(condition.values))
        if sum_.question:
            answers = tuple(answer for part in sum_.parts for answer in part.answers)
            at = subject if subject and not answers else self.of(sum_.question, answers)
            times(at, at.weights(sum_.parts))
        return result


def _place(condition: Condition) -> tuple[str, tuple[str, ...]]:
    return condition.column, condition.values
