"""A sample that all scans are tried on: clustered, weighted, with answers missing."""

import itertools
import json
from collections.abc import Callable
from typing import Any

import numpy
import pyarrow as pa

import enkat

ROWS = 3000

CODEBOOK = json.dumps(
    {
        "schema_version": 1,
        "questions": [
            {
                "name": "works",
                "type": "single",
                "options": [{"name": "yes", "code": 1}, {"name": "no", "code": 2}],
                "missing": [{"code": 9, "reason": "refused"}],
            },
            {"name": "area", "type": "multiple", "options": [{"name": "a"}, {"name": "b"}, {"name": "c"}]},
        ],
    }
)

DESIGNS = {
    "clusters": enkat.Design(weight="w", strata="stratum", cluster="psu", fpc="psus"),
    "rows": enkat.Design(weight="w", strata="stratum"),
    "nothing": enkat.Design(),
}

CALLS: dict[str, Callable[[enkat.Survey], Any]] = {
    "mean": lambda s: s.mean(["income", "age"]),
    "mean by": lambda s: s.mean("income", by=["region", "works"]),
    "total": lambda s: s.total("age", by="region"),
    "ratio": lambda s: s.ratio("income", "age", by="works"),
    "proportion": lambda s: s.proportion("works", by="region"),
    "items by items": lambda s: s.proportion("area", by="area"),
    "missing is a level": lambda s: s.proportion("works", missing="level"),
    "variance": lambda s: s.variance("income", by="region"),
    "correlation": lambda s: s.correlation("income", "age"),
    "cdf": lambda s: s.cdf("age", [30, 50]),
    "quantile": lambda s: s.quantile(["income", "age"], [0.1, 0.5], by="region"),
    "quantile of everybody": lambda s: s.quantile("income", 0.5, rule="school", interval="beta"),
    "quantile between answers": lambda s: s.quantile(["income", "age"], [0.02, 0.5, 0.97], by="region", rule="hf7"),
    "quantile by the nearest answer": lambda s: s.quantile("age", [0.1, 0.5, 0.9], rule="hf3"),
    "domain": lambda s: s.where(region=["north", "öst"], works="yes").mean("income"),
    "items of a domain": lambda s: s.where(area="b").proportion("area", by="region"),
}


SEX = {"k": 3100, "m": 2800}
SCHOOL = {1: 2000, 2: 1900, 3: 2000}

STEPS: dict[str, Callable[[enkat.Survey], enkat.Survey]] = {
    "poststratified": lambda s: s.poststratify({"sex:school": {(a, b): 900 + 50 * b for a in SEX for b in SCHOOL}}),
    "raked": lambda s: s.rake({"sex": SEX, "school": SCHOOL}),
    "calibrated on numbers": lambda s: s.calibrate("~ sex + visits", {"sex": SEX, "visits": 18_000}),
    "calibrated within bounds": lambda s: s.calibrate("~ sex", {"sex": SEX}, method="logit", bounds=(0.2, 4)),
}
SUPPLIED = [f"r{i}" for i in range(12)]
SUPPLIED_DESIGNS = {
    "combined": enkat.Design(weight="w", replicate_weights=SUPPLIED, method="JK1"),
    "multipliers": enkat.Design(weight="w", replicate_weights=SUPPLIED, method="bootstrap", combined=False),
    "repeated": enkat.Design(weight="w", replicate_weights=[*SUPPLIED, SUPPLIED[0]], method="JK1"),
}
REPLICATES: dict[str, Callable[[enkat.Survey], enkat.Survey]] = {
    "jackknife": lambda s: s.replicate("JKn"),
    "bootstrap": lambda s: s.replicate("bootstrap", replicates=20, seed=1),
    "bootstrap of raked": lambda s: s.rake({"sex": SEX, "school": SCHOOL}).replicate(
        "bootstrap", replicates=20, seed=1
    ),
    "raked bootstrap": lambda s: s.replicate("bootstrap", replicates=20, seed=1).rake({"sex": SEX, "school": SCHOOL}),
    "jackknife calibrated on numbers": lambda s: s.replicate("JKn").calibrate(
        "~ sex + visits", {"sex": SEX, "visits": 18_000}
    ),
}
# Fitted step by step: what rounding leaves of a fit depends on how its sums were added up.
FITTED: dict[str, Callable[[enkat.Survey], enkat.Survey]] = {
    "raked on numbers": lambda s: s.calibrate("~ sex + visits", {"sex": SEX, "visits": 18_000}, method="raking"),
    "numbers within bounds": lambda s: s.calibrate(
        "~ visits", {"(Intercept)": 5900, "visits": 18_000}, method="logit", bounds=(0.3, 3)
    ),
}
AFTER_STEPS = {name: CALLS[name] for name in ("mean", "mean by", "items by items", "quantile", "domain")}


def people(seed: int = 1, rows: int = ROWS) -> pa.Table:
    random = numpy.random.default_rng(seed)
    stratum = random.integers(0, 6, rows)
    region = numpy.array(["north", "south", "öst", "väst"])[random.integers(0, 4, rows)]
    return pa.table(
        {
            "stratum": stratum,
            "psu": stratum * 10 + random.integers(0, 8, rows),
            "psus": 40 + stratum,
            "w": random.gamma(2.0, 1.0, rows),
            "income": pa.array(random.lognormal(10, 1, rows), mask=random.random(rows) < 0.1),
            "age": random.integers(18, 90, rows),
            "region": pa.array(region, mask=random.random(rows) < 0.02),
            "works": random.choice([1, 2, 9], rows),
            **{f"area_{option}": random.integers(0, 2, rows) for option in "abc"},
            "sex": numpy.array(["k", "m"])[random.integers(0, 2, rows)],
            "school": random.integers(1, 4, rows),
            "visits": random.poisson(3.0, rows),
            **{name: random.gamma(2.0, 1.0, rows) for name in SUPPLIED},
        }
    )


def same(found: Any, expected: Any) -> bool:
    """Equal to the bit, in every column and note."""
    return bool(found.to_arrow().equals(expected.to_arrow())) and found.note == expected.note


def alike(found: Any, expected: Any) -> bool:
    """Equal, but for the last digits of standard errors: replicates are added up by blocks of rows in their order."""
    of_se = ("se", "ci_low", "ci_high", "deff")
    equal = [name for name in expected.columns if name not in of_se]
    here, there = found.column("se"), expected.column("se")
    known = [(a, b) for a, b in zip(here, there, strict=True) if a is not None and b is not None]
    return (
        found.columns == expected.columns
        and all(found.column(name) == expected.column(name) for name in equal)
        and 0 < len(known) == len([se for se in here if se is not None]) == len([se for se in there if se is not None])
        and all(abs(a - b) <= 1e-12 * b for a, b in known)
    )


def cut(table: pa.Table, seed: int) -> list[pa.Table]:
    """The rows shuffled and cut anywhere; some parts may be empty."""
    random = numpy.random.default_rng(seed)
    shuffled = table.take(pa.array(random.permutation(table.num_rows)))
    at = [0, *sorted(random.integers(0, table.num_rows, 6)), table.num_rows]
    return [shuffled.slice(first, last - first) for first, last in itertools.pairwise(at)]
