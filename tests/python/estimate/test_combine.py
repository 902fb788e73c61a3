"""Imputations combined into one estimate: figures from R survey's estimates of each and the formulas of Rubin (1987)
and Barnard & Rubin (1999), what is said of them, and what is refused."""

from collections.abc import Callable

import numpy
import pandas
import pytest

import enkat
from design.twelve import DATA, DESIGN, survey

ROWS = numpy.arange(12)
VALUES = {f"pv{i}": DATA["hours"] + ((ROWS * (i + 2)) % 5 - 2) / 4 for i in (1, 2, 3)}
YES = {
    "yes1": DATA["sector"],
    "yes2": DATA["sector"].where(ROWS != 0, "y"),
    "yes3": DATA["sector"].where(ROWS != 11, "x"),
}
IMPUTED = survey(**VALUES, **YES)
PVS = list(VALUES)


def figures(row: enkat.Estimate) -> list[float | None]:
    return [row.estimate, row.se, row.df, row.ci_low, row.ci_high]


def test_plausible_values_are_combined_as_rubin_says() -> None:
    math = IMPUTED.mean(imputed={"math": PVS})
    expected = [5.57380952380952, 0.654336163379982, 1.82718266093328, 2.48720446478024, 8.66041458283881]
    assert figures(math["math",]) == pytest.approx(expected, rel=1e-9)
    assert math["math",].note == "imputed.missing_information:0.59"
    assert math.n == 12
    assert "3 imputations are combined by Rubin's rules" in math.note
    assert "missing information is 0.59" in math.note


def test_groups_keep_their_covariance() -> None:
    math = IMPUTED.mean(imputed=PVS, by="sex")
    k = [5.47685185185185, 1.242856691324239, 1.86853537771511, -0.247963586221246, 11.2016672899250]
    m = [5.67647058823529, 0.839408259893419, 1.45381217477159, 0.395080860243838, 10.9578603162267]
    assert figures(math["k"]) == pytest.approx(k, rel=1e-9)
    assert figures(math["m"]) == pytest.approx(m, rel=1e-9)
    covariance = [[1.544692755169435, -0.285883856992325], [-0.285883856992325, 0.704606226777297]]
    assert math.covariance == pytest.approx(numpy.array(covariance), rel=1e-9)
    difference = math.contrast("k - m")
    assert difference.se == pytest.approx((1.544692755169435 + 0.704606226777297 + 2 * 0.285883856992325) ** 0.5)
    assert [row.variable for row in math] == ["pv1…pv3"] * 2


def test_shares_keep_an_interval_of_shares() -> None:
    share = IMPUTED.proportion(imputed=list(YES), answer="x")
    expected = [0.476190476190476, 0.185291337678247, 1.84892056128966, 0.0277781765777942, 0.9665833396581086]
    assert figures(share["x"]) == pytest.approx(expected, rel=1e-8)


def test_tables_of_imputed_data_sets_give_what_columns_give() -> None:
    each = [survey(math=VALUES[pv]).mean("math", by="sex") for pv in PVS]
    combined, columns = enkat.combine(each), IMPUTED.mean(imputed={"math": PVS}, by="sex")
    assert combined.to_pandas().equals(columns.to_pandas())
    assert numpy.array_equal(combined.covariance, columns.covariance)
    assert enkat.combine(each, variable="score")["k"].variable == "score"


def test_rows_are_matched_by_what_they_are_of() -> None:
    late = DATA.assign(math=VALUES["pv2"]).iloc[::-1].reset_index(drop=True)
    late["sex"] = pandas.Categorical(late["sex"], ["m", "k"])  # the same groups in another order
    each = [survey(math=VALUES["pv1"]).mean("math", by="sex"), enkat.Survey(late, design=DESIGN).mean("math", by="sex")]
    combined = enkat.combine(each)
    for sex in "km":
        assert combined[sex].estimate == pytest.approx(numpy.mean([one[sex].estimate for one in each]))
    assert combined["k"].estimate != combined["m"].estimate


