"""Quantiles, distribution, and the statistics of two numbers or questions."""

from collections.abc import Callable

import numpy
import pandas
import pytest

import enkat
from design.twelve import DATA, survey

TEN = enkat.Survey(pandas.DataFrame({"y": range(1, 11)}))
RULES = {"hf1": 3, "hf2": 3, "hf3": 2, "hf4": 2.5, "hf5": 3, "hf6": 2.75, "hf7": 3.25, "hf8": 35 / 12, "hf9": 2.9375}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_of_hyndman_and_fan_gives_its_own_quartile(rule: str) -> None:
    quartile = TEN.quantile("y", 0.25, rule=rule)  # type: ignore[arg-type]
    assert quartile.estimate == pytest.approx(RULES[rule])


def test_math_is_the_smallest_value_with_the_share_and_school_halfway_where_it_is_met() -> None:
    assert TEN.quantile("y", 0.5, rule="math").estimate == 5
    assert TEN.quantile("y", 0.5, rule="school").estimate == 5.5


def test_weighted_quartiles_are_those_of_r() -> None:
    quartiles = survey().quantile("hours", [0.25, 0.5, 0.75])
    assert quartiles.column("estimate") == [4, 6, 8]
    assert quartiles.column("answer") == ["0.25", "0.5", "0.75"]
    assert quartiles.column("ci_low")[1:] == [3, 6] and quartiles.column("ci_high")[0] == 6
    assert quartiles.column("ci_low")[0] is None and "quantile.beyond_range" in quartiles.column("note")[0]


@pytest.mark.parametrize("interval", ["mean", "beta", "xlogit", "asin", "score"])
def test_every_interval_holds_the_median(interval: str) -> None:
    median = enkat.Survey(pandas.DataFrame({"y": range(200)})).quantile("y", 0.5, interval=interval)  # type: ignore[arg-type]
    assert median.ci_low < median.estimate < median.ci_high  # type: ignore[operator]


def test_shares_and_points_may_be_arrays() -> None:
    assert TEN.quantile("y", numpy.array([0.1, 0.5])).column("estimate") == [1, 5]
    assert TEN.quantile("y", numpy.float32(0.5)).estimate == 5
    assert TEN.cdf("y", pandas.Series([2, 7])).column("estimate") == pytest.approx([0.2, 0.7])


@pytest.mark.parametrize("rule", ["math", "school", *RULES])
def test_no_order_of_tied_rows_changes_a_quantile(rule: str) -> None:
    random = numpy.random.default_rng(5)
    rows = pandas.DataFrame({"y": random.integers(0, 9, 60), "w": random.uniform(0.1, 9, 60)})
    found = [
        enkat.Survey(order, design=enkat.Design(weight="w"))
        .quantile("y", [0.05, 0.15, 0.3, 0.5, 0.7, 0.95], rule=rule)  # type: ignore[arg-type]
        .column("estimate")
        for order in (rows, rows[::-1], rows.sample(frac=1, random_state=1), rows.sort_values("w"))
    ]
    assert found[1:] == found[:1] * 3


def test_quantiles_undo_the_distribution_function() -> None:
    points = sorted(set(DATA["hours"]))
    shares = survey().cdf("hours", points).column("estimate")
    assert survey().quantile("hours", [share - 1e-9 for share in shares]).column("estimate") == points


def test_moments_are_those_of_the_sample() -> None:
    numbers = enkat.Survey(DATA)
    assert numbers.variance("hours").estimate == pytest.approx(DATA["hours"].var())
    assert numbers.covariance("hours", "cases").estimate == pytest.approx(DATA["hours"].cov(DATA["cases"]))
    assert numbers.correlation("hours", "cases").estimate == pytest.approx(DATA["hours"].corr(DATA["cases"]))


def test_alpha_is_items_over_items_less_1_times_what_they_share() -> None:
    items = DATA[["hours", "cases"]]
    expected = 2 * (1 - items.var().sum() / items.sum(axis=1).var())
    assert enkat.Survey(DATA).alpha(["hours", "cases"]).estimate == pytest.approx(expected)


def test_kappa_is_agreement_beyond_chance() -> None:
    ratings = pandas.DataFrame({"a": ["y"] * 25 + ["n"] * 25, "b": ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15})
    assert enkat.Survey(ratings).kappa("a", "b").estimate == pytest.approx((0.7 - 0.5) / (1 - 0.5))


