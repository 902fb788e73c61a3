"""Places of answers: exact for simple samples, refused for the rest."""

import pandas
import pytest

import enkat


def survey(counts: dict[str, int], **design: str) -> enkat.Survey:
    answers = [answer for answer, count in counts.items() for _ in range(count)]
    return enkat.Survey(pandas.DataFrame({"q": answers, "w": 1.0, "g": "x"}), design=enkat.Design(**design))


def test_clear_differences_have_one_place_and_near_ties_several() -> None:
    places = survey({"a": 300, "b": 100, "c": 95}).ranking("q")
    assert (places["a"].rank, places["a"].rank_low, places["a"].rank_high) == (1, 1, 1)
    assert (places["b"].rank, places["b"].rank_low, places["b"].rank_high) == (2, 2, 3)


def test_equal_counts_share_the_best_place() -> None:
    assert survey({"a": 40, "b": 40, "c": 9}).ranking("q").column("rank") == [1, 1, 3]


def test_six_against_none_is_the_first_sure_place() -> None:
    # Holm over two ordered pairs: 2**-n is at most .05 / 2 from n = 6 on; c is far ahead and changes nothing here.
    for ahead, worst in ((5, 2), (6, 1)):
        options = [{"name": "a"}, {"name": "b"}]
        codebook = {
            "schema_version": 1,
            "questions": [{"name": "q", "type": "single", "label": "Q", "options": options}],
        }
        data = pandas.DataFrame({"q": ["a"] * ahead})
        assert enkat.Survey(data, codebook).ranking("q")["a"].rank_high == worst


def test_a_group_has_the_places_of_its_domain() -> None:
    data = pandas.DataFrame({"q": ["a"] * 30 + ["b"] * 20 + ["b"] * 25 + ["a"] * 5, "g": ["x"] * 50 + ["y"] * 30})
    groups = enkat.Survey(data).ranking("q", by="g")
    assert (groups["x", "a"].rank, groups["y", "a"].rank) == (1, 2)
    alone = enkat.Survey(data).where(g="y").ranking("q")
    assert alone.column("rank_high") == groups.column("rank_high")[2:]


@pytest.mark.parametrize("design", [{"weight": "w"}, {"strata": "g"}, {"cluster": "g"}])
def test_designs_without_exact_tests_are_refused(design: dict[str, str]) -> None:
    if design == {"weight": "w"}:
        data = pandas.DataFrame({"q": ["a", "b", "b"], "w": [1.0, 2.0, 1.0]})
        weighted = enkat.Survey(data, design=enkat.Design(weight="w"))
        with pytest.raises(enkat.EstimateError, match="weights"):
            weighted.ranking("q")
        return
    with pytest.raises(enkat.EstimateError) as error:
        survey({"a": 3, "b": 2}, **({"strata": "q"} if "strata" in design else {"cluster": "q"})).ranking("q")
    assert error.value.code == "estimate.ranking_design"
