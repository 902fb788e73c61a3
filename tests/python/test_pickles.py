"""Surveys and what they give can be pickled, copied, compared and sent to other processes."""

import copy
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy
import pandas
import pytest

import enkat

CODEBOOK = {
    "schema_version": 1,
    "questions": [
        {"name": "q", "type": "single", "options": [{"name": "yes", "code": 1}, {"name": "no", "code": 2}]},
        {"name": "m", "type": "multiple", "options": [{"name": "a"}, {"name": "b"}]},
    ],
}


def people(n: int = 120) -> pandas.DataFrame:
    random = numpy.random.default_rng(5)
    return pandas.DataFrame(
        {
            "q": random.choice([1, 2, None], n),
            "m_a": random.integers(0, 2, n),
            "m_b": random.integers(0, 2, n),
            "age": random.integers(18, 90, n),
            "region": random.choice(["north", "south", "café"], n),
            "h": numpy.arange(n) % 4,
            "w": random.uniform(1, 3, n),
        }
    )


def plain() -> enkat.Survey:
    return enkat.Survey(people(), CODEBOOK, enkat.Design(weight="w", strata="h"))


def worked_on() -> enkat.Survey:
    survey = plain().rake(region={"north": 80, "south": 90, "café": 70}, h={0: 60, 1: 60, 2: 60, 3: 60})
    survey = survey.derive("old", where="age >= 65").replicate("bootstrap", replicates=20, seed=3)
    return survey.where("age > 20 and q != 'no'", region=["north", "south"]).where(numpy.arange(120) % 5 > 0)


def mean_of(survey: enkat.Survey, variable: str) -> float | None:
    return next(iter(survey.mean(variable))).se


@pytest.mark.parametrize("make", [plain, worked_on])
def test_a_pickled_survey_gives_the_same_to_the_bit(make) -> None:  # type: ignore[no-untyped-def]
    survey = make()
    again = pickle.loads(pickle.dumps(survey))
    assert again == survey
    assert again.notes == survey.notes
    assert repr(again) == repr(survey)
    numpy.testing.assert_array_equal(again.weights, survey.weights)
    for ours, theirs in [(again.mean("age", by="region"), survey.mean("age", by="region"))]:
        assert ours == theirs
        assert ours.column("se") == theirs.column("se")
    assert again.proportion("m") == survey.proportion("m")


def test_the_bundled_study_is_pickled_with_its_derived_questions_and_labels() -> None:
    study = enkat.load_study("ryktet-gar")
    survey = study.survey
    again = pickle.loads(pickle.dumps(survey))
    assert again == survey
    name = next(str(question["name"]) for question in survey.codebook["questions"] if question["type"] == "single")
    shares = survey.proportion(name)
    assert again.proportion(name) == shares
    assert repr(pickle.loads(pickle.dumps(shares))) == repr(shares)


def test_what_was_given_can_be_changed_afterwards() -> None:
    mask, regions = numpy.arange(120) % 2 == 0, ["north"]
    survey = plain().where(mask).where(region=regions)
    before = survey.mean("age")
    mask[:] = True
    regions.append("south")
    assert pickle.loads(pickle.dumps(survey)).mean("age") == before


def test_what_was_done_later_is_done_to_the_pickled_one_too() -> None:
    again = pickle.loads(pickle.dumps(plain().where(region="north")))
    assert again.where("age > 40").mean("age") == plain().where(region="north").where("age > 40").mean("age")


def test_surveys_are_compared_by_rows_design_and_what_was_done() -> None:
    survey = plain()
    assert survey == plain()
    assert hash(survey) == hash(plain())
    assert survey != plain().where(region="north")
    assert survey != enkat.Survey(people(), CODEBOOK, enkat.Design(weight="w"))
    assert survey != enkat.Survey(people(119), CODEBOOK, enkat.Design(weight="w", strata="h"))
    assert plain().where(region="north") == plain().where(region="north")
    assert plain().where(region="north") != plain().where(region="south")


def test_bytes_that_are_no_record_are_refused() -> None:
    verdict = plain().check("40 percent", question="q", answer="yes", language="en")
    kept = verdict.__getstate__()
    for damaged in (kept[:-1], kept + b" ", kept.replace(b"respondents", b"respondentz"), b""):
        with pytest.raises(enkat.EstimateError) as caught:
            enkat.Verdict.__new__(enkat.Verdict).__setstate__(damaged)
        assert caught.value.code == "estimate.foreign_state"


def test_estimates_keep_their_rows_labels_and_covariance() -> None:
    means = plain().mean("age", by="region")
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(means, protocol)) == means
    again = pickle.loads(pickle.dumps(means))
    assert again == means
    assert again.note == means.note
    numpy.testing.assert_array_equal(again.covariance, means.covariance)
    assert again.contrast("north - south") == means.contrast("north - south")
    medians = plain().quantile(["age", "w"], 0.5, by="region")
    within = ["`north:age` - `south:age`", "`north:w` - `south:w`"]
    kept = pickle.loads(pickle.dumps(medians)).contrast(within)
    assert kept.column("se") == pytest.approx(medians.contrast(within).column("se"))
    shares = plain().proportion("q")
    assert pickle.loads(pickle.dumps(shares))["yes",] == shares["yes",]
    assert pickle.loads(pickle.dumps(shares)).to_pandas().equals(shares.to_pandas())


def test_copies_are_the_thing_itself_as_nothing_changes_it() -> None:
    survey, means = plain(), plain().mean("age")
    assert copy.copy(survey) is copy.deepcopy(survey) is survey
    assert copy.copy(means) is copy.deepcopy(means) is means


def test_verdicts_are_pickled() -> None:
    verdict = plain().check("40 percent", question="q", answer="yes", language="en")
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(verdict, protocol)) == verdict
    again = pickle.loads(pickle.dumps(verdict))
    assert hash(again) == hash(verdict)
    assert copy.deepcopy(verdict) == verdict
    assert (type(again), again.says, again.interval) == (enkat.Verdict, verdict.says, verdict.interval)
    assert verdict != plain().check("45 percent", question="q", answer="yes", language="en")
    assert verdict.asdict()["says"] == verdict.says


def test_small_tables_and_weightings_are_compared_and_pickled() -> None:
    survey = plain()
    raked = survey.rake(region={"north": 80, "south": 90, "café": 70})
    for one, other in [
        (raked.balance("region"), survey.balance("region")),
        (survey.mean("age", by="region").precision(), survey.mean("age").precision()),
        (survey.proportion("q").reliability(), survey.proportion("m").reliability()),
        (raked.weighting(), survey.weighting()),
    ]:
        assert pickle.loads(pickle.dumps(one)) == one
        assert copy.deepcopy(one) == one
        assert one != other


def test_other_processes_estimate_the_same() -> None:
    survey = worked_on()
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        found = list(pool.map(mean_of, [survey, survey], ["age", "w"]))
    assert found == [mean_of(survey, "age"), mean_of(survey, "w")]


def test_a_survey_that_is_read_in_parts_stays_where_its_rows_are(tmp_path: Path) -> None:
    people().to_parquet(tmp_path / "people.parquet")
    scanned = enkat.scan(tmp_path / "people.parquet")
    with pytest.raises(enkat.UsageError, match="scan the same source again") as caught:
        pickle.dumps(scanned)
    assert caught.value.code == "survey.in_parts"
    means = scanned.mean("age")
    assert pickle.loads(pickle.dumps(means)) == means
