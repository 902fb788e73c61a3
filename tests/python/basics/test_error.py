"""Errors of the core arrive as the Python class of their kind, with code, context and every issue."""

import json
import pickle

import pandas
import pytest

import enkat
from enkat import _core

DATA = pandas.DataFrame({"y": [1.0, 2.0, 4.0], "g": ["a", "b", "b"]})


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


def test_every_failure_is_an_enkat_error_and_a_value_error() -> None:
    with pytest.raises(enkat.EnkatError) as error:
        enkat.Survey(DATA).mean("y", level=2)
    assert isinstance(error.value, ValueError)


def test_the_context_is_python_and_survives_pickling() -> None:
    with pytest.raises(enkat.DesignError) as error:
        enkat.Survey(DATA, design=enkat.Design(population=2))
    assert error.value.context == {"population": 2.0, "rows": 3}
    again = pickle.loads(pickle.dumps(error.value))
    assert (again.code, str(again), again.context) == (error.value.code, str(error.value), error.value.context)


def test_all_issues_of_a_file_come_in_one_error() -> None:
    questions = [{"name": "a", "type": "singel", "label": "a"}, {"name": "b", "type": "number", "labell": "b"}]
    with pytest.raises(enkat.CodebookError) as error:
        _core.Codebook.parse(json.dumps({"schema_version": 1, "questions": questions}))
    assert len(error.value.issues) >= 2
    assert error.value.code == error.value.issues[0].code
    assert all(issue.message in str(error.value) for issue in error.value.issues)
