"""Data frames of every library give the same Arrow table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

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
