"""Estimates: an immutable table, one row per estimate, with the joint covariance of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from enkat import _core
from enkat.display import cell, digits, html_table, shortened, text_table
from enkat.errors import UnknownColumn, UsageError
from enkat.labels import NO_LABELS, Labels
from enkat.tables import Records, Types, as_arrow_table, as_pandas, as_polars
from enkat.texts import on_one_line, one_form

if TYPE_CHECKING:
    import altair
    import numpy
    import pandas
    import polars
    import pyarrow

NUMBERS = ("estimate", "se", "ci_low", "ci_high", "df", "deff")
COUNTS = ("n", "count", "rank", "rank_low", "rank_high")
PRECISION = ("cv", "deff", "deff_replace", "deft", "n", "effective_n")
RELIABILITY = ("n", "effective_n", "ci_low", "ci_high", "width", "relative_width", "df", "reliable", "codes")
TAKEN = frozenset(("variable", "answer", "note", *NUMBERS, *COUNTS, *PRECISION, *RELIABILITY))


@dataclass(frozen=True, slots=True)
class Estimate:
    """One row: a value with its uncertainty and its base. `None` where there is none; `note` says why."""

    by: tuple[str, ...]
    variable: str
    answer: str | None
    estimate: float | None
    se: float | None
    ci_low: float | None
    ci_high: float | None
    df: float | None
    n: int
    count: int | None
    deff: float | None
    note: str
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None


class Estimates:
    """The estimates of one call: a table with one row per estimate.

    Columns: the `by` columns, `variable`, `answer`, `estimate`, `se`, `ci_low`, `ci_high` (and `rank`, `rank_low`,
    `rank_high` for rankings), `df`, `n` (rows in the base), `count` (rows that gave the answer), `deff`, `note`.

    Example:
        >>> shares = survey.proportion("heard_rumours", by="occupation")
        >>> shares["therapist", "yes"].estimate
        0.8
        >>> shares.to_pandas()[["occupation", "answer", "estimate", "n"]]
              occupation answer  estimate   n
        0  social worker    yes  0.666667  30
        1  social worker     no  0.333333  30
        2      therapist    yes  0.800000  10
        3      therapist     no  0.200000  10
    """

    def __init__(
        self,
        core: _core.Estimates,
        names: Sequence[dict[str, str]],
        mark: str | None,
        labels: Labels = NO_LABELS,
    ) -> None:
        self._core = core
        self._names = list(names)  # for each key of an index: code or label → name
        self._mark = mark
        self._labels = labels

    def __eq__(self, other: object) -> bool:
        """Whether two tables have the same columns and rows, and the same is to be known about all of them."""
        if not isinstance(other, Estimates):
            return NotImplemented
        return (self.columns, self.note, list(self)) == (other.columns, other.note, list(other))

    def __hash__(self) -> int:
        return hash((tuple(self.columns), tuple(self)))

    def __copy__(self) -> Estimates:
        return self  # nothing is changed in place

    def __deepcopy__(self, memo: object) -> Estimates:
        return self

    @property
    def note(self) -> str:
        """What to know about all rows: synthetic answers, rows outside every group, weights; empty if nothing."""
        return " ".join([*([self._mark] if self._mark else []), *self._core.notes()])

    @property
    def _groups(self) -> dict[str, str]:
        """The `by` columns by their names in tables, where one that is called as a result is, is "n (by)"."""
        groups: dict[str, str] = {}
        for name in self._core.by:
            shown = name
            while shown in TAKEN or shown in groups or (shown != name and shown in self._core.by):
                shown += " (by)"
            groups[shown] = name
        return groups

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order; a `by` column that is called as one of them is, n, is "n (by)"."""
        ranks = ["rank", "rank_low", "rank_high"] if self._core.ranked else []
        return [
            *self._groups,
            *("variable", "answer", "estimate", "se", "ci_low", "ci_high"),
            *ranks,
            *("df", "n", "count", "deff", "note"),
        ]

    def column(self, name: str) -> list[Any]:
        """The values of one column, in row order."""
        name = one_form(str(name))
        if name not in self.columns:
            raise UnknownColumn.named(name, self.columns)
        if name in self._groups:
            level = list(self._groups).index(name)
            return [values[level] for values in self._core.column("by")]
        return list(self._core.column(name))

    @property
    def covariance(self) -> numpy.ndarray[Any, numpy.dtype[numpy.float64]]:
        """Covariance matrix of the estimates in row order; NaN for rows without an estimate."""
        return self._core.covariance()

    def contrast(self, expression: str | Sequence[str] | Mapping[str, str]) -> Estimates:
        """A difference, ratio or other expression of the estimates, with its standard error.

        Args:
            expression: Arithmetic with names of rows, such as "a - b" or "log(a / b)": + - * / **, parentheses,
                numbers, and log, exp, sqrt, log1p, expm1, logit, expit. A row's name is what distinguishes it from the
                others, joined with ":"; names that are no identifiers stand in backticks (`a:b`), or each part of
                them does (`a`:`b`), and a backtick in a name is written twice. A list gives several, a mapping gives
                them names.

        Returns:
            Estimates: a row per expression, `variable` being its name, with standard errors by the delta method from
            the joint covariance, a t interval, and the smallest `df` and `n` of the rows used. A sum of answers to one
            single question ("agree + strongly") is a share, and has the interval of a share.

        Raises:
            UsageError: No expression, or an unknown row.
            EstimateError: `estimate.expression` where it has no value, as the logarithm of a negative number.

        Example:
            >>> survey.mean("age", by="region").contrast("north - south")
            variable       answer  estimate  se   ci_low  ci_high  df  n   count  deff  note
            north - south  –       -4.6      3.7  -12.7   3.5      13  14  –      –

        Source: R survey, svycontrast; Särndal, Swensson & Wretman (1992), §5.5.
        """
        from enkat.expressions import expression_tree

        if not isinstance(expression, Iterable):
            raise UsageError("usage.expression", "an expression is a text, such as 'a - b'")
        if isinstance(expression, Mapping):
            named = {one_form(str(name)): text for name, text in expression.items()}
        else:
            given = [expression] if isinstance(expression, str) else list(expression)
            if not all(isinstance(text, str) for text in given):
                raise UsageError("usage.expression", "an expression is a text, such as 'a - b'")
            named = {one_form(text): text for text in given}
        rows = self._row_names()
        trees = [expression_tree(text, rows) for text in named.values()]
        labels = Labels(language=self._labels.language)  # names of contrasts are no questions
        return Estimates(_core.contrast(self._core, list(named), trees), [{}], self._mark, labels)

    def precision(self) -> Records:
        """How precise each estimate is: coefficient of variation, design effects, effective sample size.

        Returns:
            Records: `cv` (se/estimate), `deff` (against a simple random sample without replacement, where the design
            says how large the population is), `deff_replace` (with replacement), `deft` (its square root) and
            `effective_n` (n/deff_replace), a row per estimate. Where the row has the note `deff.fraction_by_weights`
            only the weights say that many of the population were drawn, and `deff_replace` is the one to trust.

        Example:
            >>> survey.mean("age", by="region").precision()
            region  variable  answer  estimate  cv       deff    deff_replace  deft    n   effective_n
            north   age       –       41.5      0.0723   0.9524  0.927         0.9628  14  15.1
            south   age       –       46.12     0.04837  0.9862  0.9599        0.9797  26  27.09

        Source: Kish (1965), Survey Sampling, §8.2; R survey, deff and cv.
        """
        return self._records(_core.precision(self._core), PRECISION)

    def reliability(self) -> Records:
        """Whether each proportion rests on enough answers to be presented, by the rule of the US NCHS.

        Returns:
            Records: `effective_n`, the Korn–Graubard interval with its width and relative width, `df`, `reliable`, and
            `codes` that say why not and what to look at, a row per proportion.

        Raises:
            EstimateError: `estimate.reliability_proportions` for anything but proportions.

        Example:
            >>> for row in survey.proportion("heard_rumours", by="occupation").reliability():
            ...     print(row["occupation"], row["answer"], row["n"], row["reliable"], row["codes"])
            social worker yes 30 False ['reliability.width']
            social worker no 30 False ['reliability.width']
            therapist yes 10 False ['reliability.base']
            therapist no 10 False ['reliability.base']

        Source: Parker et al. (2017), Vital and Health Statistics 2(175).
        """
        return self._records(_core.reliability(self._core), RELIABILITY)

    def _records(self, records: Sequence[Any], fields: Sequence[str]) -> Records:
        first = (*self._groups, "variable", "answer", "estimate")
        rows = [
            {
                **dict(zip(self._groups, record.by, strict=True)),
                **{name: getattr(record, name) for name in ("variable", "answer", "estimate", *fields)},
            }
            for record in records
        ]
        return Records([*first, *fields], rows)

    @property
    def estimate(self) -> float | None:
        """The value, of a table of one row."""
        return self._only().estimate

    @property
    def se(self) -> float | None:
        """The standard error, of a table of one row."""
        return self._only().se

    @property
    def ci_low(self) -> float | None:
        """The lower end of the interval, of a table of one row."""
        return self._only().ci_low

    @property
    def ci_high(self) -> float | None:
        """The upper end of the interval, of a table of one row."""
        return self._only().ci_high

    @property
    def df(self) -> float | None:
        """The degrees of freedom, of a table of one row."""
        return self._only().df

    @property
    def n(self) -> int:
        """The rows in the base, of a table of one row."""
        return self._only().n

    @property
    def deff(self) -> float | None:
        """The design effect, of a table of one row."""
        return self._only().deff

    def _only(self) -> Estimate:
        rows = self._rows()
        if len(rows) == 1:
            return rows[0]
        raise UsageError(
            "usage.one_row", f"the table has {len(rows)} rows: name one, as in estimates['name'], or use to_pandas()"
        )

    def to_arrow(self, *, labels: bool = False) -> pyarrow.Table:
        """The table as a pyarrow.Table.

        Args:
            labels: Labels in the place of the names of groups, questions and answers.
        """
        return as_arrow_table(*self._given(labels))

    def to_pandas(self, *, labels: bool = False) -> pandas.DataFrame:
        """The table as a pandas.DataFrame.

        Args:
            labels: Labels in the place of the names of groups, questions and answers.
        """
        return as_pandas(*self._given(labels))

    def to_polars(self, *, labels: bool = False) -> polars.DataFrame:
        """The table as a polars.DataFrame.

        Args:
            labels: Labels in the place of the names of groups, questions and answers.
        """
        return as_polars(*self._given(labels))

    def _given(self, labels: bool) -> tuple[dict[str, list[Any]], Types]:
        """The columns as other libraries get them, and what is in each."""
        known = dict.fromkeys(NUMBERS, float) | dict.fromkeys(COUNTS, int)
        values = self._shown if labels else self.column
        return {name: values(name) for name in self.columns}, {name: known.get(name, str) for name in self.columns}

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __len__(self) -> int:
        return self._core.size

    def __iter__(self) -> Iterator[Estimate]:
        return iter(self._rows())

    def __getitem__(self, key: str | tuple[str, ...]) -> Estimate:
        """The one row that the key names: by-values, then the variable if there are several, then the answer."""
        parts = key if isinstance(key, tuple) else (key,)
        matches = [row for row in self._rows() if self._is_named(row, parts)]
        if len(matches) == 1:
            return matches[0]
        names = [", ".join(map(repr, self._key(row))) for row in self._rows()]
        if matches:
            raise UsageError(
                "usage.ambiguous_row", f"{key!r} names {len(matches)} rows; name one of: " + "; ".join(names)
            )
        raise UnknownRowError("usage.unknown_row", f"no row is named {key!r}; the rows are: " + "; ".join(names))

    def plot(self) -> altair.LayerChart | altair.VConcatChart:
        """A chart of the estimates with their intervals, a panel a question (an altair chart, shown by Jupyter).

        Labels are in the study's language; a panel says the question as it was asked and its base.
        """
        from enkat.figures import plot_estimates

        return plot_estimates(self)

    def __repr__(self) -> str:
        named = {*self._groups, "variable", "answer"}
        rows = [
            [shortened(text) if name in named else text for name, text in zip(self.columns, row, strict=True)]
            for row in self._cells()
        ]
        return "\n".join([*text_table(self.columns, rows), *([on_one_line(self.note)] if self.note else [])])

    def _repr_html_(self) -> str:
        return html_table(self.columns, self._cells(), self.note)

    def _cells(self) -> list[list[str]]:
        """The table as texts, "–" where there is no value."""
        columns = {name: self._shown(name) for name in self.columns}
        decimals = [digits(row.estimate, row.se) for row in self]
        return [
            [cell(name, values[index], places) for name, values in columns.items()]
            for index, places in enumerate(decimals)
        ]

    def _shown(self, name: str) -> list[Any]:
        """The values of one column as they are shown: labels of groups, questions and answers."""
        values = self.column(name)
        if (group := self._groups.get(name)) is not None:
            return [self._labels.answer(group, value) for value in values]
        if name == "variable":
            return [self._labels.variable(value) for value in values]
        if name == "answer":
            questions = self._core.column("variable")
            return [self._labels.answer(of, value) for of, value in zip(questions, values, strict=True)]
        return values

    def _rows(self) -> list[Estimate]:
        fields = [f for f in Estimate.__slots__ if f != "by"]
        columns = [self._core.column(name) for name in fields]
        return [
            Estimate(by=tuple(by), **dict(zip(fields, values, strict=True)))
            for by, *values in zip(self._core.column("by"), *columns, strict=True)
        ]

    def _several_variables(self) -> bool:
        return len(set(self._core.column("variable"))) > 1

    def _row_names(self) -> dict[tuple[str, ...], int]:
        """Names of the rows in expressions: what distinguishes them, and in full; none that two rows share.

        Each as a whole, joined with ":", and in its parts, which tell ("x:y", "z") from ("x", "y:z").
        """
        rows = self._rows()
        by_name = names_of_rows(rows)
        by_label = names_of_rows([self._labelled(row) for row in rows])  # as the table shows them
        return by_name | {label: number for label, number in by_label.items() if label not in by_name}

    def _labelled(self, row: Estimate) -> Estimate:
        by = (self._labels.answer(name, value) or value for name, value in zip(self._core.by, row.by, strict=True))
        answer = self._labels.answer(row.variable, row.answer)
        return replace(row, by=tuple(by), variable=self._labels.variable(row.variable), answer=answer)

    def _key(self, row: Estimate) -> tuple[str, ...]:
        return key_of(row, with_variable=self._several_variables())

    def _is_named(self, row: Estimate, parts: tuple[str, ...]) -> bool:
        names = self._key(row)
        known = [self._names[i] for i in range(len(row.by))]
        if self._several_variables():
            known.append({self._labels.variable(row.variable): row.variable})
        known += self._names[len(row.by) :]
        if not names:
            return len(parts) == 1 and one_form(str(parts[0])) == row.variable
        given = tuple(
            names_of.get(part, part)
            for part, names_of in zip(
                (one_form(str(part)) for part in parts), [*known, *({} for _ in parts)], strict=False
            )
        )
        return given == names or (len(given) == 1 and given[0] == row.variable and len(self) == 1)


