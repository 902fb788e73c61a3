"""Laws over all estimators and kinds of designs, for samples drawn at random."""

from collections.abc import Callable

import numpy
import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import enkat

CALLS: dict[str, Callable[[enkat.Survey], enkat.Estimates]] = {
    "total": lambda s: s.total("y", by="g"),
    "mean": lambda s: s.mean("y", by="g"),
    "geometric_mean": lambda s: s.geometric_mean("y", by="g"),
    "ratio": lambda s: s.ratio("y", "x"),
    "proportion": lambda s: s.proportion("g"),
    "cdf": lambda s: s.cdf("y", [10, 25]),
    "variance": lambda s: s.variance("y"),
    "covariance": lambda s: s.covariance("y", "x"),
    "correlation": lambda s: s.correlation("y", "x"),
    "alpha": lambda s: s.alpha(["y", "x"]),
    "kappa": lambda s: s.kappa("g", "k"),
    "quantile": lambda s: s.quantile("y", [0.25, 0.5]),
}
BY_COUNT = {"variance", "covariance"}  # n/(n - 1) counts rows, so that splitting one changes them
CLUSTERS = enkat.Design(weight="w", strata="h", cluster="c", nest=True)
ROWS = enkat.Design(weight="w", strata="h")


def test_every_estimator_is_under_the_laws() -> None:
    assert set(CALLS) == {*enkat._core.estimators(), "quantile"}


def drawn(seed: int) -> pandas.DataFrame:
    """A sample of three strata and five clusters in each, four to nine rows a cluster."""
    random = numpy.random.default_rng(seed)
    sizes = random.integers(4, 10, 15)
    n = int(sizes.sum())
    cluster = numpy.repeat(numpy.arange(15), sizes)
    y = random.integers(0, 50, n).astype(float)
    y[random.random(n) < 0.05] = numpy.nan
    letters = numpy.resize(list("pqr"), n)  # every answer occurs
    return pandas.DataFrame(
        {
            "y": y,
            "x": random.integers(1, 9, n),
            "g": random.permutation(letters),
            "k": random.permutation(letters),
            "w": random.integers(1, 6, n) + random.integers(0, 4, n) / 4,
            "h": cluster // 5,
            "c": cluster % 5,
        }
    )


def clustered(data: pandas.DataFrame) -> enkat.Survey:
    return enkat.Survey(data, design=CLUSTERS)


def rows(data: pandas.DataFrame) -> enkat.Survey:
    return enkat.Survey(data, design=ROWS)


def calibrated(data: pandas.DataFrame) -> enkat.Survey:
    return clustered(data).rake(g={"p": 100, "q": 90, "r": 80}, h={0: 100, 1: 90, 2: 80})


def replicated(data: pandas.DataFrame) -> enkat.Survey:
    return clustered(data).replicate("JKn")


KINDS = {"clusters": clustered, "rows": rows, "calibrated": calibrated, "replicates": replicated}


def same(a: enkat.Estimates, b: enkat.Estimates, tolerance: float, factor: float = 1) -> None:
    """Estimates, standard errors and bases agree; `factor` is between the figures of b and a."""
    assert len(a) == len(b) > 0
    for ours, other in zip(a, b, strict=True):
        assert (ours.by, ours.answer, ours.n, ours.df) == (other.by, other.answer, other.n, other.df)
        for figure in ("estimate", "se", "ci_low", "ci_high"):
            first, second = getattr(ours, figure), getattr(other, figure)
            assert first is not None and second is not None
            assert second == pytest.approx(first * factor, rel=tolerance, abs=1e-9 * tolerance)


seeds = st.integers(0, 2**32 - 1)
few = settings(max_examples=12, deadline=None, derandomize=True)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", CALLS)
@few
@given(seed=seeds)
def test_the_order_of_rows_changes_nothing(name: str, kind: str, seed: int) -> None:
    data = drawn(seed)
    moved = data.sample(frac=1, random_state=seed % 2**31)
    one_pass = kind in ("clusters", "rows") and name != "quantile"
    first, second = CALLS[name](KINDS[kind](data)), CALLS[name](KINDS[kind](moved))
    if one_pass:
        assert first.column("estimate") == second.column("estimate")
        assert first.column("se") == second.column("se")
    same(first, second, 1e-10)


@pytest.mark.parametrize("kind", ["clusters", "rows", "replicates"])
@pytest.mark.parametrize("name", CALLS)
@few
@given(seed=seeds, scale=st.sampled_from([0.1, 3.7, 1000.0]))
def test_the_unit_of_the_weights_only_scales_totals(name: str, kind: str, seed: int, scale: float) -> None:
    data = drawn(seed)
    heavier = data.assign(w=data["w"] * scale)
    factor = scale if name == "total" else 1
    same(CALLS[name](KINDS[kind](data)), CALLS[name](KINDS[kind](heavier)), 1e-9, factor)


@pytest.mark.parametrize("kind", ["clusters", "calibrated", "replicates"])
@pytest.mark.parametrize("name", CALLS)
@few
@given(seed=seeds)
def test_rows_of_weight_0_change_nothing(name: str, kind: str, seed: int) -> None:
    data = drawn(seed)
    more = pandas.concat([data, data.head(7).assign(w=0.0, y=1e6)])
    same(CALLS[name](KINDS[kind](data)), CALLS[name](KINDS[kind](more)), 1e-9)


