"""The columns of a publication as variables with categories, whatever kind of question they are."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from enkat.disclosure.figure import Part, Sum

Mask = np.ndarray[tuple[int], np.dtype[np.float64]]

ANSWERED = "answered"  # of a question with several answers
OTHER = ""  # the answers that no figure names, of a column without a codebook


@dataclass(frozen=True, slots=True)
class Column:
    """What is known of a column from the codebook: its answers, and whether one can give several.

    `few`: so few answered the survey that small numbers of any answer are protected, as of a sensitive question.
    `complete`: there is nobody without an answer, which an attacker is taken to know: a register has the sex of all.
    """

    name: str
    answers: tuple[str, ...]
    several: bool = False
    sensitive: bool = False
    few: bool = False
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Columns that are made of the same answers, and the combinations of them that there are; None is no answer."""

    columns: tuple[str, ...]
    patterns: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, slots=True, order=True)
class Variable:
    """A column, some options of a question with several answers, or linked columns, with their categories.

    The last category is that of nobody's answer: not asked, not answered, or none of those that are known. Linked
    columns have the combinations that there are.
    """

    column: str
    options: tuple[str, ...] = ()  # of a question with several answers
    answers: tuple[str, ...] = field(default=(), compare=False)  # of one with a single answer
    link: Link | None = field(default=None, compare=False)

    @property
    def size(self) -> int:
        """How many categories there are."""
        if self.link is not None:
            return len(self.link.patterns)
        return (2 ** len(self.options) if self.options else len(self.answers)) + 1

    def given(self, column: str) -> list[str]:
        """The answers in a column that are known by name."""
        if self.link is not None:
            place = self.link.columns.index(column)
            return sorted({cell for pattern in self.link.patterns if (cell := pattern[place]) is not None})
        return [answer for answer in self.answers if answer != OTHER]

    def mask(self, column: str, part: Iterable[str]) -> Mask:
        """1 for the categories of those who gave one of the answers in a column; without any, of whoever answered."""
        wanted = set(part)
        if self.link is not None:
            place = self.link.columns.index(column)
            cells = [pattern[place] for pattern in self.link.patterns]
            return np.array([cell in wanted if wanted else cell is not None for cell in cells], dtype=np.float64)
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

    def weights(self, column: str, parts: Iterable[Part]) -> Mask:
        """What each category adds to a sum of parts."""
        weights: Mask = np.sum([part.times * self.mask(column, part.answers) for part in parts], axis=0)
        return weights


class Variables:
    """The variables that a set of sums needs: options that are named together in one sum are one variable."""

    def __init__(self, sums: Iterable[Sum], columns: Mapping[str, Column], links: Iterable[Link]) -> None:
        self._columns = columns
        self._links = {column: link for link in links for column in link.columns}
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
        """The variable in which a column has these values; without any, whether it was answered, of several options."""
        if column in self._links:
            return Variable(" & ".join(self._links[column].columns), link=self._links[column])
        if not self._several(column):
            known = self._columns[column].answers if column in self._columns else ()
            more = sorted(self._seen.get(column, set()) - set(known))
            return Variable(column, answers=(*known, *more, *(() if known else (OTHER,))))
        if not values:
            return Variable(column, answers=(ANSWERED,))
        for options in self._together.get(column, []):
            if options.issuperset(values):
                return Variable(column, tuple(sorted(options)))
        return Variable(column, tuple(sorted(values)))

    def with_answered(self, variables: Iterable[Variable]) -> set[Variable]:
        """The variables, and for options whether their question was answered, which they all share."""
        return {one for variable in variables for one in (variable, *self.answered(variable))}

    def answered(self, variable: Variable) -> tuple[Variable, ...]:
        """Of options: the variable that says whether their question was answered; of others none."""
        return (self.of(variable.column, ()),) if variable.options else ()

    def masks(self, sum_: Sum) -> dict[Variable, Mask]:
        """A sum as a product of what each of its variables adds."""
        result: dict[Variable, Mask] = {}

        def times(variable: Variable, mask: Mask) -> None:
            result[variable] = result[variable] * mask if variable in result else mask

        for condition in sum_.among:
            variable = self.of(condition.column, condition.values)
            times(variable, variable.mask(condition.column, condition.values))
        if sum_.question:
            answers = tuple(answer for part in sum_.parts for answer in part.answers)
            at = self.of(sum_.question, answers)
            times(at, at.weights(sum_.question, sum_.parts))
        return result
