"""Means as they would be in a standard population: the figures of R survey, and standards that do not fit."""

from typing import Any

import numpy
import pandas
import pytest

import enkat
from design.twelve import survey

STANDARD = {"k": 0.6, "m": 0.4}


def test_standardized_means_and_their_errors_are_those_of_r() -> None:
    rates = survey().standardized_mean("hours", {"sex": STANDARD}, by="sector")
    assert rates.column("estimate") == pytest.approx([3.95873015873, 7.14090909091])
    assert rates.column("se") == pytest.approx([0.638560316465, 0.575360839901], rel=1e-8)


@pytest.mark.parametrize(
    "standard",
    [
        {"sex": {"k": 600, "m": 400}},
        {"sex": pandas.Series(STANDARD)},
        {"sex": {level: numpy.float64(share) for level, share in STANDARD.items()}},
        {("sex",): {("k",): 0.6, ("m",): 0.4}},
    ],
)
def test_sizes_may_be_shares_counts_or_series(standard: Any) -> None:
    rates = survey().standardized_mean("hours", standard, by="sector")
    assert rates["x"].estimate == pytest.approx(3.95873015873)


def test_columns_apart_are_crossed_as_if_independent() -> None:
    apart = survey().standardized_mean("hours", {"sex": STANDARD, "sector": {"x": 0.5, "y": 0.5}})
    crossed = {(sex, sector): share / 2 for sex, share in STANDARD.items() for sector in "xy"}
    joint = survey().standardized_mean("hours", {"sex:sector": crossed})
    means = survey().mean("hours", by=["sex", "sector"])
    expected = sum(share * means[level].estimate for level, share in crossed.items())  # type: ignore[operator]
    assert apart.estimate == pytest.approx(joint.estimate) == pytest.approx(expected)
    assert apart.se == pytest.approx(joint.se)


@pytest.mark.parametrize(
    ("standard", "code"),
    [
        ({"sex": {**STANDARD, "z": 1}}, "standardize.empty_level"),
        ({"sex": {"k": 1}}, "standardize.unknown_level"),
        ({"sex": {"k": -1, "m": 2}}, "standardize.population"),
        ({"sex": {"k": 0, "m": 0}}, "standardize.population"),
        ({"sx": STANDARD}, "data.unknown_column"),
        ({}, "usage.standard_columns"),
        (STANDARD, "usage.totals"),
        (5, "usage.standard"),
        ({"sex:sector": STANDARD}, "usage.standard"),
    ],
)
def test_a_standard_that_does_not_fit_is_refused(standard: Any, code: str) -> None:
    with pytest.raises(enkat.EnkatError) as error:
        survey().standardized_mean("hours", standard, by="region")
    assert error.value.code == code
    assert "secret" not in str(error.value)


def test_rows_outside_the_standard_are_in_no_base_and_no_degrees_of_freedom() -> None:
    """Of 40 rows in ten PSUs the standard says something of ten in three; R: degf(subset(design, !is.na(s)))."""
    people = pandas.DataFrame({"y": [(7 * i) % 11 for i in range(40)], "psu": [i // 4 for i in range(40)]})
    people["s"] = [("b" if i % 2 else "a") if i < 10 else None for i in range(40)]
    whole = enkat.Survey(people, design=enkat.Design(cluster="psu"))
    rate = whole.standardized_mean("y", {"s": {"a": 1, "b": 1}})
    assert (rate.n, rate.df) == (10, 2)
    known = whole.where("not (s is missing)").standardized_mean("y", {"s": {"a": 1, "b": 1}})
    assert rate.ci_low == known.ci_low
    low, high = whole.mean("y", by="s").contrast("(a + b) / 2").column("ci_low"), rate.ci_low
    assert low == [pytest.approx(high)]


def test_a_level_of_size_0_is_left_out_altogether() -> None:
    rates = survey().standardized_mean("hours", {"sector": {"x": 1, "y": 0}})
    only = survey().mean("hours", by="sector")["x"]
    assert (rates.estimate, rates.n, rates.df) == (pytest.approx(only.estimate), only.n, only.df)