REFUSED: dict[str, tuple[Callable[[enkat.Survey], object], str, str]] = {
    "a share above 1": (lambda s: s.quantile("hours", 25), "usage.probabilities", "from 0 to 1"),
    "a share below 0": (lambda s: s.quantile("hours", -0.1), "usage.probabilities", "from 0 to 1"),
    "no share": (lambda s: s.quantile("hours", []), "usage.probabilities", "at least one"),
    "a share that is a text": (lambda s: s.quantile("hours", "median"), "usage.p", "number"),  # type: ignore[arg-type]
    "an unknown rule": (
        lambda s: s.quantile("hours", rule="maths"),  # type: ignore[arg-type]
        "usage.unknown_quantile_rule",
        "did you mean 'math'?",
    ),
    "an unknown interval": (
        lambda s: s.quantile("hours", interval="wald"),  # type: ignore[arg-type]
        "usage.unknown_interval",
        "score",
    ),
    "quantiles of texts": (lambda s: s.quantile("sector"), "data.not_a_number", "convert it"),
    "no point": (lambda s: s.cdf("hours", []), "estimate.points", "at least one"),
    "kappa of different answers": (lambda s: s.kappa("sex", "sector"), "estimate.kappa_levels", "the same options"),
    "kappa of a list": (lambda s: s.kappa(["sex"], "sector"), "usage.a", "text"),  # type: ignore[arg-type]
    "alpha of one item": (lambda s: s.alpha(["hours"]), "estimate.alpha_items", "at least two"),
    "alpha of texts": (lambda s: s.alpha(["hours", "sex"]), "data.not_a_number", "convert it"),
    "correlation with a constant": (lambda s: s.correlation("hours", "one"), "estimate.undefined", "do not vary"),
    "ratio with too few denominators": (
        lambda s: s.ratio(["hours", "cases", "w"], ["w", "hours"]),
        "usage.ratio",
        "as many as `y`",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_exist_is_refused_with_what_to_do(case: str) -> None:
    call, code, advice = REFUSED[case]
    with pytest.raises(enkat.EnkatError) as error:
        call(survey(one=1.0))
    assert error.value.code == code
    assert advice in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize("values", [[3.0] * 12, [7] * 30, [3.0, None]])
def test_a_number_that_does_not_vary_is_its_own_quantile(values: list[float | None]) -> None:
    quartiles = enkat.Survey(pandas.DataFrame({"y": values})).quantile("y", [0.25, 0.5])
    assert quartiles.column("estimate") == [values[0]] * 2


def test_interpolation_between_the_largest_numbers_does_not_overflow() -> None:
    far_apart = enkat.Survey(pandas.DataFrame({"y": [-1.7e308, 1.7e308]}))
    assert far_apart.quantile("y", 0.75, rule="hf7").estimate == pytest.approx(0.85e308)


def test_where_a_replicate_has_no_group_the_quantile_stays_and_has_no_interval() -> None:
    person = numpy.arange(len(DATA))
    data = DATA.assign(
        r0=DATA["w"] * (DATA["region"] != "north"), r1=DATA["w"] * (1 + person % 2), r2=DATA["w"] * (1 + person % 3)
    )
    design = enkat.Design(weight="w", replicate_weights=["r0", "r1", "r2"], method="bootstrap")
    median = enkat.Survey(data, design=design).where(region="north").quantile("hours")
    assert median.estimate == survey().where(region="north").quantile("hours").estimate
    assert (median.se, median.ci_low, median.ci_high) == (None, None, None)
    assert next(iter(median)).note == "estimate.replicates_undefined:1"


@pytest.mark.parametrize("rule", ["hf4", "hf5", "hf6", "hf7", "hf8", "hf9"])
def test_a_quantile_that_is_an_observation_is_it_whatever_the_unit_of_the_weights(rule: str) -> None:
    for seed in range(30):
        random = numpy.random.default_rng(seed)
        y = numpy.sort(random.normal(3, 2, 2 * int(random.integers(10, 60)) + 1))
        people = pandas.DataFrame({"y": y, "w": round(random.uniform(1, 9), 2)})
        plain = enkat.Survey(people).quantile("y", 0.5, rule=rule)
        weighted = enkat.Survey(people, design=enkat.Design(weight="w")).quantile("y", 0.5, rule=rule)
        if rule != "hf4":
            assert plain.estimate == y[len(y) // 2]
        assert weighted.estimate == pytest.approx(plain.estimate, rel=1e-14)
        assert (weighted.ci_low, weighted.ci_high) == pytest.approx((plain.ci_low, plain.ci_high), rel=1e-9)
