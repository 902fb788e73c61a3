"""Every bad input has a coded error or a visible flag; no message holds a person's answer."""

from typing import Any

import numpy
import pandas
import pytest

import enkat

GOOD = {
    "y": [1.0, 2.0, 4.0, 8.0],
    "x": [1.0, 0.0, 1.0, 3.0],
    "w": [1.0, 2.0, 1.0, 1.5],
    "h": ["a", "a", "b", "b"],
    "c": [1, 2, 3, 4],
    "N": [10, 10, 20, 20],
    "name": ["secret-1", "secret-2", "secret-3", "secret-4"],
}


def survey(design: dict[str, Any] | None = None, **columns: Any) -> enkat.Survey:
    return enkat.Survey(pandas.DataFrame({**GOOD, **columns}), design=enkat.Design(**(design or {})))


@pytest.mark.parametrize(
    ("design", "columns", "code"),
    [
        ({"weight": "w"}, {"w": [1.0, None, 1, 1]}, "design.weight_missing"),
        ({"weight": "w"}, {"w": [1.0, numpy.nan, 1, 1]}, "design.weight_missing"),
        ({"weight": "w"}, {"w": [1.0, -1, 1, 1]}, "design.weight_negative"),
        ({"weight": "w"}, {"w": [1.0, numpy.inf, 1, 1]}, "design.weight_not_finite"),
        ({"weight": "w"}, {"w": [0.0, 0, 0, 0]}, "design.weight_all_zero"),
        ({"weight": "name"}, {}, "data.not_a_number"),
        ({"weight": "wgt"}, {}, "data.unknown_column"),
        ({"strata": "h"}, {"h": ["a", None, "b", "b"]}, "design.strata_missing"),
        ({"cluster": "c"}, {"c": [1, None, 2, 3]}, "design.cluster_missing"),
        ({"strata": "h", "cluster": "c"}, {"c": [1, 2, 1, 2]}, "design.cluster_not_nested"),
        ({"strata": "h", "cluster": "h"}, {}, "design.cluster_is_strata"),
        ({"strata": "h", "fpc": "N"}, {"N": [1.5, 1.5, 20, 20]}, "design.fpc_too_small"),
        ({"strata": "h", "fpc": "N"}, {"N": [10, 11, 20, 20]}, "design.fpc_varies"),
        ({"strata": "h", "fpc": "N"}, {"N": [-10, -10, 20, 20]}, "design.fpc_not_positive"),
        ({"strata": "h", "fpc": "N"}, {"N": [0.5, 0.5, 20, 20]}, "design.fpc_mixed"),
        ({"population": 3}, {}, "design.population_too_small"),
        ({"population": 30, "strata": "h"}, {}, "design.population_needs_srs"),
        ({"cluster": "c", "strata": ["h", "name"]}, {}, "design.stages"),
        ({"id": "name"}, {"name": ["a", "a", "b", "c"]}, "data.duplicate_id"),
    ],
)
def test_a_design_that_does_not_fit_is_refused(design: dict[str, Any], columns: dict[str, Any], code: str) -> None:
    with pytest.raises(enkat.EnkatError) as error:
        survey(design, **columns)
    assert error.value.code == code
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda s: s.mean("name"), "data.not_a_number"),
        (lambda s: s.mean("agee"), "data.unknown_column"),
        (lambda s: s.mean([]), "usage.no_variable"),
        (lambda s: s.mean("y", level=95), "usage.level"),
        (lambda s: s.mean("y", level=0), "usage.level"),
        (lambda s: s.mean("y", missing="keep"), "usage.missing"),
        (lambda s: s.mean("y", missing="level"), "usage.missing_level"),
        (lambda s: s.mean("y", by="hh"), "data.unknown_column"),
        (lambda s: s.mean("y", bye="h"), "usage.unknown"),
        (lambda s: s.where(h="c"), "codebook.unknown_answer"),
        (lambda s: s.where([True, False]), "usage.mask_length"),
        (lambda s: s.where(), "usage.where"),
        (lambda s: s.where([False] * 4).mean("y"), "estimate.empty_domain"),
        (lambda s: s.ratio(["y", "x"], ["w", "c", "N"]), "usage.ratio"),
    ],
)
def test_a_call_that_cannot_be_answered_is_refused(call: Any, code: str) -> None:
    with pytest.raises(enkat.EnkatError) as error:
        call(survey())
    assert error.value.code == code
    assert "secret" not in str(error.value)


def test_unknown_columns_are_key_errors_with_a_suggestion() -> None:
    with pytest.raises(KeyError, match="did you mean"):
        survey({"weight": "ww"})


def test_unknown_keywords_are_type_errors_with_a_suggestion() -> None:
    with pytest.raises(TypeError, match="weight"):
        enkat.Design(weigth="w")  # type: ignore[call-arg]


def test_an_infinite_value_is_refused_and_nothing_answered_is_refused() -> None:
    with pytest.raises(enkat.DataError) as error:
        survey(y=[1.0, numpy.inf, 2, 3]).mean("y")
    assert error.value.code == "data.not_finite"
    with pytest.raises(enkat.EstimateError) as nothing:
        survey(y=[numpy.nan] * 4).mean("y")
    assert nothing.value.code == "estimate.nothing_answered"


def test_an_empty_table_is_refused() -> None:
    with pytest.raises(enkat.DataError) as error:
        enkat.Survey(pandas.DataFrame({"y": pandas.Series([], dtype=float)}))
    assert error.value.code == "data.empty"


def test_what_cannot_be_estimated_is_a_visible_row_and_never_nan() -> None:
    ratio = survey(x=[0.0, 0.0, 1.0, 3.0]).ratio("y", "x", by="h")
    assert ratio["a"].estimate is None and "zero_denominator" in ratio["a"].note
    assert (ratio["b"].estimate, ratio["b"].se) == pytest.approx(((4 + 8) / (1 + 3), (1 / 6) ** 0.5))  # residuals ±1/4
    alone = survey(h=["a", "b", "b", "b"]).mean("y", by="h")
    assert alone["a"].se is None and alone["a"].note == "estimate.no_df"


def test_zero_weights_are_counted_and_in_no_base() -> None:
    light = survey({"weight": "w"}, w=[0.0, 1, 1, 1])
    assert light.mean("y")["y"].n == 3
    assert any("weight 0" in note for note in light.notes)


def test_one_psu_is_refused_at_the_first_estimate_with_the_ways_out() -> None:
    lonely = survey({"strata": "h"}, h=["a", "b", "b", "b"])
    with pytest.raises(enkat.DesignError, match="single_psu='remove'"):
        lonely.mean("y")
    removed = survey({"strata": "h", "single_psu": "remove"}, h=["a", "b", "b", "b"]).mean("y")
    assert (removed.estimate, removed.se) == pytest.approx(
        (15 / 4, 3 * numpy.var([2, 4, 8], ddof=1) ** 0.5 / 4 / 3**0.5)
    )
