"""Errors of the core arrive as the Python class of their stage, with code, context and every issue."""

import pickle

import pandas
import pytest

import enkat
from enkat import _core

DATA = pandas.DataFrame({"y": [1.0, 2.0, 4.0], "g": ["a", "b", "b"]})


def test_an_error_of_the_core_has_class_code_and_context() -> None:
    with pytest.raises(enkat.DesignError) as error:
        enkat.Survey(pandas.DataFrame({"y": [1.0, 2.0], "w": [1.0, -1.0]}), design=enkat.Design(weight="w"))
    assert error.value.code == "design.weight_negative"
    assert error.value.context == {"column": "w", "rows": 1}
    assert isinstance(error.value, ValueError)


def test_every_problem_of_a_codebook_is_an_issue() -> None:
    codebook = {"schema_version": 1, "questions": [{"name": "a", "type": "singel"}, {"name": "a", "type": "number"}]}
    with pytest.raises(enkat.CodebookError) as error:
        enkat.Survey(pandas.DataFrame({"a": [1]}), codebook)
    assert len(error.value.issues) >= 2
    assert all(issue.code.startswith("codebook.") for issue in error.value.issues)


def test_errors_survive_pickling() -> None:
    with pytest.raises(enkat.EnkatError) as error:
        enkat.Survey(pandas.DataFrame({"y": [1.0]})).mean("x")
    copy = pickle.loads(pickle.dumps(error.value))
    assert (type(copy), copy.code, str(copy)) == (type(error.value), error.value.code, str(error.value))


def test_each_kind_of_failure_has_its_class() -> None:
    survey = enkat.Survey(DATA)
    with pytest.raises(enkat.CodebookError):
        enkat.Survey(DATA, {"schema_version": 1, "questions": [{"name": "y"}]})
    with pytest.raises(enkat.DataError):
        survey.mean("g")
    with pytest.raises(enkat.DesignError):
        enkat.Survey(DATA, design=enkat.Design(population=2))
    with pytest.raises(enkat.EstimateError):
        survey.where([False] * 3).mean("y")
    with pytest.raises(enkat.IndicatorError):
        _core.compute_indicators(survey._core, {"schema_version": 1})
    with pytest.raises(enkat.ReportError):
        survey.check("hälften")
    with pytest.raises(enkat.UsageError):
        survey.mean("y", level=95)
