"""Weights brought to known totals: the figures of R survey, every kind of totals, and what is refused."""

from collections.abc import Callable

import numpy
import pandas
import pytest

import enkat
from design.twelve import DATA, SECTOR, SEX, survey

RAKED = [2.54649475526274, 3.84198227906745, 2.46383741257344, 1.23909145542744, 2.54649475526274, 2.46383741257344]
REGRESSED = [2.142516023627, 3.11574714088224, 2.142516023627, 1.19492270956391, 2.45519668216665, 2.29885635289682]
TOTALS = {"(Intercept)": 40, "sectory": 22, "cases": 110}


def figures(survey: enkat.Survey) -> list[float | None]:
    mean = survey.mean("hours")
    return [mean.estimate, mean.se]


def test_poststratified_means_are_those_of_r() -> None:
    post = survey().poststratify(sector=SECTOR)
    assert figures(post) == pytest.approx([5.72248803827751, 0.362015496851668], rel=1e-8)


def test_raked_weights_and_means_are_those_of_r() -> None:
    raked = survey().rake(sector=SECTOR, sex=SEX)
    assert raked.weights[:6] == pytest.approx(RAKED, rel=1e-6)
    assert figures(raked) == pytest.approx([5.71801834287305, 0.35532569256152], rel=1e-6)


def test_weights_calibrated_to_a_number_and_a_category_are_those_of_r() -> None:
    calibrated = survey().calibrate("~ sector + cases", TOTALS)
    assert calibrated.weights[:6] == pytest.approx(REGRESSED, rel=1e-8)
    assert figures(calibrated) == pytest.approx([5.7962925725776, 0.234574867694509], rel=1e-8)


def test_logit_keeps_factors_within_bounds_and_agrees_with_r() -> None:
    calibrated = survey().calibrate("~ sector", {"(Intercept)": 40, "sectory": 24}, method="logit", bounds=(0.5, 2))
    factors = calibrated.weights / DATA["w"]
    assert factors.min() > 0.5 and factors.max() < 2
    assert figures(calibrated) == pytest.approx([5.89473684210526, 0.376216071876777], rel=1e-6)


def test_totals_that_were_given_have_no_standard_error() -> None:
    shares = survey().poststratify(sector=SECTOR).proportion("sector")
    assert shares.column("estimate") == pytest.approx([20 / 44, 24 / 44])
    assert shares.column("se") == pytest.approx([0, 0], abs=1e-12)


def test_the_survey_before_calibration_is_unchanged() -> None:
    before = survey()
    before.rake(sector=SECTOR, sex=SEX)
    assert before.weights.tolist() == DATA["w"].tolist()


@pytest.mark.parametrize(
    "calibrate",
    [
        lambda s: s.poststratify({"sector": SECTOR}),
        lambda s: s.poststratify(sector=pd_series(SECTOR)),
        lambda s: s.poststratify(sector={level: numpy.float64(size) for level, size in SECTOR.items()}),
        lambda s: s.rake(sector=SECTOR),
        lambda s: s.calibrate("~ sector", totals={"sector": SECTOR}, method="raking", bounds=None),
        lambda s: s.calibrate("~ sector", {"sector": pd_series(SECTOR)}, bounds=[0.1, 10]),
        lambda s: s.calibrate("~ 0 + sector", {"sector": SECTOR}),
        lambda s: s.calibrate("~ sector", {"(Intercept)": numpy.int64(44), "sectory": numpy.float32(24)}),
        lambda s: s.calibrate("~ sector", pd_series({"(Intercept)": 44, "sectory": 24})),
    ],
)
def test_the_same_totals_give_the_same_weights_however_they_are_written(
    calibrate: Callable[[enkat.Survey], enkat.Survey],
) -> None:
    assert calibrate(survey()).weights == pytest.approx(survey().poststratify(sector=SECTOR).weights, rel=1e-12)


