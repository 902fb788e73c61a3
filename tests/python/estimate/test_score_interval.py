"""Quantiles against the shares below them, whatever the unit of the weights."""

import numpy
import pandas
import pytest

import enkat


@pytest.fixture(scope="module")
def survey() -> enkat.Survey:
    random = numpy.random.default_rng(5)
    n = 300
    data = pandas.DataFrame(
        {
            "y": random.integers(0, 60, n),
            "w": random.uniform(1, 4, n).round(3),
            "workplace": random.integers(0, 25, n),
            "sex": random.choice(["k", "m"], n),
        }
    )
    return enkat.Survey(data, design=enkat.Design(weight="w", cluster="workplace"))


@pytest.mark.parametrize("sex", ["k", "m"])
@pytest.mark.parametrize("p", [0.25, 0.5])
def test_the_score_interval_is_what_a_test_of_the_share_below_does_not_reject(
    survey: enkat.Survey, sex: str, p: float
) -> None:
    domain = survey.where(sex=sex)
    row = domain.quantile("y", p, interval="score")
    below = domain.cdf("y", list(range(59)), interval="wald")  # everybody is below 59: no interval there
    kept = [int(share.answer) for share in below if share.ci_low - 1e-12 <= p <= share.ci_high + 1e-12]
    assert row.ci_low == min(kept)
    # F is a step: values up to the next answer are kept as well, and the end of the interval is that answer.
    assert row.ci_high == max(kept) + 1


def test_the_smallest_value_with_at_least_the_share_at_or_below_it(survey: enkat.Survey) -> None:
    for p in (0.1, 0.5, 0.9):
        value = survey.quantile("y", p).estimate
        assert survey.cdf("y", value).estimate >= p
        assert survey.cdf("y", value - 1).estimate < p


@pytest.mark.parametrize("rule", ["math", "school", "hf3", "hf4", "hf7", "hf9"])
def test_the_unit_of_the_weights_changes_no_quantile(rule: str) -> None:
    y = list(range(1, 41))
    quantiles = [
        enkat.Survey(pandas.DataFrame({"y": y, "w": [scale] * 40}), design=enkat.Design(weight="w")).quantile(
            "y", [0.1, 0.25, 0.5, 0.9], rule=rule
        )
        for scale in (1, 0.1, 30.97)
    ]
    for other in quantiles[1:]:
        assert other.column("estimate") == pytest.approx(quantiles[0].column("estimate"), rel=1e-12)


def test_an_end_beyond_the_answers_is_missing_and_noted() -> None:
    data = pandas.DataFrame({"y": range(20)})
    row = enkat.Survey(data).quantile("y", 0.05)["0.05"]
    assert row.ci_low is None and row.se is None
    assert row.ci_high == 3  # the share 0.05 + 2.09 * 0.05 of twenty is reached by the fourth
    assert "quantile.beyond_range" in row.note


def test_negative_weights_have_no_quantiles() -> None:
    data = pandas.DataFrame({"y": [1.0, 2, 3, 10], "x": [0.0, 1, 2, 30]})
    calibrated = enkat.Survey(data).calibrate("~ x", {"(Intercept)": 4, "x": -20})
    assert (calibrated.weights < 0).any()
    with pytest.raises(enkat.EstimateError) as error:
        calibrated.quantile("y", 0.5)
    assert error.value.code == "estimate.negative_weights"