@pytest.mark.parametrize("kind", ["clusters", "calibrated", "replicates"])
@pytest.mark.parametrize("name", sorted(set(CALLS) - BY_COUNT))
@few
@given(seed=seeds)
def test_a_row_may_be_split_in_two_of_half_its_weight(name: str, kind: str, seed: int) -> None:
    data = drawn(seed)
    halves = pandas.concat([data.assign(w=data["w"] / 2)] * 2)
    first, second = CALLS[name](KINDS[kind](data)), CALLS[name](KINDS[kind](halves))
    assert second.column("estimate") == pytest.approx(first.column("estimate"), rel=1e-9)
    assert second.column("se") == pytest.approx(first.column("se"), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", CALLS)
@few
@given(seed=seeds)
def test_names_of_clusters_and_strata_change_nothing(name: str, seed: int) -> None:
    data = drawn(seed)
    renamed = data.assign(c=(data["c"] * 7 + 3) % 5, h=data["h"].map({0: "z", 1: "m", 2: "a"}))
    same(CALLS[name](clustered(data)), CALLS[name](clustered(renamed)), 1e-10)


@pytest.mark.parametrize("kind", KINDS)
@few
@given(seed=seeds)
def test_a_domain_and_its_complement_make_the_whole(kind: str, seed: int) -> None:
    survey = KINDS[kind](drawn(seed))
    parts, whole = survey.total("x", by="k"), survey.total("x")
    assert sum(parts.column("estimate")) == pytest.approx(whole.estimate, rel=1e-12)
    assert parts.covariance.sum() == pytest.approx((whole.se or 0) ** 2, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("name", sorted(set(CALLS) - {"quantile"}))
@few
@given(seed=seeds)
def test_replicates_that_are_all_alike_have_no_variance(name: str, seed: int) -> None:
    data = drawn(seed)
    alike = data.assign(**{f"r{i}": data["w"] for i in range(4)})
    design = enkat.Design(
        weight="w", replicate_weights=[f"r{i}" for i in range(4)], method="other", scale=0.5, rscales=[1, 1, 1, 1]
    )
    estimates = CALLS[name](enkat.Survey(alike, design=design))
    assert numpy.abs(estimates.covariance).max() == pytest.approx(0, abs=1e-18)


def of_group(estimates: enkat.Estimates, group: str) -> list[tuple[float | None, float | None]]:
    return [(row.estimate, row.se) for row in estimates if group in row.by]


BY_GROUP: dict[str, Callable[[enkat.Survey], enkat.Estimates]] = {
    "mean": lambda s: s.mean("y", by="g"),
    "total": lambda s: s.total("y", by="g"),
    "ratio": lambda s: s.ratio("x", "y", by="g"),
    "proportion": lambda s: s.proportion("k", by="g"),
    "variance": lambda s: s.variance("y", by="g"),
    "correlation": lambda s: s.correlation("y", "x", by="g"),
    "quantile": lambda s: s.quantile("y", by="g"),
}
SQUARED = {"variance", "correlation"}
FREE_OF_SIZE = {"proportion", "quantile"}  # shares of answers, and the order of values


def must_be_computed(name: str, column: str, exponent: int) -> bool:
    """Sixteen powers of ten, the digits of a double, lie between groups that are computed; half of them if squared."""
    if column == "w" or name not in SQUARED | FREE_OF_SIZE:
        return exponent <= 16
    return name in FREE_OF_SIZE or exponent <= 8


# All cells share one grid of exact sums: a group that is small beside the others must be as exact, or refused.
@pytest.mark.parametrize("exponent", [6, 8, 16, 24])
@pytest.mark.parametrize("column", ["y", "w"])
@pytest.mark.parametrize("kind", ["clusters", "rows", "replicates"])
@pytest.mark.parametrize("name", BY_GROUP)
def test_a_group_of_small_values_or_weights_is_exact_and_refused_only_beyond_the_digits_of_a_double(
    name: str, kind: str, column: str, exponent: int
) -> None:
    data, factor = drawn(5), 2.0 ** -int(exponent * 3.33)
    small = data["g"] == "p"
    small_beside_large = data.assign(**{column: data[column].where(~small, data[column] * factor)})
    all_small = data.assign(**{column: data[column] * factor})
    expected = of_group(BY_GROUP[name](KINDS[kind](all_small)), "p")
    assert len(expected) == (3 if name == "proportion" else 1)
    refused = None
    try:
        found = of_group(BY_GROUP[name](KINDS[kind](small_beside_large)), "p")
    except enkat.EstimateError as error:
        refused = error.code
    if refused is not None:
        assert (refused, must_be_computed(name, column, exponent)) == ("estimate.range", False)
    else:
        for ours, alone in zip(found, expected, strict=True):
            assert ours == pytest.approx(alone, rel=1e-9, abs=0)


@pytest.mark.parametrize("kind", KINDS)
def test_a_group_where_all_gave_the_same_number_has_no_standard_error(kind: str) -> None:
    data = drawn(3)
    same_number = data.assign(y=data["y"].where(data["g"] != "p", 0.1))
    [(mean, se)] = of_group(KINDS[kind](same_number).mean("y", by="g"), "p")
    assert mean == 0.1
    assert se == pytest.approx(0, abs=1e-15)