def key_of(row: Estimate, *, with_variable: bool) -> tuple[str, ...]:
    """What an index names a row by: its groups, its variable where there are several, its answer."""
    return (
        *row.by,
        *((row.variable,) if with_variable else ()),
        *((row.answer,) if row.answer is not None else ()),
    )


def names_of_rows(rows: Sequence[Estimate]) -> dict[tuple[str, ...], int]:
    """The names that rows have in expressions; none that two rows share."""
    keys = [key_of(row, with_variable=True) for row in rows]
    several = len({row.variable for row in rows}) > 1
    width = max(map(len, keys))
    varies = [len({key[i] for key in keys if len(key) > i}) > 1 for i in range(width)]
    found: dict[tuple[str, ...], int] = {}
    shared: set[tuple[str, ...]] = set()
    for number, (key, row) in enumerate(zip(keys, rows, strict=True)):
        short = tuple(part for part, kept in zip(key, varies, strict=False) if kept)
        in_parts = (short, key_of(row, with_variable=several), key)
        for name in (*((":".join(parts),) for parts in in_parts), *in_parts):
            if any(name) and found.setdefault(name, number) != number:
                shared.add(name)
    return {name: number for name, number in found.items() if name not in shared}


class UnknownRowError(UsageError, KeyError):
    """No row of the estimates has this name; also a KeyError."""
