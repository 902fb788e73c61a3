"""Geometric means: what they are of, and that nobody is lost without a count."""

import math

import numpy
import pandas
import pytest

import enkat


def test_numbers_that_are_not_positive_are_counted_apart() -> None:
    data = pandas.DataFrame({"y": [1, 2, 4, 0, -3, 8, None], "g": list("aabbbbb")})
    survey = enkat.Survey(data)
    (row,) = survey.geometric_mean("y")
    assert row.estimate == pytest.approx(64**0.25)
    assert (row.n, row.note.split("; ")[:2]) == (4, ["missing:1", "not_positive:2"])
    first, second = survey.geometric_mean("y", by="g")
    assert (first.estimate, second.estimate) == (pytest.approx(math.sqrt(2)), pytest.approx(math.sqrt(32)))
    assert "not_positive" not in first.note
    assert "not_positive:2" in second.note


def test_the_interval_is_that_of_the_logarithms() -> None:
    data = pandas.DataFrame({"y": [1.0, 2, 4, 8, 5, 3], "log": [math.log(y) for y in (1, 2, 4, 8, 5, 3)]})
    survey = enkat.Survey(data)
    (row,), (logs,) = survey.geometric_mean("y"), survey.mean("log")
    assert math.log(row.ci_low) == pytest.approx(logs.ci_low)
    assert math.log(row.ci_high) == pytest.approx(logs.ci_high)
    assert row.se == pytest.approx(row.estimate * logs.se)
    assert row.deff == pytest.approx(logs.deff)


def test_without_a_positive_number_there_is_none() -> None:
    with pytest.raises(enkat.EstimateError, match="not_positive") as caught:
        enkat.Survey(pandas.DataFrame({"y": [0, -1, 0]})).geometric_mean("y")
    assert caught.value.code == "estimate.all_left_out"


@pytest.mark.parametrize("mse", [True, False])
def test_with_replicates_too_the_interval_is_that_of_the_mean_logarithm(mse: bool) -> None:
    y = numpy.random.default_rng(1).lognormal(0, 1.5, 12)
    survey = enkat.Survey(pandas.DataFrame({"y": y, "log": numpy.log(y)})).replicate("JK1", mse=mse)
    mean, logarithm = survey.geometric_mean("y"), survey.mean("log")
    assert mean.ci_low == pytest.approx(numpy.exp(logarithm.ci_low), rel=1e-12)
    assert mean.ci_high == pytest.approx(numpy.exp(logarithm.ci_high), rel=1e-12)
