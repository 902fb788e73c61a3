"""The same answers give the same estimates from any table library and in any of the four storages."""

import json

import pandas
import polars
import pyarrow
import pytest

import enkat
from enkat import _core

OPTIONS = [{"name": name} for name in ("pay", "time", "tools")]
CHOSEN = [["pay", "time"], ["time"], None, ["pay"], ["tools", "pay", "time"]]


def codebook(**keys: object) -> dict[str, object]:
    return {
        "schema_version": 1,
        "questions": [{"name": "q", "type": "multiple", "label": "q", "options": OPTIONS, **keys}],
    }


def ticks(option: str) -> list[int | None]:
    return [None if row is None else int(option in row) for row in CHOSEN]


STORED = {
    "columns": (codebook(storage="columns"), {f"q_{o['name']}": ticks(o["name"]) for o in OPTIONS}),
    "codes": (
        codebook(storage="codes", columns=["c1", "c2", "c3"]),
        {f"c{i + 1}": [row[i] if row and len(row) > i else None for row in CHOSEN] for i in range(3)},
    ),
    "delimited": (codebook(storage="delimited"), {"q": [None if row is None else ";".join(row) for row in CHOSEN]}),
    "list": (codebook(storage="list"), {"q": CHOSEN}),
}


@pytest.mark.parametrize("storage", STORED)
@pytest.mark.parametrize("library", [pyarrow.table, polars.DataFrame])
def test_all_storages_give_the_same_shares(storage: str, library: type) -> None:
    questions, columns = STORED[storage]
    shares = enkat.Survey(library(columns), questions).proportion("q")
    assert shares.column("estimate") == [0.75, 0.75, 0.25]
    assert shares.column("count") == [3, 3, 1]
    assert shares.column("n") == [4, 4, 4]


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame, pyarrow.table])
def test_any_table_library_gives_the_same_mean(make: type) -> None:
    mean = enkat.Survey(make({"y": [1.5, 2.5, 5.0]})).mean("y")["y"]
    assert (mean.estimate, mean.n) == (3.0, 3)


def test_problems_of_the_answers_are_reported_by_row_and_column_and_never_by_answer() -> None:
    table = pyarrow.table({"q": ["pay", "secret words of a person", "time"]})
    core = enkat._core.Table.from_stream(table.__arrow_c_stream__())
    question = {"name": "q", "type": "single", "options": OPTIONS}
    questions = json.dumps({"schema_version": 1, "questions": [question]})
    issues = enkat._core.check_answers(core, enkat._core.Codebook.parse(questions))
    assert [(issue.code, issue.context["row"]) for issue in issues] == [("data.unknown_code", 2)]
    assert "secret" not in issues[0].message


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
