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
