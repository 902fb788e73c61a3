"""The figures of a study, as an attacker reads them: its tables, the claims of its text, how many answered."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from enkat.claim_sides import other_side
from enkat.disclosure.figure import Condition, Figure, Part, Place, Sum, counts_behind
from enkat.disclosure.of_comparison import Compared, Side
from enkat.disclosure.variables import Column

if TYPE_CHECKING:
    from enkat._core import Verdict as Outcome
    from enkat.estimates import Estimate
    from enkat.rendering.codebook_texts import Questions
    from enkat.study_folder import Indicator, StudyFolder
    from enkat.survey import Survey

EXPRESSION = ("true",)  # the value of a condition that is an expression over rows
_HALF_A_UNIT = 0.005  # of the second decimal, to which means and totals are printed
_SUMS = frozenset(("mean", "total"))
_OF_CODES = _SUMS | {"variance"}


def columns_of(codebook: Mapping[str, Any], few: bool) -> dict[str, Column]:
    """What the codebook says of each question; `few` says that few answered the survey."""
    return {
        str(question["name"]): Column(
            str(question["name"]),
            tuple(str(option["name"]) for option in question.get("options", ())),
            several=question["type"] in ("multiple", "top_k"),
            sensitive=bool(question.get("sensitive")),
            few=few,
        )
        for question in codebook["questions"]
    }


def complete_columns(survey: Survey, figures: Iterable[Figure], columns: Mapping[str, Column]) -> dict[str, Column]:
    """The columns that tell groups apart and that everybody in the survey has an answer in."""
    telling = {condition.column for figure in figures for condition in figure.sum.among}
    known = sorted(name for name in telling if name in columns or name in survey.columns)
    return {
        name: replace(columns.get(name, Column(name, ())), complete=True)
        for name in known
        if next(iter(survey.proportion(name))).n == len(survey)
    }


class StudyFigures:
    """Turns what a study prints into figures.

    A weighted figure, and one with its interval, is read as the exact number of respondents behind it: the worst that
    somebody could know who has the weights, or who turns the interval around.
    """

    def __init__(self, study: StudyFolder, questions: Questions) -> None:
        self._study = study
        self._questions = questions
        self._exact = bool(study.about.get("design", {}).get("weight"))
        part = study.about.get("part_of", {}).get("where", {})
        self._part = tuple(Condition(column, tuple(sorted(_listed(values)))) for column, values in part.items())
        self._sampled = study.about.get("sampling") == "probability"

    def respondents(self) -> Figure:
        """How many answered at all, which every report says."""
        number = float(self._study.dispositions.complete + self._study.dispositions.partial)
        return Figure(Sum("", self._part), Place("words", "respondents"), number, number)

    def of_table(self, indicator: Indicator) -> Iterator[Figure]:
        """The rows and cells of an indicator's table; those that are withheld tell nothing."""
        spec = indicator.spec
        question, name = str(spec["question"]), indicator.name
        printed = {(tuple(row["by"]), row["answer"]): row for row in indicator.published}
        groups: set[tuple[str, ...]] = set()
        codes = self._codes(question) if spec["estimator"] in _OF_CODES else None
        for row in indicator.estimates:
            shown = printed.get((row.by, row.answer))
            if shown is None:
                continue
            base = Sum(question, self.among(spec, row.by))
            if row.by not in groups:
                groups.add(row.by)
                place = Place("row", name, row.by)
                yield Figure(base, place) if shown["base"] is None else Figure(base, place, row.n, row.n)
            if row.answer is not None:
                answer = self._questions.name(question, row.answer)
                place = Place("cell", name, row.by, row.answer)
                sum_ = base.of(answer)
                yield Figure(sum_, place) if shown["withheld"] else self._share(spec, sum_, place, row, shown)
            elif codes and not shown["withheld"]:
                yield from self._number(spec, base, codes, row)

    def _share(
        self, spec: Mapping[str, Any], sum_: Sum, place: Place, row: Estimate, shown: Mapping[str, Any]
    ) -> Figure:
        whiskers = bool(spec.get("whiskers", self._sampled))
        if self._exact or whiskers or shown["percent"] is None or not row.n:
            return Figure(sum_, place, float(row.count or 0), float(row.count or 0))
        low, high = counts_behind(shown["percent"], row.n)
        return Figure(sum_, place, low, high, shown["percent"])

    def _codes(self, question: str) -> dict[str, float]:
        """The numbers that answers stand for; empty where there are none."""
        for asked in self._study.survey.codebook["questions"]:
            if asked["name"] == question:
                codes = {str(option["name"]): option.get("code") for option in asked.get("options", ())}
                return {name: float(code) for name, code in codes.items() if isinstance(code, int | float)}
        return {}

    def _number(
        self, spec: Mapping[str, Any], base: Sum, codes: Mapping[str, float], row: Estimate
    ) -> Iterator[Figure]:
        """A mean or total of answers that stand for numbers is a sum of how many gave each."""
        place = Place("row", str(spec["name"]), row.by)
        if self._exact or spec["estimator"] not in _SUMS:
            yield from self._all_answers(base, place, codes)
        elif row.estimate is not None:
            times = row.n if spec["estimator"] == "mean" else 1
            parts = tuple(Part((answer,), code) for answer, code in codes.items() if code)
            value, slack = row.estimate * times, _HALF_A_UNIT * times
            yield Figure(Sum(base.question, base.among, parts), place, value - slack, value + slack)

    def _all_answers(self, base: Sum, place: Place, codes: Mapping[str, float]) -> Iterator[Figure]:
        survey = self._study.survey
        for condition in set(base.among) - set(self._part):
            survey = (
                survey.where(condition.column)
                if condition.values == EXPRESSION and not self._questions.knows(condition.column)
                else survey.where({condition.column: list(condition.values)})
            )
        for row in survey.proportion(base.question):
            if row.answer is not None and row.answer in codes:
                yield Figure(base.of(row.answer), place, float(row.count or 0), float(row.count or 0))

    def of_claim(self, spec: Mapping[str, Any], outcome: Outcome) -> Iterator[Figure]:
        """The figure and base that the list of claims prints, and what the words themselves say when they hold."""
        name, among = str(spec["id"]), self.among(spec)
        count, n = outcome.count, outcome.n
        if outcome.kind == "count":
            if spec.get("kind") == "respondents" and count is not None:
                yield Figure(Sum("", among), Place("words", name), count, count)
            return
        if not spec.get("question") or not n:
            return
        if outcome.measure is not None:
            yield from self._of_comparison(spec, outcome)
            return
        if count is None:  # of a rank
            yield self._base(name, spec, n)
            return
        base, answers = self._side(spec)
        yield from self._of_side(name, spec, Side(count, n))
        if outcome.interval is None or outcome.respondents_finding != "holds":
            return
        if self._exact and spec.get("weighted", True):  # words about a weighted share, which is no share of people
            return
        low, high = outcome.interval
        place = Place("words", name)
        if spec.get("base") == "all":
            yield Figure(base.of(*answers), place, math.ceil(low * n - 1e-9), math.floor(min(1, high) * n + 1e-9))
            return
        yield Figure(Sum(base.question, among, (Part(answers), Part((), -low))), place, 0.0, math.inf)
        if high < 1:
            yield Figure(Sum(base.question, among, (Part(answers), Part((), -high))), place, -math.inf, 0.0)

    def _side(self, spec: Mapping[str, Any]) -> tuple[Sum, tuple[str, ...]]:
        """How many a claim, or one side of it, is about, and the answers that it counts."""
        question = str(spec["question"])
        answers = tuple(self._questions.name(question, str(one)) for one in _listed(spec.get("answers", [])))
        return Sum(question, self.among(spec)), answers

    def _of_side(self, name: str, spec: Mapping[str, Any], side: Side) -> Iterator[Figure]:
        """The base of a claim and the number of those who answered so."""
        base, answers = self._side(spec)
        yield self._base(name, spec, side.n)
        yield Figure(base.of(*answers), Place("claim", name), side.count, side.count)

    def _base(self, name: str, spec: Mapping[str, Any], n: float) -> Figure:
        base, _ = self._side(spec)
        return Figure(Sum("", base.among) if spec.get("base") == "all" else base, Place("claim", name), n, n)

    def _of_comparison(self, spec: Mapping[str, Any], outcome: Outcome) -> Iterator[Figure]:
        """Both shares and bases, which the list of claims prints, and what the words say when they hold.

        Words about a ratio or a difference bound one share by the other, and are read as if the other were known.
        """
        other = other_side(spec)
        name = str(spec["id"])
        first = Side(float(outcome.count or 0), float(outcome.n or 0))
        second = Side(float(outcome.than_count or 0), float(outcome.than_n or 0))
        yield from self._of_side(name, spec, first)
        yield from self._of_side(name, other, second)
        if outcome.interval is None or outcome.respondents_finding != "holds":
            return
        if self._exact and spec.get("weighted", True):
            return
        measure: Literal["ratio", "difference"] = "ratio" if outcome.measure == "ratio" else "difference"
        words = Compared(measure, *outcome.interval, spec.get("of") == "count")
        for side, (low, high) in ((spec, words.first(first, second)), (other, words.second(first, second))):
            base, answers = self._side(side)
            yield Figure(base.of(*answers), Place("words", name), low, high)

    def among(self, spec: Mapping[str, Any], by: Iterable[str] = ()) -> tuple[Condition, ...]:
        """The group that a row of a table, or a claim, is about."""
        conditions = [
            Condition(column, (self._questions.name(column, value),))
            for column, value in zip(spec.get("by", ()), by, strict=False)
        ]
        where = spec.get("where", {})
        if isinstance(where, str):
            conditions.append(Condition(where, EXPRESSION))
        else:
            for column, values in where.items():
                named = sorted({self._questions.name(column, str(value)) for value in _listed(values)})
                conditions.append(Condition(column, tuple(named)))
        return tuple(sorted({*conditions, *self._part}))


def _listed(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]
