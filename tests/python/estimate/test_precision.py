"""How precise estimates are, and whether a share rests on enough answers to be presented."""

import pandas
import pytest

import enkat
from design.twelve import survey


def test_variation_and_design_effects_are_those_of_r() -> None:
    row = survey().mean("hours").precision()[0]
    assert row["cv"] == pytest.approx(0.0920985497016, rel=1e-8)
    assert row["deff"] == pytest.approx(1.08799766783, rel=1e-8)
    assert row["deff_replace"] == pytest.approx(0.714969896004, rel=1e-8)
    assert row["deft"] == pytest.approx(row["deff_replace"] ** 0.5)


def test_a_row_is_named_as_in_the_estimates() -> None:
    table = survey().proportion("sex", by="sector").precision()
    assert table.columns[:4] == ["sector", "variable", "answer", "estimate"]
    assert [(row["sector"], row["answer"]) for row in table] == [("x", "k"), ("x", "m"), ("y", "k"), ("y", "m")]
    assert table.to_pandas().shape[0] == 4


def test_a_share_of_few_answers_is_not_reliable_and_says_why() -> None:
    row = survey().proportion("sex").reliability()[0]
    assert row["reliable"] is False
    assert "reliability.base" in row["codes"]
    assert row["width"] == pytest.approx(row["ci_high"] - row["ci_low"])


def test_a_share_of_many_answers_is_reliable() -> None:
    many = enkat.Survey(pandas.DataFrame({"heard": ["yes", "no"] * 500}))
    assert [row["reliable"] for row in many.proportion("heard").reliability()] == [True, True]


def test_reliability_of_means_is_refused() -> None:
    with pytest.raises(enkat.EstimateError, match="coefficient of variation") as error:
        survey().mean("hours").reliability()
    assert error.value.code == "estimate.reliability_proportions"


def about_as_heavy_as_one(times: float = 1.0, **design: float) -> enkat.Survey:
    """300 rows whose weights have the mean 1.1, times something."""
    rows = range(300)
    frame = pandas.DataFrame({"y": [row % 7 for row in rows], "w": [(0.9 + 0.2 * (row % 3)) * times for row in rows]})
    return enkat.Survey(frame, design=enkat.Design(weight="w", **design))


def test_a_fraction_that_only_the_weights_tell_is_said_and_both_forms_are_shown() -> None:
    mean = about_as_heavy_as_one().mean("y")
    fraction = 300 / 330
    assert "deff.fraction_by_weights" in mean[("y",)].note
    (row,) = mean.precision()
    assert row["deff"] == pytest.approx(row["deff_replace"] / (1 - fraction))
    assert row["deff_replace"] == pytest.approx(1.02, abs=0.02)  # harmless: 1 + the squared variation of the weights


@pytest.mark.parametrize(
    "survey", [about_as_heavy_as_one(population=330), about_as_heavy_as_one(0.9), about_as_heavy_as_one(30)]
)
def test_nothing_is_said_where_the_population_is_declared_or_few_of_it_were_drawn(survey: enkat.Survey) -> None:
    assert "deff.fraction_by_weights" not in survey.mean("y")[("y",)].note


def test_a_quantile_has_no_note_of_the_share_below_it() -> None:
    (row,) = about_as_heavy_as_one().quantile("y", [0.5])
    assert "deff" not in row.note
