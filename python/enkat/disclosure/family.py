"""What bears on one question: its figures, those where it tells groups apart, and how many answered others."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from enkat.disclosure.attacker import Attacker
from enkat.disclosure.cliques import clique_tree
from enkat.disclosure.figure import Condition, Figure, Part, Sum
from enkat.disclosure.publication import Publication
from enkat.disclosure.quantity import Quantity, Range, Reason, enough, exposed
from enkat.disclosure.system import Coefficients, System
from enkat.disclosure.variables import Column, Variable, Variables
from enkat.errors import ReportError

_MOST_CELLS = 200_000


class Family:
    """One question as an attacker sees it; each option of one with several answers is a yes or no of its own.

    Args:
        question: Whose answers are to be protected.
        publication: All that is published, of this question and of others.
    """

    def __init__(self, question: str, publication: Publication) -> None:
        figures, self._columns = publication.figures, publication.columns
        self.question = question
        self.policy = publication.policy
        self.column = self._columns.get(question, Column(question, ()))
        self._counts = self.column.sensitive or self.column.few
        self._about = [figure for figure in figures if self._concerns(figure.sum)]
        self._variables = Variables([figure.sum for figure in self._about], self._columns, publication.links)
        known = {variable for figure in self._about for variable in self._variables.masks(figure.sum)}
        known = self._variables.with_answered({*known, self._variables.of(question, ())})
        others = [figure for figure in figures if not self._concerns(figure.sum)]
        around = [figure for figure in others if known.issuperset(self._variables.masks(figure.sum))]
        self._rows = dict(enumerate([*self._about, *around]))  # by their number among the attacker's
        self._places = {figure.place for figure in self.own}
        self._known = set(self.own)
        self._not_shown: set[int] = set()
        facts = list(self._facts([figure for figure in others if figure.sum.is_base], known))
        told = [*((figure.sum, figure.low, figure.high) for figure in self._rows.values()), *facts]
        tables = [self._variables.with_answered(self._variables.masks(sum_)) for sum_, _, _ in told]
        tree = clique_tree([*tables, {self._variables.of(question, ())}])
        if tree.cells > _MOST_CELLS:
            raise ReportError(
                "disclosure.too_many_cells",
                f"the tables of {question!r} cross so many columns that nobody can tell whether they give respondents "
                f"away ({tree.cells:,} cells); break it down by fewer columns at a time",
                {"question": question, "cells": tree.cells},
            )
        self._system = System(tree)
        rows = ((self._row(sum_), low, high) for sum_, low, high in told)
        never = (cells for variable in known for cells in self._impossible(variable))
        try:
            self._attacker = Attacker(self._system.size, itertools.chain(self._system.agreements(), never), rows)
        except ValueError as error:
            raise self._contradictory() from error

    def _impossible(self, variable: Variable) -> Iterable[Coefficients]:
        """Cells in which there is nobody: options of a question that was not answered, no answer where all gave one."""
        if variable.column in self._columns and self._columns[variable.column].complete and variable.link is None:
            cells = self._system.coefficients({variable: 1 - variable.mask(variable.column, ())})
            if cells is not None:
                yield cells
        for answered in self._variables.answered(variable):
            here, there = variable.mask(variable.column, ()), answered.mask(variable.column, ())
            for masks in ({variable: here, answered: 1 - there}, {variable: 1 - here, answered: there}):
                cells = self._system.coefficients(masks)
                if cells is not None:
                    yield cells

    def _concerns(self, sum_: Sum) -> bool:
        """Whether a sum says anything about the answers to this question."""
        return sum_.question == self.question or any(one.column == self.question for one in sum_.among)

    def _facts(self, others: Iterable[Figure], known: set[Variable]) -> Iterable[tuple[Sum, float, float]]:
        """How many respondents a group has at least: those of it who answered another question."""
        best: dict[tuple[Condition, ...], tuple[float, float]] = {}
        names = {variable.column for variable in known}
        for figure in others:
            among = figure.sum.among
            if not names.issuperset(one.column for one in among) or figure.withheld:
                continue
            if not known.issuperset(self._variables.masks(replace(figure.sum, question=""))):
                continue
            low, high = best.get(among, (0.0, float("inf")))
            everyone = not figure.sum.question
            best[among] = max(low, figure.low), min(high, figure.high) if everyone else high
        return ((Sum("", among), low, high) for among, (low, high) in best.items())

    def _row(self, sum_: Sum) -> Coefficients:
        row = self._system.coefficients(self._variables.masks(sum_))
        assert row is not None  # every sum is a clique's
        return row

    def _contradictory(self) -> ReportError:
        return ReportError(
            "disclosure.tables_disagree",
            f"no answers to {self.question!r} give all the figures that are published about it: some of them are wrong",
            {"question": self.question},
        )

    def coefficients(self, quantity: Quantity) -> Coefficients | None:
        """The cells that a quantity counts; None where the tables do not cross its columns."""
        total = self._system.coefficients(self._variables.masks(quantity.first))
        for less in quantity.without:
            part = self._system.coefficients(self._variables.masks(less))
            if total is None or part is None:
                return None
            total = total - part
        return total

    def quantities(self) -> Iterable[Quantity]:
        """Everything to protect: the groups of its tables and what is left of a group without others in it."""
        groups = sorted({group for figure in self._about for group in self._groups(figure.sum)})
        hidden = {f.sum.among for f in self._about if f.sum.question == self.question and f.sum.is_base and f.withheld}
        several = self.column.several
        answers = list(self.column.answers) if several else self._variables.of(self.question, ()).given(self.question)
        for among in groups:
            yield from self._of(Sum(self.question, among), (), answers, among in hidden)
        for outer, inner in self._nested(groups):
            yield from self._of(Sum(self.question, outer), (Sum(self.question, inner),), answers, False)
        for outer, parts in self._rests(groups):
            less = tuple(Sum(self.question, inner) for inner in parts)
            # That few are in no group says nothing of them; how they answered does.
            rest = Quantity("base", Sum(self.question, outer), less)
            yield from self._answers(rest, answers, where_small=not self._counts)

    def _groups(self, sum_: Sum) -> Iterable[tuple[Condition, ...]]:
        """The groups among which a figure tells something of the question, and the larger ones they lie in.

        A table of another question by this one, turned around, tells how this one was answered among those who gave
        each answer to the other.
        """
        among = [one for one in sum_.among if one.column != self.question]
        if sum_.question != self.question:
            answers = {answer for part in sum_.parts for answer in part.answers}
            among += [Condition(sum_.question, tuple(sorted(answers)))] if answers else []
        for number in range(len(among) + 1):
            yield from (tuple(sorted(some)) for some in itertools.combinations(among, number))

    def _of(self, base: Sum, without: tuple[Sum, ...], answers: Sequence[str], hidden: bool) -> Iterable[Quantity]:
        group = Quantity("base", base, without)
        yield group
        if self._counts or hidden:
            yield from self._answers(group, answers)

    def _answers(self, group: Quantity, answers: Sequence[str], where_small: bool = False) -> Iterable[Quantity]:
        """How many of a group gave each answer, and how many did not."""
        kind: Literal["sensitive", "hidden"] = "sensitive" if self._counts else "hidden"
        for answer in answers:
            for parts in ((Part((answer,)),), (Part(), Part((answer,), -1.0))):
                less = tuple(replace(one, parts=parts) for one in group.without)
                yield Quantity(kind, replace(group.first, parts=parts), less, group, where_small)

    def watched(self) -> Iterable[tuple[Quantity, Coefficients]]:
        """The quantities that the tables cross, each with its cells.

        None of a group in which there is nobody, nor of an answer that nobody gave: that says so of every group.
        """
        most: dict[Quantity, float] = {}
        for quantity in self.quantities():
            sum_ = self.coefficients(quantity)
            if sum_ is None:
                continue
            of_all = Quantity(quantity.kind, replace(quantity.first, among=()))
            if quantity.kind != "base" and of_all not in most:
                everyone = self.coefficients(of_all)
                most[of_all] = math.inf if everyone is None else self._largest(everyone)
            if quantity.kind != "base" and most[of_all] == 0:
                continue
            group = quantity.group
            if group is not None and group not in most:
                base = self.coefficients(group)
                most[group] = 0 if base is None else self._largest(base)
            if group is None or 0 < most[group] < (self.policy.min_base if quantity.where_small else math.inf):
                yield quantity, sum_

    def _nested(
        self, groups: Sequence[tuple[Condition, ...]]
    ) -> Iterable[tuple[tuple[Condition, ...], tuple[Condition, ...]]]:
        """Groups and the groups that lie in them, which can be taken away from them."""
        masks = {group: self._variables.masks(Sum("", group)) for group in groups}

        def within(inner: tuple[Condition, ...], outer: tuple[Condition, ...]) -> bool:
            mine, whole = masks[inner], masks[outer]
            return all(variable in mine and bool(np.all(mine[variable] <= mask)) for variable, mask in whole.items())

        return ((outer, inner) for outer in groups for inner in groups if outer != inner and within(inner, outer))

    def _rests(
        self, groups: Sequence[tuple[Condition, ...]]
    ) -> Iterable[tuple[tuple[Condition, ...], list[tuple[Condition, ...]]]]:
        """A group and all the groups of it that a table shows, of which one column tells them apart."""
        for outer in groups:
            by_column: dict[str, list[tuple[Condition, ...]]] = {}
            for inner in groups:
                more = [one for one in inner if one not in outer]
                if len(more) == 1 and len(inner) == len(outer) + 1 and len(more[0].values) == 1:
                    by_column.setdefault(more[0].column, []).append(inner)
            for column, parts in by_column.items():
                apart = column not in self._columns or not self._columns[column].several
                if apart and len(parts) > 1:
                    yield outer, parts

    def _largest(self, sum_: Coefficients) -> float:
        try:
            return self._attacker.largest(sum_).value
        except ValueError as error:
            raise self._contradictory() from error

    def range(self, sum_: Coefficients) -> Range:
        """The smallest and the largest that a number can be, for all that is published."""
        try:
            return Range(self._attacker.smallest(sum_).value, self._largest(sum_))
        except ValueError as error:
            raise self._contradictory() from error

    def known(self, quantity: Quantity, sum_: Coefficients) -> tuple[Range, frozenset[Sum]]:
        """What an attacker can work out of a quantity, as far as it matters, and the published sums it follows from."""
        if self._attacker.has_seen(sum_, enough(quantity, self.policy)):
            return Range(0.0, enough(quantity, self.policy)), frozenset()
        try:
            high = self._attacker.largest(sum_, enough(quantity, self.policy))
            if quantity.kind != "hidden" and high.value >= enough(quantity, self.policy):
                return Range(0.0, high.value), frozenset()
            low = self._attacker.smallest(sum_)
        except ValueError as error:
            raise self._contradictory() from error
        told_by = {row for row in (*high.binding, *low.binding) if row in self._rows}
        return Range(low.value, high.value), frozenset(self._rows[row].sum for row in told_by)

    def exposes(self, quantity: Quantity, known: Range) -> Reason | None:
        """Why what is known of a quantity tells too much.

        That nobody gave an answer does so on a sensitive question only, and of a group that is there.
        """
        reason = exposed(quantity, known, self.policy)
        if reason == "whole_group" and quantity.group is not None:
            if not self.column.sensitive:
                return None
            base = self.coefficients(quantity.group)
            return reason if base is not None and self.range(base).low >= 1 else None
        return reason

    @property
    def own(self) -> Iterable[Figure]:
        """The figures that bear on the question."""
        return self._rows.values()

    def learn(self, figures: Iterable[Figure]) -> None:
        """Take further figures into account, of places where it knows others already."""
        for figure in figures:
            if figure.place in self._places and figure not in self._known:
                self._known.add(figure)
                self._rows[self._attacker.learn(self._row(figure.sum), figure.low, figure.high)] = figure

    def show(self, printed: Callable[[Figure], bool]) -> None:
        """Take into account the figures that are printed, and no others."""
        for row, figure in self._rows.items():
            shown = printed(figure)
            if shown != (row not in self._not_shown):
                (self._attacker.recall if shown else self._attacker.forget)(row)
                (self._not_shown.discard if shown else self._not_shown.add)(row)
