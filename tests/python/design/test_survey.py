"""Surveys: weights, populations and domains."""

import inspect
import json
from pathlib import Path

import numpy
import pandas
import pytest

import enkat

DATA = pandas.DataFrame(
    {"y": [1.0, 2, 3, 4, 6, 8], "h": list("aaabbb"), "N": [30] * 3 + [60] * 3, "c": [1, 1, 2, 1, 2, 2]}
)


def test_weights_follow_from_the_population_where_none_are_given() -> None:
    assert enkat.Survey(DATA, design=enkat.Design(population=60)).weights.tolist() == [10] * 6
    stratified = enkat.Survey(DATA, design=enkat.Design(strata="h", fpc="N"))
    assert stratified.weights.tolist() == [10] * 3 + [20] * 3


def test_fractions_and_sizes_are_the_same_design() -> None:
    sizes = enkat.Survey(DATA, design=enkat.Design(strata="h", fpc="N"))
    shares = enkat.Survey(DATA.assign(f=3 / DATA.N), design=enkat.Design(strata="h", fpc="f"))
    assert sizes.mean("y").column("se") == pytest.approx(shares.mean("y").column("se"), rel=1e-14)


def test_a_census_has_no_sampling_error() -> None:
    assert enkat.Survey(DATA, design=enkat.Design(population=6)).mean("y")["y"].se == 0


def test_clusters_numbered_anew_in_each_stratum_need_nest() -> None:
    with pytest.raises(enkat.DesignError) as error:
        enkat.Survey(DATA, design=enkat.Design(strata="h", cluster="c"))
    assert error.value.code == "design.cluster_not_nested"
    nested = enkat.Survey(DATA, design=enkat.Design(strata="h", cluster="c", nest=True)).mean("y")["y"]
    named = enkat.Survey(DATA.assign(c=DATA.h + DATA.c.astype(str)), design=enkat.Design(strata="h", cluster="c"))
    assert nested.se == named.mean("y")["y"].se
    assert nested.df == 2


def test_conditions_narrow_a_domain_and_masks_do_the_same() -> None:
    survey = enkat.Survey(DATA)
    both = survey.where(h="b").where(c=2)
    assert len(both) == 2
    assert both.mean("y").to_pandas().equals(survey.where(h="b", c=[2]).mean("y").to_pandas())
    mask = (DATA.h == "b") & (DATA.c == 2)
    assert both.mean("y")["y"].se == survey.where(numpy.asarray(mask)).mean("y")["y"].se


def test_a_mask_is_any_true_and_false_of_the_right_length() -> None:
    mask = DATA["y"] > 2
    for given in (mask, mask.tolist(), mask.to_numpy(), numpy.array(mask)):
        assert len(enkat.Survey(DATA).where(given)) == 4


def test_nothing_is_changed_in_place() -> None:
    survey = enkat.Survey(DATA)
    before = survey.mean("y")["y"]
    survey.where(h="a").mean("y")
    assert survey.mean("y")["y"] == before


def test_a_domain_keeps_the_rows_of_the_sample_and_is_no_subset_of_the_file() -> None:
    design = enkat.Design(strata="h", fpc="N")
    survey, rows = enkat.Survey(DATA, design=design), DATA["y"] > 1
    domain, subset = survey.where(rows), enkat.Survey(DATA[rows], design=design)
    assert (len(domain), len(subset)) == (5, 5)
    assert domain.weights.tolist() == survey.weights.tolist()
    assert domain.mean("y")["y"].se != pytest.approx(subset.mean("y")["y"].se)


def test_rows_without_a_value_of_two_filters_are_counted_once() -> None:
    filters = pandas.DataFrame({"a": ["x", None, "x", "z", "x", "x"], "b": ["u", None, "u", "u", "v", "u"]})
    survey = enkat.Survey(DATA.join(filters))
    chained, at_once = survey.where(a="x").where(b="u"), survey.where(a="x", b="u")
    assert chained.mean("y").note == at_once.mean("y").note
    assert chained.mean("y").note.startswith("1 rows are outside the domain")


def test_study_json_knows_every_argument_of_a_design() -> None:
    schema = json.loads((Path(enkat.__file__).parent / "schemas/study.schema.json").read_text(encoding="utf-8"))
    assert list(schema["$defs"]["design"]["properties"]) == list(inspect.signature(enkat.Design).parameters)
