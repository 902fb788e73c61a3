"""The reference cases of tests/cases through the Python calls; the C++ tests read the same files."""

import json
from pathlib import Path
from typing import Any

import numpy
import pandas
import pytest

import enkat

CASES = Path(__file__).parents[2] / "cases"
CALIBRATIONS = ("poststratify", "rake", "calibrate", "trim")


def read_cases() -> list[dict[str, Any]]:
    """Every case of every file; the folder is the verb it is about."""
    found = []
    for file in sorted(CASES.glob("*/*.json")):
        if file.parent.name not in ("data", "interval"):  # interval: read by the C++ test of interval.hpp
            cases = json.loads(file.read_text())["cases"]
            found += [dict(case, file=f"{file.parent.name}/{file.stem}") for case in cases]
    return found


def survey_of(case: dict[str, Any]) -> enkat.Survey:
    """The survey as designed, then replicated, then calibrated, then its domain."""
    data = pandas.DataFrame(json.loads((CASES / "data" / f"{case['data']}.json").read_text()))
    codebook = CASES / "data" / f"{case['data']}.codebook.json"
    design, call = dict(case["design"]), case["call"]
    replicates = design.pop("replicates", None)
    survey = enkat.Survey(data, codebook if codebook.exists() else None, enkat.Design(**design))
    if replicates:
        survey = survey.replicate(**replicates)
    if call["fn"] in ("poststratify", "rake"):
        survey = getattr(survey, call["fn"])(call["margins"])
    elif call["fn"] == "calibrate":
        survey = survey.calibrate(
            call["formula"], totals=call["totals"], method=call["method"], bounds=call.get("bounds")
        )
    elif call["fn"] == "trim":
        survey = survey.trim(call["upper"], lower=call.get("lower"))
    return survey.where(call["where"]) if "where" in call else survey


def estimates_of(survey: enkat.Survey, fn: str, call: dict[str, Any]) -> enkat.Estimates:
    """The verb `fn` with what the call says of it."""
    optional = {key: call[key] for key in ("by", "interval", "answer", "rule") if key in call}
    if fn == "contrast":
        estimates = estimates_of(survey, call.get("of", "mean"), call)
        return estimates.contrast(call["expr"])
    verb = getattr(survey, fn)
    if fn == "ratio":
        return verb(call["y"], call["x"], **optional)
    if fn == "quantile":
        return verb(call["y"], call["p"], **optional)
    if fn == "cdf":
        return verb(call["y"], call["points"], **optional)
    if fn == "standardized_mean":
        return verb(call["y"], standard=call["standard"], **optional)
    if fn in ("covariance", "correlation", "kappa"):
        return verb(*call["y"], **optional)
    return verb(call["y"], **optional)


def found_in(case: dict[str, Any]) -> dict[str, Any]:
    """What enkat says for each figure the case expects, in the case's order."""
    survey, call = survey_of(case), case["call"]
    fn = call["then"] if call["fn"] in CALIBRATIONS else call["fn"]
    if fn == "weights":
        weights = survey.weights
        return {"weights_head": weights[:20], "sum": weights.sum(), "min": weights.min(), "max": weights.max()}
    estimates = estimates_of(survey, fn, call)
    frame = estimates.to_pandas()
    by = call.get("by")
    if isinstance(by, list) and fn != "contrast":  # R has the first of two crossed factors fastest
        frame = frame.sort_values(by[::-1], kind="stable")
    if by and fn != "contrast" and "group" in case["expected"]:
        groups = frame[[by] if isinstance(by, str) else by].astype(str).agg(".".join, axis=1)
        assert list(dict.fromkeys(groups)) == case["expected"]["group"]
    if "answer" in case["expected"] and not by:
        assert frame["answer"].tolist() == case["expected"]["answer"]
    figures = [name for name in case["expected"] if name in frame and name not in ("group", "answer")]
    found = {name: frame[name].to_numpy(dtype=float) for name in figures}
    if "vcov" in case["expected"]:
        found["vcov"] = estimates.covariance
    return found


def differences(case: dict[str, Any]) -> dict[str, float]:
    """For each expected figure the largest relative difference, NaN where enkat has no number."""
    found, largest = found_in(case), {}
    for name, expected in case["expected"].items():
        if name in ("group", "answer"):
            continue
        wanted, ours = numpy.asarray(expected, dtype=float).ravel(), numpy.asarray(found[name], dtype=float).ravel()
        assert len(ours) == len(wanted), f"{name}: {len(ours)} figures, not {len(wanted)}"
        scale = numpy.abs(wanted)
        if name == "vcov":  # a covariance may be 0 between large ones
            scale = numpy.full_like(wanted, scale.max())
        difference = numpy.abs(ours - wanted)
        if name == "se":  # that of a total which was calibrated to is 0, up to what rounding leaves of the total
            nothing = 1e-12 * numpy.abs(found["estimate"])
            difference = numpy.where((wanted <= nothing) & (ours <= nothing), 0, difference)
        largest[name] = float(numpy.max(numpy.where(difference == 0, 0, difference / numpy.where(scale > 0, scale, 1))))
    return largest


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case['file']}: {case['id']}") for case in read_cases()])
def test_agrees_with_an_independent_system(case: dict[str, Any]) -> None:
    largest = differences(case)
    assert largest
    assert not {name: value for name, value in largest.items() if not value <= case["tol"]}


def test_cases_have_names_of_their_own_and_say_where_they_come_from() -> None:
    cases = read_cases()
    names = [case["id"] for case in cases]
    assert len(set(names)) == len(names)
    assert all(case["source"] and case["expected"] and 0 < case["tol"] <= 5e-4 for case in cases)
    assert all(case["file"].split("/")[0] == case["call"]["fn"] for case in cases)


def test_every_estimator_has_a_verb_a_case_and_a_docstring() -> None:
    for name in enkat._core.estimators():
        verb = getattr(enkat.Survey, name)
        assert "Example:" in verb.__doc__ and "Source:" in verb.__doc__
        assert list((CASES / name).glob("*.json")), f"no case for {name}"
