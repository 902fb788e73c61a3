"""Data frames of every library give the same Arrow table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import enkat
from enkat.errors import DataError, UsageError
from enkat.files.frames import as_arrow

ANSWERS = {"age": [34, None, 51], "town": ["Åmål", None, "Öckerö"], "glad": [True, False, None]}


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(ANSWERS).convert_dtypes(),
        pd.DataFrame(ANSWERS).astype({"age": "float64", "glad": "boolean"}),
        pl.DataFrame(ANSWERS),
        pa.table(ANSWERS),
        pa.RecordBatch.from_pydict(ANSWERS),
    ],
)
def test_the_same_answers_come_out_of_every_library(frame: Any) -> None:
    assert as_arrow(frame).to_pydict() == ANSWERS


def test_a_repeated_pandas_index_is_not_an_answer_and_no_obstacle() -> None:
    assert as_arrow(pd.DataFrame({"a": [1, 2]}, index=[7, 7])).to_pydict() == {"a": [1, 2]}


def test_changing_a_pandas_frame_afterwards_changes_nothing() -> None:
    values = np.arange(3.0)
    frame = pd.DataFrame(values.reshape(3, 1), columns=["a"], copy=False)
    table = as_arrow(frame)
    values[0] = 9
    assert table.column("a").to_pylist() == [0, 1, 2]


def test_polars_buffers_are_shared() -> None:
    frame = pl.DataFrame({"a": [1.0, 2.0]})
    shared = pa.table(frame).column("a").chunk(0).buffers()[1].address
    assert as_arrow(frame).column("a").chunk(0).buffers()[1].address == shared


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"a": pd.Categorical(["v", None, "u"], categories=["z", "v", "u"], ordered=True)}),
        pl.DataFrame({"a": pl.Series(["v", None, "u"], dtype=pl.Enum(["z", "v", "u"]))}),
    ],
)
def test_unused_levels_and_their_order_are_kept(frame: Any) -> None:
    column = as_arrow(frame).column("a")
    assert column.chunk(0).dictionary.to_pylist() == ["z", "v", "u"]
    assert column.to_pylist() == ["v", None, "u"]


DAYS = pd.to_datetime(["2024-03-01", "2024-01-01", "2024-02-01"])
CATEGORIES: dict[str, tuple[Any, list[str], list[int]]] = {
    "numbers": ([20, 5, 10], ["20", "5", "10"], [1, 0, 2]),
    "fractions": ([2.5, 0.5, 1.0], ["2.5", "0.5", "1"], [1, 0, 2]),
    "true and false": ([True, False], ["true", "false"], [1, 2]),
    "days": (DAYS, ["2024-03-01T00:00:00", "2024-01-01T00:00:00", "2024-02-01T00:00:00"], [1, 0, 2]),
    "durations": (pd.to_timedelta([60, 1, 5], unit="s"), ["60", "1", "5"], [1, 0, 2]),
    "texts": (["z", "a", "m"], ["z", "a", "m"], [1, 0, 2]),
}


@pytest.mark.parametrize("ordered", [True, False])
@pytest.mark.parametrize("kind", CATEGORIES)
def test_declared_categories_keep_their_order_and_the_unused_whatever_they_are(kind: str, ordered: bool) -> None:
    categories, answers, counts = CATEGORIES[kind]
    chosen = [len(categories) - 1, 0, len(categories) - 1, -1]
    column = pd.Categorical.from_codes(chosen, categories=categories, ordered=ordered)
    frame = pd.DataFrame({"a": column, "y": [1.0, 2.0, 4.0, 8.0]})
    for given in (frame, as_arrow(frame)):
        shares = enkat.Survey(given).proportion("a")
        assert shares.column("answer") == answers
        assert shares.column("count") == counts
        used = [answers[0], answers[-1]]
        assert enkat.Survey(given).mean("y", by="a").column("a") == used
        assert enkat.Survey(given).mean("y", by="a").column("estimate") == [2.0, 2.5]
        assert enkat.Survey(given).where(a=answers[-1]).mean("y").estimate == 2.5


def test_declared_numbers_are_numbers() -> None:
    column = pd.Categorical([10, 5, None, 10], categories=[20, 5, 10], ordered=True)
    survey = enkat.Survey(pd.DataFrame({"a": column}))
    assert survey.mean("a").estimate == pytest.approx(25 / 3)
    codebook = {
        "schema_version": 1,
        "questions": [
            {"name": "a", "type": "single", "options": [{"name": "ten", "code": 10}, {"name": "five", "code": 5}]}
        ],
    }
    assert enkat.Survey(pd.DataFrame({"a": column}), codebook).proportion("a").column("count") == [2, 1]


def test_numbers_by_a_code_that_nobody_declared_are_in_the_order_of_their_values() -> None:
    encoded = pa.DictionaryArray.from_arrays(pa.array([0, 1, 0]), pa.array([20, 5, 99]))
    assert enkat.Survey(pa.table({"a": encoded})).proportion("a").column("answer") == ["5", "20"]


def test_intervals_of_pandas_are_categories_by_the_names_that_pandas_shows() -> None:
    ages = pd.cut(pd.Series([15, 34, 34, 71]), [0, 30, 60, 65, 90])
    shares = enkat.Survey(pd.DataFrame({"age": ages})).proportion("age")
    assert shares.column("answer") == [str(interval) for interval in ages.cat.categories]
    assert shares.column("count") == [1, 2, 0, 1]


def test_strata_nobody_is_in_are_no_strata() -> None:
    frame = pd.DataFrame({"s": [2, 2, 1, 1], "y": [1.0, 2.0, 4.0, 9.0]})
    declared = frame.assign(s=pd.Categorical(frame["s"], categories=[3, 2, 1]))
    design = enkat.Design(strata="s")
    for survey in (enkat.Survey(declared, design=design), enkat.scan(declared, design=design)):
        assert str(survey.mean("y")) == str(enkat.Survey(frame, design=design).mean("y"))


@pytest.mark.parametrize("frame", [pd.DataFrame({"a": [["x"], ["y", "z"]]}), pl.DataFrame({"a": [["x"], ["y", "z"]]})])
def test_lists_of_choices_are_kept(frame: Any) -> None:
    assert as_arrow(frame).to_pydict() == {"a": [["x"], ["y", "z"]]}


def test_a_lazy_frame_must_be_collected_first() -> None:
    with pytest.raises(UsageError, match=r"\.collect\(\)"):
        as_arrow(pl.LazyFrame({"a": [1]}))


@pytest.mark.parametrize("thing", [{"a": [1]}, [1], np.zeros(3), pl.Series([1]), pd.Series([1]), "answers.csv", None])
def test_what_is_not_a_table_is_a_usage_error(thing: Any) -> None:
    with pytest.raises(UsageError) as caught:
        as_arrow(thing)
    assert caught.value.code == "usage.not_a_table"


def test_mixed_columns_are_all_named_without_showing_an_answer() -> None:
    with pytest.raises(DataError) as caught:
        as_arrow(pd.DataFrame({"a": [1, "hemligt"], "b": [1, 2], "c": ["x", 2.5]}))
    assert caught.value.code == "data.mixed_types"
    assert caught.value.context == {"columns": ["a", "c"]}
    assert "hemligt" not in str(caught.value)


@pytest.mark.parametrize("frame", [pd.DataFrame([[1, 2]], columns=["a", "a"]), pa.table([[1], [2]], names=["a", "a"])])
def test_repeated_column_names_are_refused(frame: Any) -> None:
    with pytest.raises(DataError) as caught:
        as_arrow(frame)
    assert caught.value.code == "data.duplicate_column"


def test_arrow_tables_that_point_outside_their_buffers_are_refused() -> None:
    text = pa.py_buffer(b"abc")
    wild = pa.py_buffer(np.array([0, -7, 3], np.int32).tobytes())
    strings = pa.Array.from_buffers(pa.string(), 2, [None, wild, text])
    codes = pa.DictionaryArray.from_arrays(pa.array([0, 7]), pa.array(["a", "b"]), safe=False)
    for column in (strings, codes):
        with pytest.raises(DataError) as error:
            as_arrow(pa.table({"q": column}))
        assert error.value.code == "data.table_damaged"


class Stream:
    """What can be read once, of a library that is none of those known."""

    def __init__(self, table: pa.Table) -> None:
        self.reader = table.to_reader()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.reader.__arrow_c_stream__(requested_schema)


def test_a_stream_that_can_be_read_once_is_read_whole_or_refused() -> None:
    plain, odd = pa.table({"a": [1, 2, 3]}), pa.table({"a": pa.array([1, 2, 3], pa.duration("s"))})
    assert as_arrow(plain.to_reader())["a"].to_pylist() == [1, 2, 3]
    assert as_arrow(odd.to_reader())["a"].to_pylist() == [1.0, 2.0, 3.0]
    assert as_arrow(Stream(plain))["a"].to_pylist() == [1, 2, 3]
    with pytest.raises(UsageError) as caught:
        as_arrow(Stream(odd))
    assert (caught.value.code, caught.value.context) == ("usage.read_once", {"columns": ["a"]})


def test_an_old_polars_that_does_not_tell_an_order_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = pl.DataFrame({"a": pl.Series(["v", "u"], dtype=pl.Enum(["z", "v", "u"])), "b": ["x", "y"]})
    monkeypatch.setattr(pl, "__version__", "1.40.1")
    assert as_arrow(frame.select("b"))["b"].to_pylist() == ["x", "y"]
    with pytest.raises(UsageError, match="'a'") as caught:
        as_arrow(frame)
    assert caught.value.code == "usage.polars_version"
