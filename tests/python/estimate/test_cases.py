"""The reference cases of tests/cases through the Python calls; the C++ tests read the same files."""

import json
from pathlib import Path
from typing import Any

import numpy
import pandas
import pytest

import enkat

CASES = Path(__file__).parents[2] / "cases"


def cases() -> list[Any]:
    found = [
        pytest.param(case, id=case["id"])
        for estimator in [*enkat._core.estimators(), "covariance"]
        for file in sorted((CASES / estimator).glob("*.json"))
        for case in json.loads(file.read_text())["cases"]
    ]
    assert found
    return found


def survey_of(case: dict[str, Any]) -> enkat.Survey:
    data = pandas.DataFrame(json.loads((CASES / "data" / f"{case['data']}.json").read_text()))
    codebook = CASES / "data" / f"{case['data']}.codebook.json"
    survey = enkat.Survey(data, codebook if codebook.exists() else None, enkat.Design(**case["design"]))
    where = case["call"].get("where")
    return survey.where(where) if where else survey


def estimates_of(survey: enkat.Survey, call: dict[str, Any]) -> enkat.Estimates:
    optional = {key: call[key] for key in ("by", "interval", "answer") if key in call}
    if call["fn"] in ("proportion", "covariance"):
        return survey.proportion(call["y"], **optional)
    if call["fn"] == "ratio":
        return survey.ratio(call["y"], call["x"], **optional)
    return getattr(survey, call["fn"])(call["y"], **optional)


@pytest.mark.parametrize("case", cases())
def test_agrees_with_an_independent_system(case: dict[str, Any]) -> None:
    estimates = estimates_of(survey_of(case), case["call"])
    frame = estimates.to_pandas()
    by = case["call"].get("by")
    if isinstance(by, list):  # R has the first of two crossed factors fastest
        frame = frame.sort_values(by[::-1], kind="stable")
    for name, expected in case["expected"].items():
        if name in ("group", "answer"):
            continue
        wanted = numpy.asarray(expected, dtype=float)
        if name == "vcov":
            found, scale = estimates.covariance, numpy.abs(wanted).max()
            numpy.testing.assert_allclose(found, wanted, rtol=0, atol=case["tol"] * scale)
        else:
            numpy.testing.assert_allclose(frame[name], wanted.ravel(), rtol=case["tol"])


def test_every_estimator_has_a_verb_a_case_and_a_docstring() -> None:
    for name in enkat._core.estimators():
        verb = getattr(enkat.Survey, name)
        assert "Example:" in verb.__doc__ and "Source:" in verb.__doc__
        assert list((CASES / name).glob("*.json")), f"no case for {name}"
