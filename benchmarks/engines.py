"""What a skilled user does without a survey package: totals of every PSU in polars or duckdb, the rest in NumPy.

It gives the same linearised standard errors, for this one kind of design. That recipe is the competitor in speed.
"""

# mypy: disable-error-code="import-not-found"

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy
from benchmarks.calls import Answer, Call, Row
from benchmarks.data import ITEMS, Floats, Integers
from benchmarks.prepared import Prepared

if TYPE_CHECKING:
    import duckdb
    import polars

POLARS = "polars"
DUCKDB = "duckdb"


@dataclass(frozen=True)
class PsuTotals:
    """A row for every PSU and group that has any respondents."""

    stratum: Integers
    psu: Integers
    group: Sequence[object]
    weight: Floats
    sums: Mapping[str, Floats]  # of weight × variable


def finished(totals: PsuTotals) -> Answer:
    """Means of all groups with standard errors: ultimate clusters, drawn with replacement."""
    groups = sorted(set(totals.group), key=str)
    place = {name: i for i, name in enumerate(groups)}
    psus, first, row = numpy.unique(totals.psu, return_index=True, return_inverse=True)
    at = (row, numpy.array([place[name] for name in totals.group]))
    strata, inside = numpy.unique(totals.stratum[first], return_inverse=True)
    size = numpy.bincount(inside)[:, None]
    weight = dense(totals.weight, at, len(psus), len(groups))
    rows: list[Row] = []
    for variable, sums in totals.sums.items():
        weighted = dense(sums, at, len(psus), len(groups))
        mean = weighted.sum(axis=0) / weight.sum(axis=0)
        z = (weighted - mean * weight) / weight.sum(axis=0)
        centre = numpy.zeros((len(strata), len(groups)))
        numpy.add.at(centre, inside, z)
        off = z - (centre / size)[inside]
        se = numpy.sqrt(((size / (size - 1))[inside] * off * off).sum(axis=0))
        last = [variable] if len(totals.sums) > 1 else []
        rows += [Row("/".join([str(name), *last]), float(mean[i]), float(se[i])) for name, i in place.items()]
    return Answer.of(rows)


def dense(values: Floats, at: tuple[Integers, Integers], rows: int, columns: int) -> Floats:
    matrix = numpy.zeros((rows, columns))
    matrix[at] = values
    return matrix


def missing(data: Prepared, variables: Sequence[str]) -> bool:
    """Whether weights must be summed over those who answered; a PSU where nobody did stays in the sample, with 0."""
    return bool(data.arrow[variables[0]].null_count)


def as_it_is(answer: Answer) -> Answer:
    """The recipe ends with an Answer: its algebra is part of what is timed."""
    return answer


def duckdb_query(source: str, variables: Sequence[str], by: str | None, missing: bool) -> str:
    sums = ", ".join(f"coalesce(sum(w * {name}), 0) AS {name}" for name in variables)
    weight = f"coalesce(sum(w) FILTER ({variables[0]} IS NOT NULL), 0)" if missing else "sum(w)"
    return f"SELECT stratum, psu, {by or '0'} AS grp, {weight} AS w, {sums} FROM {source} GROUP BY ALL"


def run_duckdb(connection: "duckdb.DuckDBPyConnection", query: str, variables: Sequence[str], by: str | None) -> Answer:
    got: Mapping[str, Any] = connection.execute(query).fetchnumpy()
    group = got["grp"].tolist() if by else ["all"] * len(got["w"])
    return finished(PsuTotals(got["stratum"], got["psu"], group, got["w"], {name: got[name] for name in variables}))


def by_duckdb(data: Prepared, variables: Sequence[str], by: str | None) -> Call:
    connection, query = data.duckdb, duckdb_query("answers", variables, by, missing(data, variables))
    return Call(DUCKDB, lambda: run_duckdb(connection, query, variables, by), as_it_is)


def polars_query(
    frame: "polars.LazyFrame", variables: Sequence[str], by: str | None, missing: bool
) -> "polars.LazyFrame":
    import polars

    weight = polars.col("w")
    if missing:
        weight = weight.filter(polars.col(variables[0]).is_not_null())
    weighted = [(polars.col("w") * polars.col(name)).sum().alias(name) for name in variables]
    return frame.group_by("stratum", "psu", *([by] if by else [])).agg(weight.sum(), *weighted)


def answer_of_polars(got: "polars.DataFrame", variables: Sequence[str], by: str | None) -> Answer:
    columns = {name: got[name].to_numpy() for name in got.columns}
    group = got[by].to_list() if by else ["all"] * len(got)
    sums = {name: columns[name] for name in variables}
    return finished(PsuTotals(columns["stratum"], columns["psu"], group, columns["w"], sums))


def by_polars(data: Prepared, variables: Sequence[str], by: str | None) -> Call:
    frame, has_missing = data.polars, missing(data, variables)

    def run() -> Answer:
        return answer_of_polars(polars_query(frame.lazy(), variables, by, has_missing).collect(), variables, by)

    return Call(POLARS, run, as_it_is)


def mean_duckdb(data: Prepared) -> Call:
    return by_duckdb(data, ["y"], None)


def mean_polars(data: Prepared) -> Call:
    return by_polars(data, ["y"], None)


def mean_by_20_duckdb(data: Prepared) -> Call:
    return by_duckdb(data, ["y"], "dom20")


def mean_by_20_polars(data: Prepared) -> Call:
    return by_polars(data, ["y"], "dom20")


def items_by_3_duckdb(data: Prepared) -> Call:
    return by_duckdb(data, ITEMS, "dom3")


def items_by_3_polars(data: Prepared) -> Call:
    return by_polars(data, ITEMS, "dom3")


def median_polars(data: Prepared) -> Call:
    """The smallest value with half the weight at or below it; no standard error."""

    frame = data.polars

    def run() -> Answer:
        known = frame.lazy().select("y", "w").drop_nulls("y").sort("y").collect()
        below = known["w"].cum_sum()
        place = below.search_sorted(0.5 * below[-1])
        return Answer.of([Row("all", known["y"][place])])

    return Call(POLARS, run, as_it_is)
