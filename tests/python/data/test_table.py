"""A table takes over an Arrow stream: any chunks, any types it knows, nothing copied twice or lost."""

import json

import pyarrow
import pytest

import enkat
from enkat import _core


def table(arrow: pyarrow.Table) -> _core.Table:
    return _core.Table.from_stream(arrow.__arrow_c_stream__())


def test_names_and_rows_are_those_of_the_stream() -> None:
    made = table(pyarrow.table({"b": [1, 2, 3], "a": ["x", None, "z"]}))
    assert (made.names, made.rows) == (["b", "a"], 3)


def test_chunks_and_slices_change_nothing() -> None:
    whole = pyarrow.table({"y": [1.0, 2.0, None, 4.0, 8.0], "g": ["a", "b", "b", None, "a"]})
    chunked = pyarrow.concat_tables([whole.slice(0, 2), whole.slice(2, 0), whole.slice(2)])
    first, second = (enkat.Survey(data).mean("y", by="g").to_pandas() for data in (whole, chunked))
    assert first.equals(second)


def test_the_types_of_a_column_change_no_estimate() -> None:
    for kind in ("int8", "uint16", "int64", "float32", "float64"):
        data = pyarrow.table({"y": pyarrow.array([1, 2, None, 9]).cast(kind)})
        assert enkat.Survey(data).mean("y")["y"].estimate == 4
    for kind in (pyarrow.string(), pyarrow.large_string(), pyarrow.dictionary(pyarrow.int8(), pyarrow.string())):
        data = pyarrow.table({"g": pyarrow.array(["a", "b", "b", None]).cast(kind)})
        assert enkat.Survey(data).proportion("g").column("count") == [1, 2]


def test_answers_outlive_the_table_they_came_from() -> None:
    data = pyarrow.table({"y": list(range(100_000))})
    survey = enkat.Survey(data)
    del data
    assert survey.mean("y")["y"].estimate == 49_999.5


def test_a_stream_is_read_once() -> None:
    capsule = pyarrow.table({"y": [1]}).__arrow_c_stream__()
    _core.Table.from_stream(capsule)
    with pytest.raises(enkat.DataError):
        _core.Table.from_stream(capsule)


def test_every_answer_outside_the_codebook_is_an_issue_without_its_value() -> None:
    options = [{"name": "yes", "code": 1}, {"name": "no", "code": 2}]
    questions = [{"name": "q", "type": "single", "label": "Q", "options": options}]
    codebook = _core.Codebook.parse(json.dumps({"schema_version": 1, "questions": questions}))
    issues = _core.check_answers(table(pyarrow.table({"q": [1, 777, 2, None]})), codebook)
    assert len(issues) == 1
    assert issues[0].context["column"] == "q" and issues[0].context["row"] == 2
    assert "777" not in issues[0].message
