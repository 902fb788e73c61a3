"""Laws that estimates keep whatever the data: additivity, invariance, bases."""

import numpy
import pandas
import pytest

import enkat

RANDOM = numpy.random.default_rng(9820)
ROWS = 400
DATA = pandas.DataFrame(
    {
        "y": RANDOM.integers(0, 50, ROWS).astype(float),
        "x": RANDOM.integers(1, 9, ROWS),
        "g": RANDOM.choice(["a", "b", "c"], ROWS),
        "h": RANDOM.integers(0, 3, ROWS),
        "w": RANDOM.integers(1, 6, ROWS),
        "home": RANDOM.integers(0, 2, ROWS),
        "school": RANDOM.integers(0, 2, ROWS),
    }
)
CODEBOOK = {
    "schema_version": 1,
    "questions": [
        {
            "name": "area",
            "type": "multiple",
            "label": "Area",
            "options": [{"name": "home", "column": "home"}, {"name": "school", "column": "school"}],
        }
    ],
}


@pytest.fixture
def survey() -> enkat.Survey:
    return enkat.Survey(DATA, CODEBOOK, enkat.Design(weight="w", strata="h"))


def test_totals_of_groups_add_up_with_their_covariance(survey: enkat.Survey) -> None:
    groups, whole = survey.total("y", by="g"), survey.total("y")["y"]
    assert sum(row.estimate or 0 for row in groups) == pytest.approx(whole.estimate)
    assert groups.covariance.sum() == pytest.approx((whole.se or 0) ** 2)


def test_a_mean_is_a_ratio_to_one_and_a_share_is_a_mean_of_ones() -> None:
    survey = enkat.Survey(DATA.assign(one=1.0, is_a=(DATA["g"] == "a").astype(float)), design=enkat.Design(weight="w"))
    mean, ratio = survey.mean("y")["y"], survey.ratio("y", "one")["y/one"]
    assert (mean.estimate, mean.se) == pytest.approx((ratio.estimate, ratio.se))
    share, ones = survey.proportion("g")["a"], survey.mean("is_a")["is_a"]
    assert (share.estimate, share.se) == pytest.approx((ones.estimate, ones.se))


def test_shares_of_a_question_add_up_to_one_and_vary_against_each_other(survey: enkat.Survey) -> None:
    shares = survey.proportion("g")
    assert sum(shares.column("estimate")) == pytest.approx(1)
    assert shares.covariance.sum() == pytest.approx(0, abs=1e-16)


def test_groups_of_a_multiple_question_are_the_domains_of_its_options(survey: enkat.Survey) -> None:
    groups = survey.mean("y", by="area")
    for option in ("home", "school"):
        domain = survey.where(area=option).mean("y")["y"]
        assert groups[option].estimate == domain.estimate
        assert groups[option].se == pytest.approx(domain.se)
        assert groups[option].n == domain.n


def test_overlapping_groups_covary_as_their_residuals_do() -> None:
    groups = enkat.Survey(DATA, CODEBOOK).mean("y", by="area")
    residuals = [
        numpy.where(DATA[option] == 1, DATA["y"] - (groups[option].estimate or 0), 0) / groups[option].n
        for option in ("home", "school")
    ]
    assert groups.covariance == pytest.approx(ROWS * numpy.cov(residuals))


def test_answer_chooses_rows_and_changes_no_base(survey: enkat.Survey) -> None:
    one, all_answers = survey.proportion("g", answer="b"), survey.proportion("g")
    assert len(one) == 1 and one["b"] == all_answers["b"]
