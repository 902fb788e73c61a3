"""Standard errors where scores are tiny beside their terms, against rational and 60-digit arithmetic."""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

import enkat

Numbers = Sequence[float] | np.ndarray
NOISE = [1e-2, 1e-4, 1e-6, 1e-8, 1e-10]


def se_of(scores: list[Fraction], strata: Sequence[int] | None = None, clusters: Sequence[int] | None = None) -> float:
    """√ Σ_h n_h/(n_h−1) Σ (z − z̄_h)², of rows or of the sums of clusters, exactly until the root."""
    rows = range(len(scores))
    strata = [0] * len(scores) if strata is None else strata
    clusters = rows if clusters is None else clusters
    sums: dict[tuple[int, int], Fraction] = {}
    for i in rows:
        unit = (strata[i], clusters[i])
        sums[unit] = sums.get(unit, Fraction(0)) + scores[i]
    variance = Fraction(0)
    for h in set(strata):
        z = [value for (stratum, _), value in sums.items() if stratum == h]
        mean = sum(z, Fraction(0)) / len(z)
        variance += Fraction(len(z), len(z) - 1) * sum((value - mean) ** 2 for value in z)
    with localcontext(prec=60):
        return float((Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt())


def exact(numbers: Numbers) -> list[Fraction]:
    return [Fraction(float(number)) for number in numbers]


def ratio_scores(y: Numbers, x: Numbers, w: Numbers) -> list[Fraction]:
    fy, fx, fw = exact(y), exact(x), exact(w)
    total = sum((a * b for a, b in zip(fw, fx, strict=True)), Fraction(0))
    ratio = sum((a * b for a, b in zip(fw, fy, strict=True)), Fraction(0)) / total
    return [c * (a - ratio * b) / total for a, b, c in zip(fy, fx, fw, strict=True)]


def mean_scores(y: Numbers, w: Numbers) -> list[Fraction]:
    return ratio_scores(y, np.ones(len(y)), w)


def near_line(noise: float, n: int = 40, offset: float = 0) -> pd.DataFrame:
    random = np.random.default_rng(1)
    x = np.round(random.uniform(1, 9, n), 3)
    return pd.DataFrame(
        {
            "x": x,
            "y": offset + 2 * x + random.normal(size=n) * noise,
            "w": np.round(random.uniform(1, 5, n), 2),
            "cluster": np.arange(n) // 4,
            "g": np.arange(n) % 2,
        }
    )


@pytest.mark.parametrize("noise", NOISE)
def test_the_ratio_of_numbers_that_are_nearly_proportional(noise: float) -> None:
    data = near_line(noise)
    found = enkat.Survey(data, design=enkat.Design(weight="w")).ratio("y", "x")
    assert found.se == pytest.approx(se_of(ratio_scores(data["y"], data["x"], data["w"])), rel=1e-8)


@pytest.mark.parametrize("noise", NOISE)
def test_the_same_of_clusters(noise: float) -> None:
    data = near_line(noise)
    found = enkat.Survey(data, design=enkat.Design(weight="w", cluster="cluster")).ratio("y", "x")
    right = se_of(ratio_scores(data["y"], data["x"], data["w"]), clusters=list(data["cluster"]))
    assert found.se == pytest.approx(right, rel=1e-8)


def test_each_group_has_a_line_of_its_own() -> None:
    data = near_line(1e-8)
    data.loc[data["g"] == 1, "y"] *= 7.25
    groups = enkat.Survey(data, design=enkat.Design(weight="w")).ratio("y", "x", by="g")
    for row, g in zip(groups, (0, 1), strict=True):
        inside = (data["g"] == g).to_numpy()
        part = data[inside]
        scores = [Fraction(0)] * len(data)
        for i, score in zip(np.flatnonzero(inside), ratio_scores(part["y"], part["x"], part["w"]), strict=True):
            scores[i] = score
        assert row.se == pytest.approx(se_of(scores), rel=1e-8)
        assert row.estimate == pytest.approx(2 if g == 0 else 14.5, rel=1e-8)


def correlation_se(x: Numbers, y: Numbers, w: Numbers) -> float:
    """By the scores of three second moments, in 60 digits: nothing is left of them in 16."""
    with localcontext(prec=60):
        dx, dy, dw = ([Decimal(float(v)) for v in column] for column in (x, y, w))
        total = sum(dw)
        mean_x = sum(a * b for a, b in zip(dw, dx, strict=True)) / total
        mean_y = sum(a * b for a, b in zip(dw, dy, strict=True)) / total
        cx, cy = [v - mean_x for v in dx], [v - mean_y for v in dy]
        xx = sum(c * a * a for a, c in zip(cx, dw, strict=True)) / total
        yy = sum(c * b * b for b, c in zip(cy, dw, strict=True)) / total
        xy = sum(c * a * b for a, b, c in zip(cx, cy, dw, strict=True)) / total
        scale = (xx * yy).sqrt()
        r = xy / scale
        scores = [
            c * (a * b / scale - r / 2 * (a * a / xx + b * b / yy)) / total for a, b, c in zip(cx, cy, dw, strict=True)
        ]
        n, mean = len(scores), sum(scores) / len(scores)
        return float((n * sum((s - mean) ** 2 for s in scores) / (n - 1)).sqrt())


@pytest.mark.parametrize("offset", [0, 100])
@pytest.mark.parametrize("noise", NOISE[:4])
def test_a_correlation_of_nearly_one(noise: float, offset: float) -> None:
    data = near_line(noise, offset=offset)
    survey = enkat.Survey(data, design=enkat.Design(weight="w"))
    right = correlation_se(data["x"], data["y"], data["w"])
    # Of numbers around 100 that lie 1e-8 from a line, the distances themselves have eight digits.
    assert survey.correlation("x", "y").se == pytest.approx(right, rel=1e-6 if offset and noise < 1e-6 else 1e-8)
    assert survey.correlation("y", "x").se == pytest.approx(right, rel=1e-6 if offset and noise < 1e-6 else 1e-8)


def test_an_exact_line_has_no_uncertainty() -> None:
    data = pd.DataFrame({"x": [1.0, 2, 4, 7], "y": [-3.0, -6, -12, -21]})
    survey = enkat.Survey(data)
    assert (survey.ratio("y", "x").estimate, survey.ratio("y", "x").se) == (-3, 0)
    assert (survey.correlation("y", "x").estimate, survey.correlation("y", "x").se) == (-1, 0)


def alpha_se(items: list[Numbers], w: Numbers) -> float:
    with localcontext(prec=60):
        columns = [[Decimal(float(v)) for v in item] for item in items]
        columns.append([sum(row, Decimal(0)) for row in zip(*columns, strict=True)])
        dw = [Decimal(float(v)) for v in w]
        total = sum(dw)
        squares, variances = [], []
        for column in columns:
            mean = sum(a * b for a, b in zip(dw, column, strict=True)) / total
            squares.append([(v - mean) ** 2 for v in column])
            variances.append(sum(a * b for a, b in zip(dw, squares[-1], strict=True)) / total)
        k, of_sum = len(items), variances[-1]
        share = sum(variances[:-1]) / of_sum
        factor = Decimal(k) / (k - 1) / of_sum / total
        scores = [
            c * factor * (share * (squares[-1][i] - of_sum) - sum(squares[j][i] - variances[j] for j in range(k)))
            for i, c in enumerate(dw)
        ]
        n, mean = len(scores), sum(scores) / len(scores)
        return float((n * sum((s - mean) ** 2 for s in scores) / (n - 1)).sqrt())


@pytest.mark.parametrize("noise", NOISE[:4])
def test_alpha_of_items_that_hardly_differ(noise: float) -> None:
    random = np.random.default_rng(4)
    common = np.round(random.uniform(1, 7, 50), 1)
    items = {name: common + random.normal(size=50) * noise for name in ("a", "b", "c")}
    w = np.round(random.uniform(1, 4, 50), 1)
    found = enkat.Survey(pd.DataFrame({**items, "w": w}), design=enkat.Design(weight="w")).alpha(["a", "b", "c"])
    assert found.se == pytest.approx(alpha_se(list(items.values()), w), rel=1e-7)


@pytest.mark.parametrize("heavy", [1e4, 1e6, 1e8, 1e9, 1e12])
def test_a_share_and_its_complement_have_one_standard_error(heavy: float) -> None:
    w = np.r_[np.ones(5), np.full(5, heavy)]
    survey = enkat.Survey(pd.DataFrame({"w": w, "g": list("aaaaabbbbb")}), design=enkat.Design(weight="w"))
    shares = survey.proportion("g")
    right = se_of(mean_scores(np.r_[np.ones(5), np.zeros(5)], w))
    assert shares["a"].se == pytest.approx(right, rel=1e-12)
    assert shares["b"].se == pytest.approx(right, rel=1e-12)
    assert shares["a"].deff == pytest.approx(shares["b"].deff, rel=1e-12)


@pytest.mark.parametrize("heavy", [1e3, 1e6, 1e9])
def test_kappa_where_hardly_any_weight_disagrees(heavy: float) -> None:
    first, second = list("aaabbbab"), list("aabbbabb")
    w = np.where(np.array(first) == np.array(second), heavy, 1.0)
    fw = exact(w)
    total = sum(fw, Fraction(0))
    joint = {(i, j): Fraction(0) for i in "ab" for j in "ab"}
    for i, j, weight in zip(first, second, fw, strict=True):
        joint[i, j] += weight / total
    row = {i: joint[i, "a"] + joint[i, "b"] for i in "ab"}
    column = {j: joint["a", j] + joint["b", j] for j in "ab"}
    seen = joint["a", "a"] + joint["b", "b"]
    chance = row["a"] * column["a"] + row["b"] * column["b"]
    slope = {(i, j): (i == j) / (1 - chance) - (1 - seen) / (1 - chance) ** 2 * (column[i] + row[j]) for i, j in joint}
    level = sum(slope[cell] * joint[cell] for cell in joint)
    scores = [w_i * (slope[i, j] - level) / total for i, j, w_i in zip(first, second, fw, strict=True)]
    survey = enkat.Survey(pd.DataFrame({"f": first, "s": second, "w": w}), design=enkat.Design(weight="w"))
    assert survey.kappa("f", "s").se == pytest.approx(se_of(scores), rel=1e-8)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("spread", [1, 1e-3, 1e-6, 1e-9])
def test_a_mean_whose_strata_are_far_apart(spread: float, weighted: bool) -> None:
    random = np.random.default_rng(2)
    strata = np.repeat([0, 1, 2], 20)
    y = strata * 1000.0 + random.normal(size=60) * spread
    w = np.round(random.uniform(1, 3, 60), 3) if weighted else np.ones(60)
    data = pd.DataFrame({"y": y, "h": strata, "w": w})
    found = enkat.Survey(data, design=enkat.Design(weight="w", strata="h")).mean("y")
    assert found.se == pytest.approx(se_of(mean_scores(y, w), strata=list(strata)), rel=1e-8)


def test_what_is_the_same_within_every_stratum_has_no_uncertainty() -> None:
    data = pd.DataFrame({"h": ["n", "n", "s", "s", "s"], "y": [1e6, 1e6, 3.1, 3.1, 3.1]})
    survey = enkat.Survey(data, design=enkat.Design(strata="h"))
    assert survey.mean("y").se == 0
    assert [row.se for row in survey.proportion("h")] == [0, 0]


def test_covariances_of_shares_are_right_as_well() -> None:
    w = np.r_[np.ones(5), np.full(5, 1e8)]
    survey = enkat.Survey(pd.DataFrame({"w": w, "g": list("aaaaabbbbb")}), design=enkat.Design(weight="w"))
    shares = survey.proportion("g")
    covariance = shares.covariance
    assert covariance[0][1] == pytest.approx(-(shares["a"].se ** 2), rel=1e-8)


def beside_a_line() -> enkat.Survey:
    """57 people anywhere, and three for whom y is a tenth of x, z makes up for it, and items are rounded tenths."""
    random = np.random.default_rng(3)
    x, y = random.gamma(3, 200, 60).round(2), random.gamma(2, 90, 60).round(2)
    y[57:] = 0.1 * x[57:]
    items = {f"i{k}": random.normal(3, 2, 60) for k in range(3)}
    items["i2"][57:] = 0.3 - items["i0"][57:] - items["i1"][57:]
    group = ["any"] * 57 + ["line"] * 3
    people = {"x": x, "y": y, "g": group, "w": random.uniform(1, 9, 60), **items}
    return enkat.Survey(pd.DataFrame(people), design=enkat.Design(weight="w"))


def test_a_group_on_a_line_leaves_the_others_their_digits() -> None:
    """Its residuals are rounding, 1e-15 of the others': they are nothing, and no reason to refuse the table."""
    survey = beside_a_line()
    others = survey.where(g="any")
    for make in (lambda s, **by: s.correlation("y", "x", **by), lambda s, **by: s.ratio("y", "x", **by)):
        table, alone = make(survey, by="g"), make(others)
        assert table["any"].estimate == pytest.approx(alone.estimate, rel=1e-12)
        assert table["any"].se == pytest.approx(alone.se, rel=1e-11)
    on_the_line = survey.correlation("y", "x", by="g")["line"]
    assert on_the_line.estimate == pytest.approx(1, rel=1e-15)
    assert on_the_line.se == pytest.approx(0, abs=1e-12)
    ratio = survey.ratio("y", "x", by="g")["line"]
    assert ratio.estimate == pytest.approx(0.1, rel=1e-15)
    assert ratio.se == pytest.approx(0, abs=1e-15)


def test_a_group_whose_sum_of_items_does_not_vary_has_no_alpha_and_the_others_theirs() -> None:
    survey = beside_a_line()
    items = ["i0", "i1", "i2"]
    table = survey.alpha(items, by="g")
    assert table["any"].estimate == pytest.approx(survey.where(g="any").alpha(items).estimate, rel=1e-12)
    assert (table["line"].estimate, table["line"].note) == (None, "estimate.undefined")


def test_numbers_that_differ_in_their_last_bit_are_one_beside_large_ones() -> None:
    people = pd.DataFrame({"y": [0.3, 0.1 + 0.2, 0.3, 1e9, 2e9, 5e9], "g": ["a"] * 3 + ["b"] * 3})
    table = enkat.Survey(people).mean("y", by="g")
    assert table["a"].estimate == pytest.approx(0.3, rel=1e-15)
    assert table["a"].se == pytest.approx(0, abs=1e-15)
    spread = np.std([1e9, 2e9, 5e9]) / 3**0.5  # of three of six rows: those of the other group count as zeros
    assert table["b"].se == pytest.approx((6 / 5) ** 0.5 * spread, rel=1e-12)