def pd_series(sizes: dict[str, int]) -> "pandas.Series[int]":
    return pandas.Series(sizes)


@pytest.mark.parametrize("column", [("region", "sex"), "region:sex"])
@pytest.mark.parametrize("joined", [True, False])
def test_crossed_margins_are_written_as_tuples_or_with_colons(column: object, joined: bool) -> None:
    sizes = {("north", "k"): 9, ("north", "m"): 8, ("south", "k"): 12, ("south", "m"): 14}
    margin = {":".join(levels): size for levels, size in sizes.items()} if joined else sizes
    crossed = survey().poststratify({column: margin})  # type: ignore[dict-item]
    sums = DATA.assign(w=crossed.weights).groupby(["region", "sex"])["w"].sum()
    assert sums.to_dict() == pytest.approx(sizes)


@pytest.mark.parametrize("codes", [[1, 2], [1.0, 2.0], [True, False], numpy.array([1, 2])])
def test_values_that_are_numbers_are_named_as_numbers(codes: list[object]) -> None:
    coded = survey(code=[codes[0], codes[1]] * 6)
    assert coded.poststratify(code={codes[0]: 20, codes[1]: 24}).weights.sum() == pytest.approx(44)


def test_members_of_a_household_get_one_factor() -> None:
    weights = survey(w=2).calibrate("~ sector", {"sector": SECTOR}, household="workplace").weights
    assert weights[::2] == pytest.approx(weights[1::2])
    assert weights.sum() == pytest.approx(44)


def test_totals_that_are_estimates_add_their_own_variance() -> None:
    known = survey().calibrate("~ sector", {"sector": SECTOR})
    estimated = survey().calibrate("~ sector", {"sector": SECTOR}, covariance=numpy.diag([4.0, 9.0]))
    assert estimated.weights.tolist() == known.weights.tolist()
    assert estimated.total("hours").se > known.total("hours").se  # type: ignore[operator]
    assert estimated.proportion("sector", answer="x").column("se")[0] > 0


def test_negative_weights_are_returned_and_said() -> None:
    calibrated = survey().calibrate("~ cases", {"(Intercept)": 35, "cases": 165})
    assert (calibrated.weights < 0).any()
    assert any("negative" in note for note in calibrated.notes)
    assert "negative" in calibrated.mean("hours").note


