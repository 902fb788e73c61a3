"""Trimming, and what the weights are like before and after."""

import pytest

import enkat
from design.twelve import DATA, SECTOR, SEX, survey


def test_trimming_spreads_what_is_cut_over_the_others_as_r_does() -> None:
    expected = [23 / 11, 34 / 11, 23 / 11, 12 / 11, 23 / 11, 23 / 11, 45 / 11, 34 / 11, 4, 45 / 11, 34 / 11, 45 / 11]
    trimmed = survey().trim(4)
    assert trimmed.weights == pytest.approx(expected)
    assert trimmed.weights.sum() == pytest.approx(DATA["w"].sum())
    assert any("1 " in note for note in trimmed.notes)


def test_trimming_from_below_takes_from_the_others() -> None:
    trimmed = survey().trim(upper=10, lower=2)
    assert trimmed.weights.sum() == pytest.approx(35)
    assert trimmed.weights[3] == 2


@pytest.mark.parametrize(
    ("bounds", "code"),
    [((1, 2), "trim.bounds"), ((0.1, None), "trim.nothing_left")],
)
def test_bounds_that_leave_nothing_are_refused(bounds: tuple[float, float | None], code: str) -> None:
    with pytest.raises(enkat.EnkatError) as error:
        survey().trim(*bounds)
    assert error.value.code == code


def test_a_domain_is_not_trimmed() -> None:
    with pytest.raises(enkat.DesignError, match=r"trim before where\(\)") as error:
        survey().where(sex="k").trim(4)
    assert error.value.code == "trim.domain"


def test_kish_design_effect_is_one_plus_the_squared_variation_of_weights() -> None:
    weights = DATA["w"]
    summary = survey().weighting()["after"]
    assert summary["kish_deff"] == pytest.approx(12 * (weights**2).sum() / weights.sum() ** 2)
    assert summary["effective_n"] == pytest.approx(12 / summary["kish_deff"])
    assert (summary["rows"], summary["sum"], summary["min"], summary["max"]) == (12, 35, 1, 5)


def test_weighting_tells_how_the_iteration_went() -> None:
    summary = survey().rake(sector=SECTOR, sex=SEX).weighting()
    assert summary["method"] == "rake"
    assert summary["before"]["sum"] == 35 and summary["after"]["sum"] == pytest.approx(44)
    assert summary["misfit"][-1] < 1e-9 < summary["misfit"][0]


def test_balance_sets_shares_beside_their_targets() -> None:
    rows = survey().poststratify(sector=SECTOR).balance(["sector", "hours"])
    assert rows.columns == ["column", "before", "after", "target", "smd_before", "smd_after"]
    x, y, hours = rows
    assert (x["column"], y["column"], hours["column"]) == ("sector:x", "sector:y", "hours")
    assert x["before"] == pytest.approx(16 / 35) and x["after"] == pytest.approx(x["target"]) == 20 / 44
    assert hours["before"] == pytest.approx(200 / 35) and hours["target"] is None


def test_small_tables_go_to_every_kind_of_frame() -> None:
    rows = survey().balance("sector")
    assert rows.to_pandas().shape == rows.to_polars().shape == (2, 6)
    assert rows.to_arrow().column_names == rows.columns
    assert "sector:x" in repr(rows) and "<td>sector:x</td>" in rows._repr_html_()
    assert len(rows) == 2 and rows[0]["column"] == "sector:x"
