"""Variances from replicates: made from the sample, or supplied with it."""

from collections.abc import Callable
from typing import Any

import numpy
import pandas
import pytest

import enkat
from design.twelve import DATA, DESIGN, SECTOR, pairs, survey

REPLICATES = [f"r{number}" for number in range(6)]


def jackknife(**design: Any) -> enkat.Survey:
    """The JKn weights of the twelve, as columns: each replicate leaves one workplace of its region out."""
    weights = {}
    for number, name in enumerate(REPLICATES):
        region = "north" if number < 3 else "south"
        factor = numpy.where(DATA["region"] == region, 1.5, 1.0) * (DATA["workplace"] != number + 1)
        weights[name] = DATA["w"] * factor
    return survey(enkat.Design(weight="w", replicate_weights=REPLICATES, **design), **weights)


@pytest.mark.parametrize(
    ("made", "se"),
    [
        (lambda: survey().replicate("JKn"), 0.525306267431667),
        (lambda: survey(enkat.Design(weight="w", cluster="workplace")).replicate("JK1"), 0.630239723240848),
        (lambda: pairs().replicate("BRR"), 0.845371384527403),
        (lambda: pairs().replicate("Fay", rho=0.3), 0.833796227822389),
    ],
)
def test_standard_errors_from_replicates_are_those_of_r(made: Callable[[], enkat.Survey], se: float) -> None:
    assert made().mean("hours").se == pytest.approx(se, rel=1e-8)


def test_supplied_weights_give_what_made_replicates_give() -> None:
    supplied = jackknife(method="JKn", rscales=[2 / 3] * 6)
    assert supplied.mean("hours").se == pytest.approx(survey().replicate("JKn").mean("hours").se)
    other = jackknife(method="other", scale=2 / 3)
    assert other.mean("hours").se == pytest.approx(supplied.mean("hours").se)


def test_factors_multiply_the_weight_when_they_are_not_combined() -> None:
    factors = {name: (DATA["workplace"] != number + 1) * 1.2 for number, name in enumerate(REPLICATES)}
    design = {"weight": "w", "replicate_weights": REPLICATES, "method": "JK1"}
    multiplied = {name: factor * DATA["w"] for name, factor in factors.items()}
    apart = survey(enkat.Design(**design, combined=False), **factors)
    combined = survey(enkat.Design(**design, combined=True, mse=True), **multiplied)
    assert apart.total("hours").se == pytest.approx(combined.total("hours").se)


def test_fay_divides_by_the_squared_distance_from_1() -> None:
    brr, fay = jackknife(method="BRR"), jackknife(method="Fay", rho=0.3)
    assert fay.total("hours").se == pytest.approx(brr.total("hours").se / 0.7)  # type: ignore[operator]


def test_centring_at_the_mean_of_replicates_never_gives_more() -> None:
    around_estimate, around_mean = jackknife(method="BRR"), jackknife(method="BRR", mse=False)
    assert around_mean.mean("hours").se < around_estimate.mean("hours").se  # type: ignore[operator]


def test_degrees_of_freedom_are_the_rank_of_the_replicate_weights_less_1() -> None:
    assert jackknife(method="JKn", rscales=[2 / 3] * 6).mean("hours").df == 5 - 1


def test_a_seed_gives_the_same_bootstrap_again() -> None:
    one, again, other = (survey().replicate("bootstrap", replicates=50, seed=seed) for seed in (1, 1, 2))
    assert one.mean("hours").se == again.mean("hours").se != other.mean("hours").se


def test_the_bootstrap_comes_near_the_linearised_standard_error() -> None:
    drawn = survey().replicate("bootstrap", replicates=2000, seed=1)
    assert drawn.mean("hours").se == pytest.approx(0.526277426866434, rel=0.1)


def test_counts_may_be_of_numpy() -> None:
    drawn = survey().replicate("bootstrap", replicates=numpy.int64(20), seed=numpy.uint8(1))  # type: ignore[arg-type]
    assert drawn.mean("hours").se == survey().replicate("bootstrap", replicates=20, seed=1).mean("hours").se


