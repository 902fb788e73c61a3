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


@pytest.mark.parametrize("design", [{"weight": "w"}, {"strata": "q"}, {"cluster": "q"}])
def test_designs_without_exact_tests_are_refused(design: dict[str, str]) -> None:
    with pytest.raises(enkat.EstimateError) as error:
        ranking("aabbc", **design)
    assert error.value.code == "estimate.ranking_design"


def test_six_against_none_is_the_first_sure_place() -> None:
    # Holm over two ordered pairs: 2**-n is at most .05 / 2 from n = 6 on.
    for ahead, worst in ((5, 2), (6, 1)):
        question = {"name": "q", "type": "single", "label": "Q", "options": [{"name": "a"}, {"name": "b"}]}
        codebook = {"schema_version": 1, "questions": [question]}
        data = pandas.DataFrame({"q": ["a"] * ahead})
        assert enkat.Survey(data, codebook).ranking("q")["a"].rank_high == worst


def test_a_group_has_the_places_of_its_domain() -> None:
    data = pandas.DataFrame({"q": ["a"] * 30 + ["b"] * 20 + ["b"] * 25 + ["a"] * 5, "g": ["x"] * 50 + ["y"] * 30})
    groups = enkat.Survey(data).ranking("q", by="g")
    assert (groups["x", "a"].rank, groups["y", "a"].rank) == (1, 2)
    alone = enkat.Survey(data).where(g="y").ranking("q")
    assert alone.column("rank_high") == groups.column("rank_high")[2:]
