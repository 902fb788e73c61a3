"""A survey: its design becomes weights, its domains stay the same sample."""

import numpy
import pandas
import pytest

import enkat

DATA = pandas.DataFrame(
    {
        "y": [1.0, 2.0, 6.0, 4.0, 9.0, 5.0],
        "h": ["a", "a", "a", "b", "b", "b"],
        "N": [12, 12, 12, 30, 30, 30],
        "f": [0.25, 0.25, 0.25, 0.1, 0.1, 0.1],
        "sex": ["f", "m", "f", "m", "f", None],
        "c": [1, 2, 3, 1, 2, 3],
    }
)


def test_weights_without_a_weight_column_are_one_over_the_sampling_probability() -> None:
    survey = enkat.Survey(DATA, design=enkat.Design(strata="h", fpc="N"))
    assert survey.weights.tolist() == [4, 4, 4, 10, 10, 10]
    assert enkat.Survey(DATA, design=enkat.Design(population=60)).weights.tolist() == [10] * 6


def test_population_sizes_and_fractions_give_the_same_estimates() -> None:
    sizes, fractions = (enkat.Survey(DATA, design=enkat.Design(strata="h", fpc=fpc)).total("y") for fpc in ("N", "f"))
    assert sizes["y"].estimate == fractions["y"].estimate == 4 * 9 + 10 * 18
    assert sizes["y"].se == pytest.approx(fractions["y"].se, rel=1e-14)


def test_a_domain_keeps_the_rows_of_the_sample_and_differs_from_a_subset_of_the_file() -> None:
    survey = enkat.Survey(DATA, design=enkat.Design(strata="h", fpc="N"))
    domain = survey.where(sex="f")
    assert (len(domain), len(survey)) == (3, 6)
    assert domain.weights.tolist() == survey.weights.tolist()
    subset = enkat.Survey(DATA[DATA["sex"] == "f"], design=enkat.Design(single_psu="remove", strata="h", fpc="N"))
    assert domain.total("y")["y"].se != pytest.approx(subset.total("y")["y"].se)


def test_conditions_are_all_required_in_any_order() -> None:
    survey = enkat.Survey(DATA)
    both = [survey.where(sex="f", h="a"), survey.where(h="a").where(sex="f"), survey.where(sex="f").where(h="a")]
    assert [len(domain) for domain in both] == [2, 2, 2]
    assert len(survey.where(h=["a", "b"])) == 6


def test_a_mask_is_any_true_and_false_of_the_right_length() -> None:
    mask = DATA["y"] > 3
    for given in (mask, mask.tolist(), mask.to_numpy(), numpy.array(mask)):
        assert len(enkat.Survey(DATA).where(given)) == 4


def test_clusters_numbered_anew_in_each_stratum_need_nest() -> None:
    with pytest.raises(enkat.DesignError, match="nest=True"):
        enkat.Survey(DATA, design=enkat.Design(strata="h", cluster="c"))
    nested = enkat.Survey(DATA, design=enkat.Design(strata="h", cluster="c", nest=True)).mean("y")["y"]
    alone = enkat.Survey(DATA, design=enkat.Design(strata="h")).mean("y")["y"]
    assert (nested.se, nested.df) == (pytest.approx(alone.se, rel=1e-13), alone.df)


def test_nothing_is_changed_in_place() -> None:
    survey = enkat.Survey(DATA)
    before = survey.mean("y")["y"]
    survey.where(h="a").mean("y")
    assert survey.mean("y")["y"] == before