REFUSED: dict[str, tuple[Callable[[enkat.Survey], object], str, str]] = {
    "bounds that cannot be met": (
        lambda s: s.calibrate("~ sector", {"sector": {"x": 2, "y": 90}}, bounds=(0.9, 1.1)),
        "calibrate.not_converged",
        "widen the bounds",
    ),
    "a total without a term": (
        lambda s: s.calibrate("~ sector", {"sector": SECTOR, "cases": 5}),
        "calibrate.unknown_total",
        "cases",
    ),
    "a term without a total": (
        lambda s: s.calibrate("~ sector + cases", {"sector": SECTOR}),
        "calibrate.total_missing",
        "cases",
    ),
    "logit without bounds": (
        lambda s: s.calibrate("~ sector", {"sector": SECTOR}, method="logit"),
        "calibrate.bounds",
        "two finite bounds",
    ),
    "bounds that leave out 1": (
        lambda s: s.calibrate("~ sector", {"sector": SECTOR}, bounds=(1.1, 2)),
        "calibrate.bounds",
        "one below and one above 1",
    ),
    "an unknown method": (
        lambda s: s.calibrate("~ sector", {"sector": SECTOR}, method="lineer"),  # type: ignore[arg-type]
        "calibrate.method",
        "'linear'",
    ),
    "margins that disagree": (
        lambda s: s.rake(sector=SECTOR, sex={"k": 30, "m": 30}),
        "calibrate.totals_disagree",
        "make them agree",
    ),
    "a level nobody is in": (
        lambda s: s.poststratify(sector={**SECTOR, "z": 3}),
        "calibrate.empty_cell",
        "merge the level",
    ),
    "a level without a total": (lambda s: s.poststratify(sector={"x": 20}), "calibrate.empty_cell", "give it"),
    "a negative total": (lambda s: s.poststratify(sector={"x": -1, "y": 2}), "calibrate.total_negative", "negative"),
    "a total of nobody": (lambda s: s.poststratify(sector={"x": 0, "y": 2}), "calibrate.total_zero", "correct it"),
    "a total that is no number": (
        lambda s: s.poststratify(sector={"x": numpy.nan, "y": 2}),
        "calibrate.total_not_finite",
        "finite",
    ),
    "several margins to poststratify": (
        lambda s: s.poststratify(sector=SECTOR, sex=SEX),
        "calibrate.one_margin",
        "rake()",
    ),
    "a domain": (lambda s: s.where(sex="k").rake(sector=SECTOR), "calibrate.domain", "before where()"),
    "weights calibrated already": (
        lambda s: s.rake(sector=SECTOR).rake(sex=SEX),
        "calibrate.twice",
        "all totals in one call",
    ),
    "an unknown column": (lambda s: s.rake(sektor=SECTOR), "data.unknown_column", "'sector'"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_met_is_refused_with_what_to_do(case: str) -> None:
    call, code, advice = REFUSED[case]
    with pytest.raises(enkat.EnkatError) as error:
        call(survey())
    assert error.value.code == code
    assert advice in str(error.value)
    assert "secret" not in str(error.value)


USAGE: dict[str, tuple[Callable[[enkat.Survey], object], str]] = {
    "no margin": (lambda s: s.rake(), "usage.margins"),
    "a margin given twice": (lambda s: s.rake({"sector": SECTOR}, sector=SECTOR), "usage.margins"),
    "a margin that is a number": (lambda s: s.rake(sector=5), "usage.totals"),  # type: ignore[arg-type]
    "a size that is a text": (lambda s: s.rake(sector={"x": "20", "y": 24}), "usage.totals"),  # type: ignore[dict-item]
    "a value given twice": (lambda s: s.rake(sector={1: 5, "1": 6}), "usage.totals"),
    "no totals": (lambda s: s.calibrate("~ sector", None), "usage.totals"),
    "no formula": (lambda s: s.calibrate("sector +* 2", {"sector": SECTOR}), "usage.formula"),
    "a formula with a left side": (lambda s: s.calibrate("hours ~ sector", {"sector": SECTOR}), "usage.formula"),
    "a formula of two parts": (lambda s: s.calibrate("~ sector | hours", {"sector": SECTOR}), "usage.formula"),
    "all other variables": (lambda s: s.calibrate("~ .", {"sector": SECTOR}), "usage.formula"),
    "a power without end": (lambda s: s.calibrate("~ (sector + hours) ** 99999", {"sector": SECTOR}), "usage.formula"),
    "a power of a power": (
        lambda s: s.calibrate("~ ((sector + hours) ** 9) ** 9", {"sector": SECTOR}),
        "usage.formula",
    ),
    "a power that is none": (lambda s: s.calibrate("~ sector ** hours", {"sector": SECTOR}), "usage.formula"),
    "crossings of all with all": (
        lambda s: s.calibrate("~ " + "*".join("abcdefghijklmnop"), {"sector": SECTOR}),
        "usage.formula",
    ),
    "Python in the formula": (
        lambda s: s.calibrate("~ __import__('os').getcwd()", {"sector": SECTOR}),
        "usage.formula",
    ),
    "a function in the formula": (lambda s: s.calibrate("~ log(hours)", {"log(hours)": 3}), "usage.formula"),
    "one bound": (lambda s: s.calibrate("~ sector", {"sector": SECTOR}, bounds=2), "usage.bounds"),
    "a covariance of another size": (
        lambda s: s.calibrate("~ sector", {"sector": SECTOR}, covariance=[[1]]),
        "usage.covariance",
    ),
    "an unknown keyword": (lambda s: s.calibrate("~ sector", {"sector": SECTOR}, bound=(0, 2)), "usage.unknown"),
}


@pytest.mark.parametrize("case", USAGE)
def test_a_call_that_is_wrong_is_a_usage_error(case: str) -> None:
    call, code = USAGE[case]
    with pytest.raises(enkat.UsageError) as error:
        call(survey())
    assert error.value.code == code


def test_a_calibration_after_replication_is_applied_to_every_replicate() -> None:
    raked = survey().replicate("JKn").rake(sector=SECTOR, sex=SEX)
    assert raked.mean("hours").estimate == pytest.approx(5.71801834287305, rel=1e-6)
    assert raked.proportion("sector").column("se") == pytest.approx([0, 0], abs=1e-8)


def test_a_design_may_be_given_as_weights_alone() -> None:
    assert figures(survey(enkat.Design(weight="w")).poststratify(sector=SECTOR))[0] == pytest.approx(5.72248803827751)


def expanded(population: float) -> pandas.DataFrame:
    """Two groups whose weights add up to a large population."""
    random = numpy.random.default_rng(1)
    w = numpy.exp(random.normal(0, 0.7, 200))
    return pandas.DataFrame(
        {"y": random.normal(50, 10, 200), "g": random.choice(["a", "b"], 200), "w": w * population / w.sum()}
    )


SHARES = {"g": {"a": 0.48, "b": 0.52}}


@pytest.mark.parametrize("population", [1e3, 3.3e8, 1e15])
@pytest.mark.parametrize("method", ["linear", "raking", "poststratify", "rake"])
def test_expansion_weights_may_be_calibrated_to_shares(method: str, population: float) -> None:
    data = expanded(population)
    survey = enkat.Survey(data, design=enkat.Design(weight="w"))
    if method in ("linear", "raking"):
        after = survey.calibrate("~ g", SHARES, method=method)  # type: ignore[arg-type]
    else:
        after = getattr(survey, method)(SHARES)
    by_hand = sum(SHARES["g"][g] * numpy.average(rows["y"], weights=rows["w"]) for g, rows in data.groupby("g"))
    assert after.weights.sum() == pytest.approx(1, rel=1e-12)
    assert after.mean("y").estimate == pytest.approx(by_hand, rel=1e-12)


def test_weights_that_the_excess_moves_out_of_the_bounds_are_told() -> None:
    weights = [1.0] * 6 + [2.8, 2.9, 10.0]
    survey = enkat.Survey(pandas.DataFrame({"y": range(9), "w": weights}), design=enkat.Design(weight="w"))
    once = survey.trim(3)
    assert once.weights.max() == pytest.approx(2.9 + 7 / 8)
    assert any("moved 2 of them out of the bounds" in note for note in once.notes)
    assert not any("out of the bounds" in note for note in survey.trim(4).notes)


CROSSED = pandas.DataFrame({"a": ["x:y", "x"] * 3, "b": ["z", "y:z"] * 3, "v": [1.0, 10.0] * 3})
CELLS = {("x:y", "z"): 100, ("x", "y:z"): 300}
ON_CELLS: dict[str, Callable[[enkat.Survey], float | None]] = {
    "poststratify": lambda s: s.poststratify({("a", "b"): CELLS}).mean("v").estimate,
    "rake": lambda s: s.rake({"a:b": CELLS}).mean("v").estimate,
    "calibrate": lambda s: s.calibrate("~ 0 + a:b", {("a", "b"): CELLS}).mean("v").estimate,
    "a covariance": lambda s: s.calibrate("~ 0 + a:b", {"a:b": CELLS}, covariance=numpy.eye(2)).mean("v").estimate,
    "a pandas Series": lambda s: s.rake({"a:b": pandas.Series(CELLS)}).mean("v").estimate,
    "standardized_mean": lambda s: s.standardized_mean("v", {("a", "b"): CELLS}).estimate,
}


@pytest.mark.parametrize("call", ON_CELLS.values(), ids=ON_CELLS.keys())
def test_cells_given_as_tuples_are_told_apart_where_labels_have_colons(
    call: Callable[[enkat.Survey], float | None],
) -> None:
    assert call(enkat.Survey(CROSSED)) == pytest.approx((1.0 * 100 + 10.0 * 300) / 400)
    renamed = CROSSED.rename(columns={"a": "q:r", "b": "s"})
    if call is ON_CELLS["poststratify"]:
        margins = {("q:r", "s"): CELLS}
        assert enkat.Survey(renamed).poststratify(margins).mean("v").estimate == pytest.approx(7.75)


def test_a_text_that_may_be_two_cells_is_refused() -> None:
    survey, totals = enkat.Survey(CROSSED), {"a:b": {"x:y:z": 400}}
    for call in (lambda: survey.rake(totals), lambda: survey.calibrate("~ 0 + a:b", totals)):
        with pytest.raises(enkat.DesignError, match="tuple") as error:
            call()
        assert error.value.code == "calibrate.ambiguous_total"
    with pytest.raises(enkat.UsageError, match="tuple"):
        enkat.Survey(CROSSED).standardized_mean("v", {"a:b": {"x:y:z": 400}})


def test_balance_finds_the_target_of_its_own_column() -> None:
    rows = enkat.Survey(CROSSED).rake({("a", "b"): CELLS}).balance([("a", "b"), "v"])
    cells = [row for row in rows if row["target"]]
    assert sorted(row["target"] for row in cells) == pytest.approx([0.25, 0.75])
    assert [row["after"] for row in cells] == pytest.approx([row["target"] for row in cells])
    alike = pandas.DataFrame({"a": ["x", "y"] * 2, "a:x": ["p", "p", "q", "q"], "v": [1.0, 2.0, 3.0, 4.0]})
    survey = enkat.Survey(alike).poststratify({"a:x": {"p": 10, "q": 30}})
    assert [row["target"] for row in survey.balance("a:x")] == [0.25, 0.75]


ODD_NAMES = ["Age group (years)", "Q1: sex", "x`y", "2nd", "a.b", "1", "True", "if", " x ", "a|b", "np.log", "å\nä"]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_any_name_of_a_column_can_be_written_in_backticks(name: str) -> None:
    quoted = "`" + name.replace("`", "``") + "`"
    named = survey(**{name: DATA["sector"]})
    crossed = {(x, y): 44 / 4 for x in "xy" for y in "km"}
    calibrated = named.calibrate(f"~ {quoted} + cases", {"(Intercept)": 44, name: SECTOR, "cases": 110})
    plain = survey().calibrate("~ sector + cases", {"(Intercept)": 44, "sector": SECTOR, "cases": 110})
    assert figures(calibrated) == pytest.approx(figures(plain))
    both = named.calibrate(f"~ 0 + {quoted}:sex", {(name, "sex"): crossed})
    assert figures(both) == pytest.approx(figures(survey().poststratify({("sector", "sex"): crossed})))
    rows = [list(row.values())[1:] for row in survey().balance("sector:sex")]
    for way in (f"{quoted}:sex", [(name, "sex")], [f"{quoted}:`sex`"]):
        assert [list(row.values())[1:] for row in named.balance(way)] == rows
    assert [row["after"] for row in named.balance(quoted)] == [row["after"] for row in named.balance([name])]


def test_a_column_with_backticks_in_its_name_is_itself() -> None:
    assert len(survey(**{"`sex`": DATA["sector"]}).balance("`sex`")) == 2
    with pytest.raises(enkat.UsageError, match="`Q1: sex`"):
        survey(**{"Q1: sex": DATA["sector"]}).calibrate("~ log(`Q1: sex`)", {"(Intercept)": 44})