MADE: dict[str, tuple[Callable[[], object], str, str]] = {
    "JK1 of strata": (lambda: survey().replicate("JK1"), "replicates.jk1_stratified", "take JKn"),
    "BRR of three PSUs": (lambda: survey().replicate("BRR"), "replicates.not_two_psus", "take JKn or the bootstrap"),
    "Fay without rho": (lambda: pairs().replicate("Fay"), "usage.rho", "needs rho"),
    "rho without Fay": (lambda: pairs().replicate("BRR", rho=0.3), "replicates.rho", "'Fay'"),
    "Fay with rho 1": (lambda: pairs().replicate("Fay", rho=1), "replicates.rho", "up to but not including 1"),
    "one bootstrap": (lambda: survey().replicate("bootstrap", replicates=1), "replicates.count", "at least 2"),
    "an unknown method": (
        lambda: survey().replicate("jackknife"),  # type: ignore[arg-type]
        "replicates.unknown_method",
        "'JKn'",
    ),
    "an unknown bootstrap": (
        lambda: survey().replicate("bootstrap", bootstrap="rao"),  # type: ignore[arg-type]
        "replicates.unknown_bootstrap",
        "'rao-wu'",
    ),
    "replicates of replicates": (
        lambda: survey().replicate("JKn").replicate("JKn"),
        "replicates.exist",
        "start from the survey without",
    ),
    "a number of jackknives": (lambda: survey().replicate("JKn", replicates=5), "usage.replicates", "bootstrap"),
    "a negative seed": (lambda: survey().replicate("bootstrap", seed=-1), "usage.seed", "0 or more"),
    "half a replicate": (
        lambda: survey().replicate("bootstrap", replicates=2.5),  # type: ignore[arg-type]
        "usage.replicates",
        "whole number",
    ),
    "trimmed replicates": (lambda: survey().replicate("JKn").trim(4), "trim.replicates", "trim"),
}


@pytest.mark.parametrize("case", MADE)
def test_replicates_that_do_not_fit_the_sample_are_refused(case: str) -> None:
    call, code, advice = MADE[case]
    with pytest.raises(enkat.EnkatError) as error:
        call()
    assert error.value.code == code
    assert advice in str(error.value)
    assert "secret" not in str(error.value)


SUPPLIED: dict[str, tuple[dict[str, Any], str, str]] = {
    "rho without Fay": ({"method": "BRR", "rho": 0.3}, "design.replicate_rho", "method='Fay'"),
    "Fay without rho": ({"method": "Fay"}, "design.replicate_rho", "needs rho"),
    "no method": ({}, "design.replicate_method", "say how"),
    "an unknown method": ({"method": "brr"}, "design.unknown_replicate_method", "'BRR'"),
    "JKn without factors": ({"method": "JKn"}, "design.replicate_rscales", "needs rscales"),
    "other without a scale": ({"method": "other"}, "design.replicate_scale", "needs scale"),
    "a scale that is a text": ({"method": "other", "scale": "1"}, "design.wrong_type", "number"),
    "a scale that is not finite": ({"method": "other", "scale": numpy.inf}, "usage.scale", "finite"),
}


@pytest.mark.parametrize("case", SUPPLIED)
def test_supplied_weights_without_what_they_need_are_refused(case: str) -> None:
    design, code, advice = SUPPLIED[case]
    with pytest.raises(enkat.EnkatError) as error:
        jackknife(**design)
    assert error.value.code == code
    assert advice in str(error.value)


def test_replicate_options_without_replicate_weights_are_refused() -> None:
    with pytest.raises(enkat.UsageError, match=r"survey.replicate\(\)") as error:
        survey(enkat.Design(weight="w", method="BRR"))
    assert error.value.code == "design.replicate_option"


