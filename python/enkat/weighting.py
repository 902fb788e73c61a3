"""The verbs that change weights or where variances come from; each returns a new Survey."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Self

from enkat import _core
from enkat.arguments import (
    check_words,
    columns,
    is_mapping,
    key_texts,
    matrix,
    number,
    numbers,
    refuse_twice,
    sizes,
    value_text,
    whole,
)
from enkat.errors import UsageError
from enkat.formulas import formula_terms
from enkat.keywords import checked
from enkat.progress import progress
from enkat.steps import step
from enkat.tables import Records
from enkat.texts import one_form

if TYPE_CHECKING:
    import numpy.typing


Totals = Mapping[Any, float | Mapping[Any, float]]
Margin = Mapping[Any, float]
Margins = Mapping[Any, Margin]
Key = str | list[str]  # a name or a value; of a crossing its parts


class Weighting:
    """How a survey is weighted; a part of `Survey`."""

    _core: _core.Survey

    if TYPE_CHECKING:

        @classmethod
        def _of(cls, core: Any, like: Any) -> Self: ...

    @step
    def poststratify(self, margin: Margins | None = None, /, **margins: Margin) -> Self:
        """Weights brought to the known sizes of the groups of one variable, or of crossed ones.

        Args:
            margin: A mapping from the column (crossed ones a tuple, or joined with ":") to the population size of each
                of its values (of crossed ones a tuple, or joined with ":"). A pandas Series will do.
            **margins: The same as a keyword.

        Returns:
            A new Survey. Variances use residuals from the groups, so totals that were given have none.

        Raises:
            DesignError: `calibrate.empty_cell` for a group nobody of the sample is in, `calibrate.domain` for a domain,
                `calibrate.twice` for a survey that is calibrated.

        Example:
            >>> survey.poststratify(sex={"woman": 1000, "man": 500}).total("cases", by="sex")
            sex    variable  answer  estimate  se   ci_low  ci_high  df  n   count  deff  note
            man    cases     –       4625      372  3745    5505     7   8   –      0.89
            woman  cases     –       9656      329  8985    10328    31  32  –      1.00

        Source: Holt & Smith (1979), JRSS A 142; R survey, postStratify.
        """
        with progress("poststratify") as report:
            return self._of(_core.poststratify(self._core, margins_of(margin, margins), report), self)

    @step
    def rake(self, margin: Margins | None = None, /, **margins: Margin) -> Self:
        """Weights brought to the known sizes of the groups of several variables at once.

        Args:
            margin: A mapping from columns (crossed ones a tuple, or joined with ":") to the population size of each
                value (of crossed ones a tuple, or joined with ":").
            **margins: The same as keywords.

        Returns:
            A new Survey; `weighting()["misfit"]` is how the iteration went. Variances use residuals from all margins.

        Raises:
            DesignError: Margins with different sums, a group nobody of the sample is in, no convergence – each names
                the group.

        Example:
            >>> raked = survey.rake(sex={"woman": 1000, "man": 500}, region={"north": 700, "south": 800})
            >>> raked.mean("age")
            variable  answer  estimate  se   ci_low  ci_high  df  n   count  deff  note
            age       –       43.6      1.9  39.7    47.4     39  40  –      1.07

        Source: Deming & Stephan (1940); Deville, Särndal & Sautory (1993), JASA 88; R survey, calibrate("raking").
        """
        with progress("rake") as report:
            return self._of(_core.rake(self._core, margins_of(margin, margins), report), self)

    @checked
    @step
    def calibrate(
        self,
        formula: str,
        totals: Totals,
        *,
        method: Literal["linear", "raking", "logit"] = "linear",
        bounds: tuple[float, float] | None = None,
        household: str | None = None,
        covariance: numpy.typing.ArrayLike | None = None,
    ) -> Self:
        """Weights as near to those before as known totals of the formula's variables allow.

        Args:
            formula: Variables and their crossings, such as "~ sex + age" or "~ region:sex"; "0 +" leaves the
                intercept out.
            totals: Population totals: of a number, of each value of a category
                (`{"sex": {"woman": 1200, "man": 300}, "age": 64000}`), or by R's names of columns
                (`{"(Intercept)": 1500, "sexman": 300, "age": 64000}`).
            method: How far weights may move: "linear" (regression), "raking" (factors stay positive) or "logit".
            bounds: Least and largest factor of a weight, such as (0.5, 2); needed for "logit", with "linear" factors
                are cut.
            household: Column of households whose members are to get the same factor.
            covariance: Covariance matrix of the totals in the order they are given, when they are estimates themselves.

        Returns:
            A new Survey whose weighted totals are those given; variances use residuals from the formula.

        Raises:
            DesignError: Totals missing or in conflict, bounds that cannot be met (`calibrate.not_converged` names the
                total that is furthest off).

        Example:
            >>> calibrated = survey.calibrate("~ sex + age", {"sex": {"woman": 1000, "man": 500}, "age": 64000})
            >>> calibrated.mean(["age", "hours"])
            variable  answer  estimate  se     ci_low  ci_high  df  n   count  deff  note
            age       –       42.667    0.000  42.667  42.667   39  40  –      0.00
            hours     –       29.34     0.94   27.45   31.24    39  40  –      0.97

        Source: Deville & Särndal (1992), JASA 87; Lemaître & Dufour (1987) for households; R survey, calibrate.
        """
        terms, intercept = formula_terms(formula, self._core.columns)
        given = totals_of(totals)
        estimated = None
        if covariance is not None:
            names = total_names(given)
            rows = matrix(covariance, "covariance")
            if [len(row) for row in rows] != [len(names)] * len(names):
                raise UsageError(
                    "usage.covariance", f"covariance has a row and a column for each of {', '.join(names)}"
                )
            estimated = {"covariance": rows}
        limits = numbers(bounds, "bounds") if bounds is not None else None
        if limits is not None and len(limits) != 2:
            raise UsageError("usage.bounds", "bounds are two factors, such as (0.5, 2)")
        check_words(method=method, **({} if household is None else {"household": household}))
        household = one_form(household) if household else None
        with progress("calibrate") as report:
            core = _core.calibrate(
                self._core,
                terms,
                intercept,
                given,
                method,
                limits,
                household,
                estimated,
                report,
            )
        return self._of(core, self)

    @checked
    @step
    def trim(self, upper: float, lower: float | None = None) -> Self:
        """Weights cut to a range; what is cut off is spread equally over the rows that are not.

        Args:
            upper: Largest weight.
            lower: Smallest weight; None: 0.

        Returns:
            A new Survey; its notes say how many weights were cut.

        Raises:
            DesignError: No row is left to take what was cut off.

        Example:
            >>> weighted = survey.poststratify(sex={"woman": 1000, "man": 500})
            >>> weighted.weighting()["after"]["max"], weighted.trim(upper=50).weighting()["after"]["max"]
            (62.5, 50.0)

        Source: Potter (1990), Proceedings of the ASA section on survey research methods; R survey, trimWeights.
        """
        lowest = 0.0 if lower is None else number(lower, "lower")
        return self._of(_core.trim(self._core, number(upper, "upper"), lowest), self)

    @checked
    @step
    def replicate(
        self,
        method: Literal["JK1", "JKn", "BRR", "Fay", "bootstrap"],
        *,
        replicates: int | None = None,
        seed: int | None = None,
        bootstrap: Literal["rao-wu", "canty-davison", "preston"] = "rao-wu",
        rho: float | None = None,
        mse: bool = True,
    ) -> Self:
        """A survey whose variances come from repetitions of its sampling instead of linearisation.

        Args:
            method: "JK1" (leave one out, no strata), "JKn" (leave one out of each stratum), "BRR" and "Fay" (two PSUs a
                stratum), or "bootstrap".
            replicates: Number of bootstrap replicates; 500 if not given.
            seed: Start of the bootstrap's random numbers (1 if not given); the same seed gives the same replicates on
                any machine.
            bootstrap: "rao-wu" (rescaled, n − 1 of n PSUs), "canty-davison" (n of n) or "preston" (several stages
                without replacement).
            rho: Fay's coefficient, from 0 up to 1; "Fay" needs it.
            mse: Deviations are from the full-sample estimate; False: from the mean of the replicates, as R's default.

        Returns:
            A new Survey. Calibration, before or after, is applied to every replicate.

        Raises:
            DesignError: The method does not fit the design; the message says which does.

        Example:
            >>> survey.replicate("bootstrap", replicates=500, seed=1).mean("age")
            variable  answer  estimate  se   ci_low  ci_high  df  n   count  deff  note
            age       –       44.5      1.8  40.8    48.2     39  40  –      1.03

        Source: Wolter (2007), ch. 3–5; Rao, Wu & Yue (1992); Canty & Davison (1999); Preston (2009); R survey,
        as.svrepdesign.
        """
        check_words(method=method, bootstrap=bootstrap)
        drawn = method == "bootstrap"
        if not drawn and (replicates is not None or seed is not None):
            raise UsageError("usage.replicates", f"'{method}' is not drawn: replicates and seed are for the bootstrap")
        if method == "Fay" and rho is None:
            raise UsageError("usage.rho", "'Fay' needs rho, from 0 up to but not including 1")
        if not isinstance(mse, bool):
            raise UsageError("usage.mse", "mse is True or False")
        request = _core.ReplicateRequest(
            method=method,
            replicates=500 * drawn if replicates is None else whole(replicates, "replicates"),
            seed=int(drawn) if seed is None else whole(seed, "seed"),
            bootstrap=bootstrap,
            rho=0.0 if rho is None else number(rho, "rho"),
            mse=mse,
        )
        return self._of(_core.replicate(self._core, request), self)

    def weighting(self) -> dict[str, Any]:
        """How unequal the weights are, before and after calibration.

        Returns:
            `before` and `after` (rows, sum, min, max, mean, cv, Kish's design effect, effective size), `method`, and
            `misfit`, the largest relative misfit of a total after every iteration.

        Example:
            >>> round(survey.rake(sex={"woman": 1000, "man": 500}).weighting()["after"]["kish_deff"], 3)
            1.111

        Source: Kish (1965), Survey Sampling, §11.7.
        """
        summary: dict[str, Any] = _core.weighting(self._core)
        return summary

    def balance(self, variables: str | Sequence[str | tuple[str, ...]]) -> Records:
        """Shares and means before and after weighting, and how far each is from its target in standard deviations.

        Args:
            variables: Columns or questions; crossed ones joined with ":", names that have one in them in backticks, or
                a tuple in a list.

        Returns:
            Records: `before`, `after`, `target` (where it was calibrated to) and the standardized mean differences, a
            row per value or number.

        Example:
            >>> survey.rake(sex={"woman": 1000, "man": 500}).balance(["sex", "age"])
            column     before  after   target  smd_before  smd_after
            sex:man    0.2     0.3333  0.3333  -0.3333     0
            sex:woman  0.8     0.6667  0.6667  0.3333      0
            age        44.5    44.17   –       0           -0.02888

        Source: Austin (2009), Statistics in Medicine 28, for standardized differences.
        """
        given = [variables] if isinstance(variables, str) or not isinstance(variables, Iterable) else list(variables)
        known = set(self._core.columns)
        terms = [
            unquoted_parts(one) if isinstance(one, str) and one_form(one) not in known else columns(one, "variables")
            for one in given
        ]
        rows = _core.balance(self._core, terms)
        return Records(["column", "before", "after", "target", "smd_before", "smd_after"], rows)


def totals_of(totals: Totals) -> list[tuple[Key, float | list[tuple[Key, float]]]]:
    """Totals as plain numbers: of a number, or of each value of a category."""
    if not is_mapping(totals):
        raise UsageError("usage.totals", "totals map variables to their totals, such as {'age': 64000}")
    given: list[tuple[Key, float | list[tuple[Key, float]]]] = []
    for key, total in totals.items():
        name = value_text(key)
        of = sizes(total, name) if is_mapping(total) else number(total, "totals", f"the total of '{name}'")
        given.append((key_texts(key), of))
    refuse_twice([key for key, _ in given], "totals")
    return given


def margins_of(margin: object, margins: Mapping[str, Margin]) -> list[tuple[Key, list[tuple[Key, float]]]]:
    """Margins given as one mapping or as keywords, in the order of their names; crossed columns as they are given."""
    if margin is not None and not isinstance(margin, Mapping):
        raise UsageError("usage.margins", "margins are a mapping, or keywords such as sex={'w': 1200, 'm': 300}")
    given = [*(margin or {}).items(), *margins.items()]
    if not given:
        raise UsageError("usage.margins", "give at least one margin, such as sex={'w': 1200, 'm': 300}")
    names = [value_text(name) for name, _ in given]
    if len(set(names)) < len(names):
        raise UsageError("usage.margins", "a margin is given twice: once in the mapping and once as a keyword")
    ordered = sorted(zip(names, given, strict=True), key=lambda named: named[0])
    return [(key_texts(key), sizes(of, name)) for name, (key, of) in ordered]


def total_names(totals: Sequence[tuple[Key, float | list[tuple[Key, float]]]]) -> list[str]:
    """Names of the totals in the order they are given; values of a category as "sex:woman"."""
    names = []
    for key, total in totals:
        name = shown(key)
        names += [f"{name}:{shown(value)}" for value, _ in total] if isinstance(total, list) else [name]
    return names


def shown(key: Key) -> str:
    """A name or a value as a message writes it."""
    return key if isinstance(key, str) else ":".join(key)


def unquoted_parts(name: str) -> list[str]:
    """The variables of a crossing some of which are in backticks; one without them is for the core to split."""
    from enkat.expressions import NAME, NAMES, unquoted

    name = one_form(name)
    return [unquoted(part) for part in re.findall(NAME, name)] if "`" in name and NAMES.fullmatch(name) else [name]
