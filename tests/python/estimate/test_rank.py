"""Rankings: places by share, with the places that exact tests do not rule out."""

import pandas
import pytest

import enkat

QUESTIONS = {
    "schema_version": 1,
    "questions": [
        {
            "name": "q",
            "type": "single",
            "label": "q",
            "options": [{"name": "a"}, {"name": "b"}, {"name": "c"}, {"name": "other", "other": True}],
        }
    ],
}


def ranking(answers: str, **design: object) -> enkat.Estimates:
    data = pandas.DataFrame({"q": [{"o": "other"}.get(x, x) for x in answers], "w": range(1, len(answers) + 1)})
    return enkat.Survey(data, QUESTIONS, enkat.Design(**design)).ranking("q")  # type: ignore[arg-type]


def test_a_clear_order_has_certain_places() -> None:
    shares = ranking("a" * 90 + "b" * 40 + "c" * 5)
    assert [(row.rank, row.rank_low, row.rank_high) for row in shares][:3] == [(1, 1, 1), (2, 2, 2), (3, 3, 3)]


def test_a_tie_shares_the_best_place_and_rules_nothing_out() -> None:
    shares = ranking("a" * 20 + "b" * 20 + "c" * 20)
    assert [(row.rank, row.rank_low, row.rank_high) for row in shares][:3] == [(1, 1, 3)] * 3


def test_residual_answers_are_shown_and_not_ranked() -> None:
    other = ranking("a" * 9 + "o" * 30)["other"]
    assert other.count == 30
    assert other.rank is None


def test_places_are_relabelled_with_the_answers() -> None:
    first, second = ranking("a" * 30 + "b" * 12 + "c" * 9), ranking("c" * 30 + "a" * 12 + "b" * 9)
    assert (first["a"].rank_high, first["b"].rank_low) == (second["c"].rank_high, second["a"].rank_low)


def test_weighted_designs_are_refused() -> None:
    with pytest.raises(enkat.EstimateError) as error:
        ranking("aabbc", weight="w")
    assert error.value.code == "estimate.ranking_design"