def test_one_replicate_is_too_few() -> None:
    with pytest.raises(enkat.DesignError, match="at least 2") as error:
        survey(enkat.Design(weight="w", replicate_weights=["r"], method="JK1"), r=1.0)
    assert error.value.code == "design.replicate_too_few"


def test_replicates_of_a_raked_survey_are_raked_too() -> None:
    raked = survey().rake(sector=SECTOR).replicate("JKn")
    assert raked.proportion("sector").column("se") == pytest.approx([0, 0], abs=1e-8)
    assert repr(DESIGN) in repr(raked)


def test_negative_replicate_weights_are_used_as_r_uses_them() -> None:
    factors = [1 + (((DATA["w"] * (r + 2) + numpy.arange(12) * (r + 1)) % 5) - 2) / 4 for r in range(6)]
    weights = {name: DATA["w"] * factor for name, factor in zip(REPLICATES, factors, strict=True)}
    weights["r1"] = weights["r1"].where(numpy.arange(12) != 3, -2)
    weights["r4"] = weights["r4"].where(numpy.arange(12) != 0, -1)
    acs = survey(enkat.Design(weight="w", replicate_weights=REPLICATES, method="SDR"), **weights)
    assert any("2 replicate weights are negative" in note for note in acs.notes)
    mean = acs.mean("hours")
    assert [mean.estimate, mean.se, mean.df] == pytest.approx([5.714285714286, 0.672549568270356, 4])
    by_region = acs.mean("hours", by="region").column("se")
    assert by_region == pytest.approx([0.861706679470136, 0.706536342285083])
    assert acs.total("hours").se == pytest.approx(78.39589700148)
    assert acs.proportion("sector").column("se") == pytest.approx([0.160818150761853] * 2)


def test_negative_weights_of_rows_are_still_refused() -> None:
    with pytest.raises(enkat.DesignError) as error:
        survey(w=DATA["w"].where(numpy.arange(12) != 3, -1))
    assert error.value.code == "design.weight_negative"


@pytest.mark.parametrize(
    ("mean", "spread", "digits"),
    [(100, 1, 1e-12), (1000, 1, 1e-10), (10_000, 1, 1e-8), (30_000, 1, 1e-7), (2_460_000, 60, 1e-7)],
)
def test_linear_replicates_on_numbers_far_from_0_keep_their_digits(mean: float, spread: float, digits: float) -> None:
    """Against the normal equations of each replicate about the mean of x. Julian days are the last of them."""
    random = numpy.random.default_rng(1)
    n, psus = 600, 40
    psu, w, e = numpy.arange(n) % psus, random.gamma(4, 1, n), random.normal(size=n)
    y = 3 * e + random.normal(size=n)
    people, total = pandas.DataFrame({"psu": psu, "w": w, "x": mean + spread * e, "y": y}), 1.1 * w.sum()
    centred = numpy.column_stack([numpy.ones(n), people["x"] - mean])
    known = 1.1 * float(w @ people["x"]) + 0.3 * spread * float(w.sum())

    def mean_by(d: Any) -> float:
        matrix, short = centred.T @ (d[:, None] * centred), numpy.array([total, known - total * mean]) - centred.T @ d
        weight = d * (1 + centred @ numpy.linalg.solve(matrix, short))
        return float(weight @ y / weight.sum())

    left_out = [mean_by(numpy.where(psu == one, 0, w * psus / (psus - 1))) for one in range(psus)]
    expected = ((psus - 1) / psus * sum((one - mean_by(w)) ** 2 for one in left_out)) ** 0.5
    survey = enkat.Survey(people, design=enkat.Design(weight="w", cluster="psu"))
    for made in (
        survey.calibrate("~ x", {"(Intercept)": total, "x": known}).replicate("JK1"),
        survey.replicate("JK1").calibrate("~ x", {"(Intercept)": total, "x": known}),
    ):
        assert made.mean("y").se == pytest.approx(expected, rel=digits)
