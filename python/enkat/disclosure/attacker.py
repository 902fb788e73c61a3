"""An attacker who has read everything that is published: the smallest and the largest that a sum can be."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from enkat.disclosure.system import Coefficients
from enkat.extras import needs

_WHOLE = 1e-6  # how far from a whole number of people a solution may be
_SECONDS = 5.0  # for whole people, where fractions of people are not enough
_ROUNDING = 1e-7
_KEPT = 64  # tables that are as published, each of which shows what many sums could be


@dataclass(frozen=True, slots=True)
class Bound:
    """The end of a range, and the published rows that make it, by number."""

    value: float
    binding: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A sum of few of the cells, and its bounds."""

    cells: np.ndarray[tuple[int], np.dtype[np.int32]]
    times: Coefficients
    low: float
    high: float


def _entries(row: Coefficients, low: float, high: float) -> _Row:
    cells = np.flatnonzero(row)
    return _Row(cells.astype(np.int32), row[cells], low, high)


class Attacker:
    """Bounds sums of unknown cells by linear programs, and where those leave fractions of people by integer ones.

    Args:
        size: How many cells are unknown; each is a whole number of people.
        agreements: Sums of cells that are zero.
        rows: What is published: sums of cells from `low` to `high`.

    Raises:
        ValueError: No table of people is as the rows say.
    """

    def __init__(
        self,
        size: int,
        agreements: Iterable[Coefficients],
        rows: Iterable[tuple[Coefficients, float, float]],
    ) -> None:
        needs("highspy", to="to audit what is published")
        import highspy
        from highspy._core import _Highs  # highspy.Highs writes its name to the terminal as it is made

        self._size = size
        fixed = [_entries(row, 0.0, 0.0) for row in agreements]
        self._first = len(fixed)
        self._published = [_entries(*row) for row in rows]
        self._solver = _Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
            self._solver.setOptionValue(option, value)
        matrix = [*fixed, *self._published]
        problem = highspy.HighsLp()
        problem.num_col_, problem.num_row_ = size, len(matrix)
        problem.col_cost_ = np.zeros(size)
        problem.col_lower_, problem.col_upper_ = np.zeros(size), np.full(size, math.inf)
        problem.row_lower_ = np.array([row.low for row in matrix])
        problem.row_upper_ = np.array([row.high for row in matrix])
        problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        problem.a_matrix_.start_ = np.cumsum([0, *(len(row.cells) for row in matrix)])
        problem.a_matrix_.index_ = np.concatenate([*(row.cells for row in matrix), np.empty(0, dtype=np.int32)])
        problem.a_matrix_.value_ = np.concatenate([*(row.times for row in matrix), np.empty(0)])
        self._solver.passModel(problem)
        self._seen: list[Coefficients] = []
        self._columns = np.arange(size, dtype=np.int32)
        self._continuous = np.full(size, int(highspy.HighsVarType.kContinuous), dtype=np.uint8)
        self._integer = np.full(size, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._statuses = highspy.HighsModelStatus
        self._senses = highspy.ObjSense

    def learn(self, sum_: Coefficients, low: float, high: float) -> int:
        """Take one more published row into account; returns its number."""
        row = _entries(sum_, low, high)
        self._solver.addRow(low, high, len(row.cells), row.cells, row.times)
        self._seen.clear()
        self._published.append(row)
        return len(self._published) - 1

    def forget(self, row: int) -> None:
        """Leave a published row out from now on."""
        self._solver.changeRowBounds(self._first + row, -math.inf, math.inf)

    def recall(self, row: int) -> None:
        """Take a published row into account again."""
        bounds = self._published[row]
        self._solver.changeRowBounds(self._first + row, bounds.low, bounds.high)
        self._seen.clear()

    def has_seen(self, sum_: Coefficients, value: float) -> bool:
        """Whether a table that is as published has come up in which a sum is at least so much."""
        return any(sum_ @ cells >= value for cells in self._seen)

    def largest(self, sum_: Coefficients, enough: float = math.inf) -> Bound:
        """The largest that a sum can be; `enough` is when more would not matter."""
        return self._end(sum_, self._senses.kMaximize, enough)

    def smallest(self, sum_: Coefficients) -> Bound:
        """The smallest that a sum can be."""
        return self._end(sum_, self._senses.kMinimize, math.inf)

    def _end(self, sum_: Coefficients, sense: Any, enough: float) -> Bound:
        self._solver.changeColsCost(self._size, self._columns, sum_)
        self._solver.changeObjectiveSense(sense)
        status = self._run()
        largest = sense == self._senses.kMaximize
        if status in (self._statuses.kUnbounded, self._statuses.kUnboundedOrInfeasible) and self._feasible():
            return Bound(math.inf if largest else -math.inf, ())
        if status != self._statuses.kOptimal:
            raise ValueError(f"no table of people is as published ({self._solver.modelStatusToString(status)})")
        solution = self._solver.getSolution()
        value = float(sum_ @ np.asarray(solution.col_value))
        duals = np.asarray(solution.row_dual)[self._first :]
        binding = tuple(int(row) for row in np.flatnonzero(np.abs(duals) > _ROUNDING))
        cells = np.asarray(solution.col_value)
        if np.abs(cells - np.round(cells)).max(initial=0) <= _WHOLE:
            self._seen = [*self._seen[-_KEPT:], np.round(cells)]
            return Bound(float(round(value)), binding)
        # Whole people never reach further than fractions of people do.
        inner = math.floor(value + _WHOLE) if largest else math.ceil(value - _WHOLE)
        if largest and math.isfinite(enough) and inner < enough:
            return Bound(float(inner), binding)
        return self._in_whole_people(sum_, largest, binding)

    def _run(self) -> Any:
        """Solves from where the last solution was, and afresh where that leads nowhere."""
        self._solver.run()
        if self._solver.getModelStatus() == self._statuses.kUnknown:
            self._solver.clearSolver()
            self._solver.run()
        return self._solver.getModelStatus()

    def _feasible(self) -> bool:
        self._solver.changeColsCost(self._size, self._columns, np.zeros(self._size))
        return bool(self._run() == self._statuses.kOptimal)

    def _in_whole_people(self, sum_: Coefficients, largest: bool, binding: tuple[int, ...]) -> Bound:
        """The best that is found in time: an end that is reached for certain, so that nothing unsafe passes."""
        solver = self._solver
        solver.changeColsIntegrality(self._size, self._columns, self._integer)
        solver.setOptionValue("time_limit", solver.getRunTime() + _SECONDS)
        solver.run()
        found = solver.getInfo().primal_solution_status == 2
        value = float(round(sum_ @ np.asarray(solver.getSolution().col_value))) if found else None
        solver.setOptionValue("time_limit", math.inf)
        solver.changeColsIntegrality(self._size, self._columns, self._continuous)
        solver.clearSolver()
        if value is None:
            return Bound(-math.inf if largest else math.inf, binding)
        return Bound(value, binding)
