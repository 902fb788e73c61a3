"""The verbs that estimate: what those who answered say of the population, with its uncertainty."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Self

from enkat import _core
from enkat.arguments import (
    Interval,
    Missing,
    Names,
    by_columns,
    check_level,
    check_words,
    columns,
    is_mapping,
    key_texts,
    numbers,
    option_names,
    refuse_twice,
    sizes,
    value_text,
    values,
)
from enkat.combining import Imputed, combined_columns, imputed_variables
from enkat.errors import UsageError
from enkat.estimates import Estimates
from enkat.keywords import checked
from enkat.progress import progress
from enkat.texts import one_form

if TYPE_CHECKING:
    from enkat._core import Estimates as Core
    from enkat.labels import Labels

Rule = Literal["math", "school", "hf1", "hf2", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"]
QuantileInterval = Literal["mean", "beta", "xlogit", "asin", "score"]
TRUTHS = {"0": "false", "1": "true"}
ESTIMATORS = sorted([*_core.estimators(), "quantile"])


class Estimating:
    """What a survey can estimate; a part of `Survey`."""

    _core: _core.Survey
    _mark: str | None
    _together: Callable[[Sequence[Callable[[], Any]]], list[Any]]

    @property
    def _labels(self) -> Labels:
        raise NotImplementedError

    if TYPE_CHECKING:

        @classmethod
        def _of(cls, core: Any, like: Any) -> Self: ...

    @checked
    def proportion(
        self,
        question: Names | None = None,
        *,
        by: Names | None = None,
        answer: Names | None = None,
        missing: Missing = "drop",
        interval: Interval = "logit",
        level: float = 0.95,
        imputed: Imputed | None = None,
    ) -> Estimates:
        """Share of those who answered a question that gave each answer.

        Options of a multiple or choose-at-most-k question share one base: everyone who answered the question.

        Args:
            question: A question or column, or a list of them (each on its own base).
            by: Column or columns whose combinations of values are the groups.
            answer: Only these answers (name, code or label); the base is the same.
            missing: "drop" (item nonresponse leaves the base and is counted in the note), "error", or "level" (an
                answer row of its own).
            interval: "logit", "wald", "wilson", "beta" (Korn–Graubard), "xlogit", "asin", "likelihood" or, for rare
                answers under weights that vary much, "kish"; t quantiles with `df`.
            level: Confidence level of the interval, a share.
            imputed: In the place of `question`, the columns that impute one question; or a mapping
                from a name to such columns, as many for each. Combined by Rubin's rules as in `enkat.combine`.

        Returns:
            Estimates: a row per group, question and answer; options nobody chose are rows with 0.

        Raises:
            EstimateError: Nobody answered, or the question has no answer options.

        Example:
            >>> survey.proportion("heard_rumours", by="occupation")
            occupation     variable       answer  estimate  se     ci_low  ci_high  df  n   count  deff  note
            social worker  heard_rumours  yes     0.667     0.086  0.475   0.815    29  30  20     0.99
            social worker  heard_rumours  no      0.333     0.086  0.185   0.525    29  30  10     0.99
            therapist      heard_rumours  yes     0.80      0.13   0.40    0.96     9   10  8      0.92
            therapist      heard_rumours  no      0.20      0.13   0.04    0.60     9   10  2      0.92

        Source: R survey, svymean and svyciprop; Korn & Graubard (1998).
        """
        answers = values(answer) if answer is not None else []
        return self._estimate(
            "proportion",
            question,
            imputed=imputed,
            by=by,
            answers=answers,
            missing=missing,
            level=level,
            interval=interval,
        )

    @checked
    def mean(
        self,
        y: Names | None = None,
        *,
        by: Names | None = None,
        missing: Missing = "drop",
        level: float = 0.95,
        imputed: Imputed | None = None,
    ) -> Estimates:
        """Mean of a number (or of the codes of a scale) among those who answered.

        Args:
            y: A column or question, or a list of them (each on its own base).
            by: Column or columns whose combinations of values are the groups.
            missing: "drop" or "error".
            level: Confidence level of the t interval.
            imputed: In the place of `y`, the columns that impute one number, such as plausible values; or a mapping
                from a name to such columns, as many for each. Combined by Rubin's rules as in `enkat.combine`.

        Returns:
            Estimates: a row per group and variable.

        Raises:
            EstimateError: Not a number, or nobody answered.

        Example:
            >>> survey.mean("age", by="region")
            region  variable  answer  estimate  se   ci_low  ci_high  df  n   count  deff  note
            north   age       –       41.5      3.0  35.0    48.0     13  14  –      0.95
            south   age       –       46.1      2.2  41.5    50.7     25  26  –      0.99

        Source: R survey, svymean, svyby; Särndal, Swensson & Wretman (1992), §5.7.
        """
        return self._estimate("mean", y, imputed=imputed, by=by, missing=missing, level=level)

    @checked
    def geometric_mean(
        self,
        y: Names | None = None,
        *,
        by: Names | None = None,
        missing: Missing = "drop",
        level: float = 0.95,
        imputed: Imputed | None = None,
    ) -> Estimates:
        """Geometric mean of a number among those who answered with more than 0: exp of the mean of its logarithm.

        For incomes, concentrations and other numbers that are skewed to the right, where it is close to the median.

        Args:
            y: A column or question, or a list of them (each on its own base).
            by: Column or columns whose combinations of values are the groups.
            missing: "drop" or "error".
            level: Confidence level of the interval, which is that of the mean logarithm (t), taken back: it is not
                symmetric about the estimate and never reaches 0.
            imputed: In the place of `y`, the columns that impute one number, as in `mean`.

        Returns:
            Estimates: a row per group and variable. Rows of 0 and less are in no base; the note `not_positive:3` says
            how many there are.

        Raises:
            EstimateError: Not a number, or nobody answered with more than 0.

        Example:
            >>> survey.geometric_mean("age", by="region")
            region  variable  answer  estimate  se   ci_low  ci_high  df  n   count  deff  note
            north   age       –       39.9      3.0  33.9    47.0     13  14  –      0.95
            south   age       –       44.6      2.3  40.2    49.6     25  26  –      0.99

        Source: R survey, exp of svymean of log(y); the NHANES tutorials of the US National Center for Health
        Statistics.
        """
        return self._estimate("geometric_mean", y, imputed=imputed, by=by, missing=missing, level=level)

    @checked
    def total(
        self,
        y: Names | None = None,
        *,
        by: Names | None = None,
        missing: Missing = "drop",
        level: float = 0.95,
        imputed: Imputed | None = None,
    ) -> Estimates:
        """Population total of a number; it counts those who answered, and the note says how many did not.

        Args:
            y: A column or question, or a list of them.
            by: Column or columns whose combinations of values are the groups.
            missing: "drop" or "error".
            level: Confidence level of the t interval.
            imputed: In the place of `y`, the columns that impute one number, such as plausible values; or a mapping
                from a name to such columns, as many for each. Combined by Rubin's rules as in `enkat.combine`.

        Returns:
            Estimates: a row per group and variable.

        Raises:
            EstimateError: Not a number, or nobody answered.

        Example:
            >>> survey.total("cases")
            variable  answer  estimate  se   ci_low  ci_high  df  n   count  deff  note
            cases     –       14362     455  13441   15284    39  40  –      1.00

        Source: R survey, svytotal; Horvitz & Thompson (1952).
        """
        return self._estimate("total", y, imputed=imputed, by=by, missing=missing, level=level)

    @checked
    def ratio(
        self, y: Names, x: Names, *, by: Names | None = None, missing: Missing = "drop", level: float = 0.95
    ) -> Estimates:
        """Ratio of the totals of two numbers, among those who answered both.

        Args:
            y: Numerator, or a list of them.
            x: Denominator, or a list as long as `y`.
            by: Column or columns whose combinations of values are the groups.
            missing: "drop" or "error".
            level: Confidence level of the t interval.

        Returns:
            Estimates: a row per group and pair, called "y/x"; without an estimate where the denominator is 0.

        Raises:
            UsageError: Lists of different lengths.
            EstimateError: Not a number, or nobody answered both.

        Example:
            >>> survey.ratio("cases", "hours")
            variable     answer  estimate  se      ci_low  ci_high  df  n   count  deff  note
            cases/hours  –       0.3218    0.0062  0.3093  0.3344   39  40  –      1.00

        Source: R survey, svyratio; Särndal, Swensson & Wretman (1992), §5.6.
        """
        numerators, denominators = columns(y, "y"), columns(x, "x")
        if len(denominators) == 1:
            denominators = denominators * len(numerators)
        if len(numerators) != len(denominators):
            raise UsageError("usage.ratio", "`x` has one denominator, or as many as `y` has numerators")
        return self._estimate("ratio", numerators, by=by, others=denominators, missing=missing, level=level)

    @checked
    def quantile(
        self,
        y: Names | None = None,
        p: float | Sequence[float] = 0.5,
        *,
        by: Names | None = None,
        rule: Rule = "math",
        interval: QuantileInterval = "mean",
        missing: Missing = "drop",
        level: float = 0.95,
        imputed: Imputed | None = None,
    ) -> Estimates:
        """Quantiles of a number among those who answered: values that a given share lies at or below.

        Args:
            y: A column or question, or a list of them (each on its own base).
            p: Share or shares from 0 to 1; 0.5 is the median.
            by: Column or columns whose combinations of values are the groups.
            rule: "math" (the smallest value with at least the share at or below it), "school" (halfway where the share
                is met exactly), or "hf1" to "hf9", the definitions of Hyndman & Fan (1996) with weights.
            interval: "mean", "beta", "xlogit", "asin": the interval of the share at or below the quantile, read back
                (Woodruff); "score": values that a test of the share does not reject (Francisco & Fuller).
            missing: "drop" or "error".
            level: Confidence level, with t quantiles.
            imputed: In the place of `y`, the columns that impute one number, such as plausible values; or a mapping
                from a name to such columns, as many for each. Combined by Rubin's rules as in `enkat.combine`.

        Returns:
            Estimates: a row per group, variable and share; `answer` is the share. The standard error is the width of
            the interval over 2·t. No interval, with the note `quantile.beyond_range`, where it would need shares
            outside 0 to 1.

        Raises:
            EstimateError: Not a number, nobody answered, or negative weights.

        Example:
            >>> survey.quantile("age", [0.25, 0.5, 0.75])
            variable  answer  estimate  se   ci_low  ci_high  df  n   count  deff  note
            age       0.25    34.0      2.7  29.0    40.0     39  40  –      –
            age       0.5     44.0      3.2  38.0    51.0     39  40  –      –
            age       0.75    54.0      2.7  49.0    60.0     39  40  –      –

        Source: Woodruff (1952), JASA 47; Francisco & Fuller (1991); R survey, svyquantile.
        """
        variables = None if imputed is None else imputed_variables(y, imputed)
        names = columns(y, "y") if variables is None else [name for _, of in variables for name in of]
        check_words(rule=rule, interval=interval, missing=missing)
        check_level(level)
        with progress("quantile") as report:
            request = _core.QuantileRequest(
                variables=names,
                probabilities=numbers(p, "p"),
                by=by_columns(by),
                rule=rule,
                interval=interval,
                missing=missing,
                level=level,
            )
            core = _core.quantiles(self._core, request, report)
        estimates = Estimates(core, self._names(core, [], by), self._mark, self._labels)
        return estimates if variables is None else combined_columns(estimates, variables)

    @checked
    def cdf(
        self,
        y: Names | None = None,
        points: float | Sequence[float] = (),
        *,
        by: Names | None = None,
        missing: Missing = "drop",
        interval: Interval = "logit",
        level: float = 0.95,
        imputed: Imputed | None = None,
    ) -> Estimates:
        """Distribution function: the share of those who answered whose number is at or below each point.

        Args:
            y: A column or question, or a list of them.
            points: A number or a list of numbers.
            by: Column or columns whose combinations of values are the groups.
            missing: "drop" or "error".
            interval: As in `proportion`.
            level: Confidence level.
            imputed: In the place of `y`, the columns that impute one number, such as plausible values; or a mapping
                from a name to such columns, as many for each. Combined by Rubin's rules as in `enkat.combine`.

        Returns:
            Estimates: a row per group, variable and point; `answer` is the point.

        Raises:
            EstimateError: Not a number, or nobody answered.

        Example:
            >>> survey.cdf("age", [30, 40, 50])
            variable  answer  estimate  se     ci_low  ci_high  df  n   count  deff  note
            age       30      0.150     0.056  0.067   0.302    39  40  6      1.00
            age       40      0.400     0.077  0.258   0.561    39  40  16     1.00
            age       50      0.650     0.075  0.487   0.784    39  40  26     1.00

        Source: R survey, svycdf; Särndal, Swensson & Wretman (1992), §5.11.
        """
        return self._estimate(
            "cdf",
            y,
            imputed=imputed,
            by=by,
            missing=missing,
            level=level,
            interval=interval,
            points=numbers(points, "points"),
        )

    @checked
    def variance(
        self,
        y: Names | None = None,
        *,
        by: Names | None = None,
        missing: Missing = "drop",
        level: float = 0.95,
        imputed: Imputed | None = None,
    ) -> Estimates:
        """Variance of a number in the population, n/(n−1)·Σw(y − ȳ)²/Σw.

        Args:
            y: A column or question, or a list of them (each on its own base).
            by: Column or columns whose combinations of values are the groups.
            missing: "drop" or "error".
            level: Confidence level of the t interval.
            imputed: In the place of `y`, the columns that impute one number, such as plausible values; or a mapping
                from a name to such columns, as many for each. Combined by Rubin's rules as in `enkat.combine`.

        Returns:
            Estimates: a row per group and variable.

        Raises:
            EstimateError: Not a number, or nobody answered.

        Example:
            >>> survey.variance("age")
            variable  answer  estimate  se  ci_low  ci_high  df  n   count  deff  note
            age       –       137       19  98      176      39  40  –      –

        Source: R survey, svyvar.
        """
        return self._estimate("variance", y, imputed=imputed, by=by, missing=missing, level=level)

    @checked
    def covariance(
        self, a: str, b: str, *, by: Names | None = None, missing: Missing = "drop", level: float = 0.95
    ) -> Estimates:
        """Covariance of two numbers in the population, among those who answered both.

        Args:
            a: A column or question.
            b: Another.
            by: Column or columns whose combinations of values are the groups.
            missing: "drop" or "error".
            level: Confidence level of the t interval.

        Returns:
            Estimates: a row per group, called "a,b".

        Raises:
            EstimateError: Not a number, or nobody answered both.

        Example:
            >>> survey.covariance("cases", "hours")
            variable     answer  estimate  se   ci_low  ci_high  df  n   count  deff  note
            cases,hours  –       9.6       1.8  6.0     13.3     39  40  –      –

        Source: R survey, svyvar.
        """
        check_words(a=a, b=b)
        return self._estimate("covariance", a, by=by, missing=missing, level=level, others=[one_form(b)])

    @checked
    def correlation(
        self, a: str, b: str, *, by: Names | None = None, missing: Missing = "drop", level: float = 0.95
    ) -> Estimates:
        """Correlation of two numbers in the population, among those who answered both.

        Args:
            a: A column or question.
            b: Another.
            by: Column or columns whose combinations of values are the groups.
            missing: "drop" or "error".
            level: Confidence level of the t interval.

        Returns:
            Estimates: a row per group, called "a,b"; none where one of them does not vary.

        Raises:
            EstimateError: Not a number, nobody answered both, or one does not vary.

        Example:
            >>> survey.correlation("age", "hours")
            variable   answer  estimate  se    ci_low  ci_high  df  n   count  deff  note
            age,hours  –       0.31      0.14  0.03    0.59     39  40  –      –

        Source: R survey, svyvar with svycontrast; Särndal, Swensson & Wretman (1992), §5.9.
        """
        check_words(a=a, b=b)
        return self._estimate("correlation", a, by=by, missing=missing, level=level, others=[one_form(b)])

    @checked
    def alpha(
        self, items: Sequence[str], *, by: Names | None = None, missing: Missing = "drop", level: float = 0.95
    ) -> Estimates:
        """Cronbach's alpha: how far items measure one thing, among those who answered all of them.

        Args:
            items: At least two columns or questions.
            by: Column or columns whose combinations of values are the groups.
            missing: "drop" or "error".
            level: Confidence level of the t interval.

        Returns:
            Estimates: a row per group.

        Raises:
            EstimateError: Fewer than two items, not numbers, or nobody answered all.

        Example:
            >>> survey.alpha(["trust_1", "trust_2", "trust_3"])
            variable                 answer  estimate  se     ci_low  ci_high  df  n   count  deff  note
            trust_1,trust_2,trust_3  –       0.804     0.077  0.649   0.959    39  40  –      –

        Source: Cronbach (1951), Psychometrika 16; R survey, svycralpha.
        """
        return self._estimate("alpha", items, by=by, missing=missing, level=level)

    @checked
    def kappa(
        self, a: str, b: str, *, by: Names | None = None, missing: Missing = "drop", level: float = 0.95
    ) -> Estimates:
        """Cohen's kappa: agreement of two questions with the same answers beyond what their margins give.

        Args:
            a: A question or column.
            b: Another with the same answers.
            by: Column or columns whose combinations of values are the groups.
            missing: "drop" or "error".
            level: Confidence level of the t interval.

        Returns:
            Estimates: a row per group, called "a,b".

        Raises:
            EstimateError: `estimate.kappa_levels` when the answers differ.

        Example:
            >>> survey.kappa("first_reader", "second_reader")
            variable                    answer  estimate  se     ci_low  ci_high  df  n   count  deff  note
            first_reader,second_reader  –       0.900     0.069  0.761   1.039    39  40  –      –

        Source: Cohen (1960); R survey, svykappa.
        """
        check_words(a=a, b=b)
        return self._estimate("kappa", a, by=by, missing=missing, level=level, others=[one_form(b)])

    @checked
    def standardized_mean(
        self,
        y: Names,
        standard: Mapping[Any, Mapping[Any, float]],
        *,
        by: Names | None = None,
        missing: Missing = "drop",
        level: float = 0.95,
    ) -> Estimates:
        """Means or rates as they would be if every group were made up like a standard population.

        Args:
            y: A column or question, or a list of them; 0/1 gives a rate.
            standard: The column and the size or share of each of its values in the standard population, such as
                `{"agegroup": {"18-34": 0.3, "35-64": 0.5, "65+": 0.2}}`; several columns are crossed as if independent,
                `{"sex:agegroup": {("man", "18-34"): 0.14, …}}` gives their crossing.
            by: Column or columns whose combinations of values are the groups.
            missing: "drop" or "error".
            level: Confidence level of the t interval.

        Returns:
            Estimates: a row per group and variable.

        Raises:
            EstimateError: `standardize.empty_level` where a group has nobody of a level of the standard.

        Example:
            >>> survey.standardized_mean("ill", {"agegroup": {"young": 0.6, "old": 0.4}}, by="region")
            region  variable  answer  estimate  se     ci_low  ci_high  df  n   count  deff  note
            north   ill       –       0.29      0.12   0.02    0.55     13  14  –      –
            south   ill       –       0.277     0.090  0.092   0.462    25  26  –      –

        Source: Korn & Graubard (1999), §3.5; R survey, svystandardize.
        """
        if not is_mapping(standard):
            raise UsageError("usage.standard", "standard maps columns to the sizes of their values in the standard")
        questions = [question["name"] for question in self._core.codebook.to_json().get("questions", [])]
        names, groups = crossed_sizes(standard, [*self._core.columns, *questions])
        by_group = self._estimate("mean", y, by=[*by_columns(by), *names], missing=missing, level=level)
        levels = [list(group) for group in groups]
        # Degrees of freedom are those of the rows that the standard takes in.
        known, kept = by_group._core.column("by"), [group for group, size in groups.items() if size]
        taken = [
            {"column": name, "values": sorted({group[i] for group in kept} & {row[i - len(names)] for row in known})}
            for i, name in enumerate(names)
        ]
        some = self._core.where(taken) if all(one["values"] for one in taken) else self._core
        whole = self._of(some, self)._estimate("mean", y, by=by, missing=missing, level=level)
        core = _core.standardize(by_group._core, whole._core, names, levels, list(groups.values()))
        return Estimates(core, self._names(core, [], by), self._mark, self._labels)

    def estimate(self, requests: Sequence[Mapping[str, Any]]) -> list[Estimates]:
        """Several estimates at once: data that are scanned are read once for all of them, not once for each.

        Args:
            requests: Each a mapping with `estimator`, the name of one of these methods (such as "mean" or
                "proportion"), and that method's own arguments.

        Returns:
            The estimates, in the order of the requests.

        Raises:
            UsageError: An estimator that does not exist; and whatever the methods raise.

        Example:
            >>> by_sex, by_region = survey.estimate(
            ...     [{"estimator": "mean", "y": "age", "by": groups} for groups in ("sex", "region")]
            ... )
            >>> by_sex
            sex    variable  answer  estimate  se   ci_low  ci_high  df  n   count  deff  note
            man    age       –       42.5      4.0  32.9    52.1     7   8   –      0.90
            woman  age       –       45.0      2.0  40.9    49.1     31  32  –      0.99
        """
        calls = []
        if not isinstance(requests, Iterable):
            raise UsageError("usage.request", "requests are a list of mappings, each with its estimator")
        for request in requests:
            if not is_mapping(request) or "estimator" not in request:
                raise UsageError(
                    "usage.request", "a request is a mapping such as {'estimator': 'mean', 'y': 'age', 'by': 'region'}"
                )
            arguments = dict(request)
            name = arguments.pop("estimator")
            if name not in ESTIMATORS:
                raise UsageError.unknown(str(name), ESTIMATORS)
            calls.append(functools.partial(getattr(self, name), **arguments))
        return self._together(calls)

    def _estimate(
        self,
        estimator: str,
        variables: Names | None,
        *,
        by: Names | None,
        missing: Missing,
        level: float,
        imputed: Imputed | None = None,
        others: Sequence[str] = (),
        answers: Sequence[str] = (),
        points: Sequence[float] = (),
        interval: Interval = "logit",
    ) -> Estimates:
        together = None if imputed is None else imputed_variables(variables, imputed)
        names = columns(variables, "variable") if together is None else [name for _, of in together for name in of]
        check_words(missing=missing, interval=interval)
        check_level(level)
        with progress(estimator) as report:
            request = _core.EstimateRequest(
                estimator=estimator,
                variables=names,
                others=list(others),
                by=by_columns(by),
                answers=list(answers),
                points=list(points),
                missing=missing,
                level=level,
                interval=interval,
            )
            core = _core.estimate(self._core, request, report)
        estimates = Estimates(
            core, self._names(core, names if estimator == "proportion" else [], by), self._mark, self._labels
        )
        return estimates if together is None else combined_columns(estimates, together, interval)

    def _names(self, core: Core, questions: Sequence[str], by: Names | None) -> list[dict[str, str]]:
        """For each part of an index into the estimates, what codes and labels stand for."""
        groups = core.column("by")
        parts: list[dict[str, str]] = []
        for place, column in enumerate(by_columns(by)):
            if (question := self._core.declared_question(column)) is not None:
                parts.append(option_names(question))
            else:  # values of a column have no other names, but those of truth
                parts.append(TRUTHS if {row[place] for row in groups} <= set(TRUTHS.values()) else {})
        merged: dict[str, str] = {}
        for question in questions:
            merged |= option_names(self._core.question(question))
        return [*parts, merged]


def crossed_sizes(
    standard: Mapping[Any, Mapping[Any, float]], known: Sequence[str]
) -> tuple[list[str], dict[tuple[str, ...], float]]:
    """The columns of a standard population, and the size of every combination of their values."""
    names: list[str] = []
    parts: list[list[tuple[tuple[str, ...], float]]] = []
    for key, of in standard.items():
        name, given = value_text(key), key_texts(key)
        crossed = given if isinstance(given, list) else [given] if given in known else given.split(":")
        levels = [(values_of(value, len(crossed)), size) for value, size in sizes(of, name)]
        if any(len(level) != len(crossed) for level, _ in levels):
            raise UsageError(
                "usage.standard",
                f"'{name}' crosses {len(crossed)} columns: give as many values for each, as a tuple where one has a ':'"
                " in it",
            )
        refuse_twice([list(level) for level, _ in levels], name)
        names += crossed
        parts.append(levels)
    combined = itertools.product(*parts)
    return names, {sum((level for level, _ in each), ()): math.prod(size for _, size in each) for each in combined}


def values_of(value: str | list[str], crossed: int) -> tuple[str, ...]:
    """The values of the crossed columns: their parts, or a text that joins them with ":"."""
    if isinstance(value, list):
        return tuple(value)
    return (value,) if crossed == 1 else tuple(value.split(":"))
