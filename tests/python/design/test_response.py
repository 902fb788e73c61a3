"""Response rates by their published formulas."""

import pytest

import enkat
from enkat import _core


def rates(complete: int, partial: int, break_off: int, invited: int) -> dict[str, float | None]:
    return {rate["name"]: rate["value"] for rate in _core.response_rates(complete, partial, break_off, invited)}


def test_the_rates_of_a_survey_of_9820_invited_persons() -> None:
    found = rates(1473, 0, 0, 9820)
    assert found["RR1"] == found["RR2"] == found["svarsandel"] == pytest.approx(0.15)
    assert found["bortfallsandel"] == pytest.approx(0.85)


def test_partial_answers_count_in_the_even_rates_and_break_offs_in_none() -> None:
    found = rates(complete=400, partial=100, break_off=50, invited=1000)
    assert (found["RR1"], found["RR2"], found["RR5"], found["RR6"]) == pytest.approx((0.4, 0.5, 400 / 550, 500 / 550))


def test_more_answers_than_invited_are_refused() -> None:
    with pytest.raises(enkat.DesignError):
        _core.response_rates(90, 5, 6, 100)
