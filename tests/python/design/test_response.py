"""Response rates by AAPOR's definitions, from the counts of a survey of invited persons."""

import pytest

import enkat
from enkat import _core


def rates(complete: int, partial: int, break_off: int, invited: int) -> dict[str, float | None]:
    return {rate["name"]: rate["value"] for rate in _core.response_rates(complete, partial, break_off, invited)}


def test_rates_of_the_bundled_study_by_hand() -> None:
    rates = {rate["name"]: rate for rate in enkat._core.response_rates(1400, 73, 27, 9820)}
    assert rates["RR1"]["value"] == pytest.approx(1400 / 9820, rel=1e-15)
    assert rates["RR2"]["value"] == pytest.approx(1473 / 9820, rel=1e-15)
    assert rates["COOP4"]["value"] == pytest.approx(1473 / 1500, rel=1e-15)
    assert rates["RR2"]["formula"]


def test_more_answers_than_invited_are_refused() -> None:
    with pytest.raises(enkat.DesignError):
        enkat._core.response_rates(10, 0, 0, 9)


def test_partial_answers_count_in_the_even_rates_and_break_offs_in_none() -> None:
    found = rates(complete=400, partial=100, break_off=50, invited=1000)
    assert (found["RR1"], found["RR2"], found["RR5"], found["RR6"]) == pytest.approx((0.4, 0.5, 400 / 550, 500 / 550))
