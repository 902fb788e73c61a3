"""Response rates by AAPOR's definitions, from the counts of a survey of invited persons."""

import pytest

import enkat


def test_rates_of_the_bundled_study_by_hand() -> None:
    rates = {rate["name"]: rate for rate in enkat._core.response_rates(1400, 73, 27, 9820)}
    assert rates["RR1"]["value"] == pytest.approx(1400 / 9820, rel=1e-15)
    assert rates["RR2"]["value"] == pytest.approx(1473 / 9820, rel=1e-15)
    assert rates["COOP4"]["value"] == pytest.approx(1473 / 1500, rel=1e-15)
    assert rates["RR2"]["formula"]


def test_more_answers_than_invited_are_refused() -> None:
    with pytest.raises(enkat.DesignError):
        enkat._core.response_rates(10, 0, 0, 9)