VERBS: dict[str, Callable[[enkat.Survey, list[str]], tuple[enkat.Estimates, enkat.Estimates]]] = {
    "total": lambda s, pv: (s.total(pv), s.total(imputed=pv)),
    "variance": lambda s, pv: (s.variance(pv), s.variance(imputed=pv)),
    "median": lambda s, pv: (s.quantile(pv), s.quantile(imputed=pv)),
    "distribution": lambda s, pv: (s.cdf(pv, 5.1), s.cdf(points=5.1, imputed=pv)),
}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("replicated", [False, True])
def test_every_verb_adds_the_variance_between_imputations(verb: str, replicated: bool) -> None:
    rng = numpy.random.default_rng(7)
    columns = {f"p{i}": rng.normal(5 + i / 10, 2, 200) for i in range(5)}
    sample = enkat.Survey(pandas.DataFrame(columns))
    if replicated:
        sample = sample.replicate("bootstrap", replicates=50, seed=1)
    each, one = VERBS[verb](sample, list(columns))
    estimate, se = numpy.array(each.column("estimate")), numpy.array(each.column("se"))
    assert one.estimate == pytest.approx(estimate.mean())
    assert one.se == pytest.approx(((se**2).mean() + 1.2 * estimate.var(ddof=1)) ** 0.5)


def test_imputations_that_agree_leave_the_estimate_as_it_was() -> None:
    one = survey().mean("hours", by="sex")
    combined = enkat.combine([one, one, one])
    assert combined.column("se") == pytest.approx(one.column("se"))
    assert {row.note for row in combined} == {"imputed.missing_information:0.00"}
    assert combined["k"].df == pytest.approx(3 * 4 / 6)  # Barnard & Rubin: ν(ν + 1)/(ν + 3)


def test_a_row_without_an_estimate_in_one_imputation_has_none() -> None:
    everybody, few = survey(part=DATA["sex"]), survey(part=DATA["sex"], hours=DATA["hours"].where(DATA["sex"] == "k"))
    combined = enkat.combine([everybody.mean("hours", by="part"), few.mean("hours", by="part")])
    assert combined["m"].estimate is None and "estimate.empty_domain" in combined["m"].note
    assert combined["k"].se == pytest.approx(everybody.mean("hours", by="part")["k"].se)


def test_scanned_rows_give_the_same() -> None:
    frame = DATA.assign(**VALUES)
    scanned = enkat.scan(lambda: [frame.iloc[:5], frame.iloc[5:]], design=DESIGN).mean(imputed=PVS, by="sex")
    assert scanned.to_pandas().equals(IMPUTED.mean(imputed=PVS, by="sex").to_pandas())


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "one table": (lambda: enkat.combine([IMPUTED.mean("pv1")]), "combine.too_few"),
    "no tables": (lambda: enkat.combine([]), "usage.combine"),
    "numbers": (lambda: enkat.combine([1, 2]), "usage.combine"),  # type: ignore[list-item]
    "other groups": (
        lambda: enkat.combine([IMPUTED.mean("pv1", by="sex"), IMPUTED.mean("pv2", by="region")]),
        "combine.rows",
    ),
    "fewer rows": (
        lambda: enkat.combine([IMPUTED.mean("pv1", by="sex"), IMPUTED.where(sex="k").mean("pv2", by="sex")]),
        "combine.rows",
    ),
    "more variables": (lambda: enkat.combine([IMPUTED.mean("pv1"), IMPUTED.mean(PVS)]), "combine.rows"),
    "shares and means": (lambda: enkat.combine([IMPUTED.mean("pv1"), IMPUTED.proportion("sex")]), "combine.rows"),
    "levels": (lambda: enkat.combine([IMPUTED.mean("pv1"), IMPUTED.mean("pv2", level=0.9)]), "combine.level"),
    "two names": (
        lambda: enkat.combine([IMPUTED.mean("pv1"), IMPUTED.mean("pv2")], variable=["a", "b"]),
        "combine.variables",
    ),
    "a column twice": (lambda: IMPUTED.mean(imputed=["pv1", "pv1"]), "combine.columns"),
    "one column": (lambda: IMPUTED.mean(imputed=["pv1"]), "combine.columns"),
    "lists of different length": (lambda: IMPUTED.mean(imputed={"a": PVS[:2], "b": ["hours"]}), "combine.columns"),
    "a text": (lambda: IMPUTED.mean(imputed="pv1"), "usage.imputed"),
    "both": (lambda: IMPUTED.mean("hours", imputed=PVS), "usage.imputed"),
    "kish": (lambda: IMPUTED.proportion(imputed=list(YES), interval="kish"), "combine.interval"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_combined_is_refused(name: str) -> None:
    call, code = REFUSED[name]
    with pytest.raises(enkat.UsageError) as error:
        call()
    assert error.value.code == code
