"""Arrow tables of any kind as the column types the core knows."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from enkat.errors import DataError
from enkat.files.arrow import normalise

LISTS: list[list[str] | None] = [["x"], ["y", "z"], None, [], ["x", "y", "z"], ["w"]]


def one(values: Any, kind: pa.DataType) -> pa.ChunkedArray:
    return normalise(pa.table({"a": pa.array(values, kind)})).column("a")


@pytest.mark.parametrize(
    "kind",
    [
        pa.bool_(),
        pa.int8(),
        pa.uint64(),
        pa.float32(),
        pa.string(),
        pa.large_string(),
        pa.date32(),
        pa.timestamp("ns"),
    ],
)
def test_known_types_keep_their_buffers(kind: pa.DataType) -> None:
    table = pa.table({"a": pa.nulls(3, kind)})
    assert normalise(table).column("a").chunk(0) is not None
    assert normalise(table).schema == table.schema
    same = [a and a.address for a in table.column("a").chunk(0).buffers()]
    assert [b and b.address for b in normalise(table).column("a").chunk(0).buffers()] == same


@pytest.mark.parametrize(
    ("values", "kind", "becomes", "shown"),
    [
        (["å"], pa.string_view(), pa.large_string(), ["å"]),
        ([np.float16(1.5)], pa.float16(), pa.float32(), [1.5]),
        ([Decimal("1.25"), None], pa.decimal128(5, 2), pa.float64(), [1.25, None]),
        ([None], pa.null(), pa.float64(), [None]),
        ([datetime.date(2023, 5, 9)], pa.date64(), pa.date32(), [datetime.date(2023, 5, 9)]),
        ([datetime.time(1, 2)], pa.time64("us"), pa.float64(), [3720.0]),
        ([datetime.timedelta(minutes=1)], pa.duration("ms"), pa.float64(), [60.0]),
    ],
)
def test_other_types_are_cast_without_loss(values: Any, kind: pa.DataType, becomes: pa.DataType, shown: Any) -> None:
    column = one(values, kind)
    assert column.type == becomes
    assert column.to_pylist() == shown


def test_categories_keep_their_order_and_those_nobody_chose() -> None:
    labels = pa.DictionaryArray.from_arrays(pa.array([1, None, 0], pa.int8()), ["z", "v", "u"], ordered=True)
    column = normalise(pa.table({"a": labels})).column("a")
    assert column.type == pa.dictionary(pa.int32(), pa.large_string(), ordered=True)
    assert column.chunk(0).dictionary.to_pylist() == ["z", "v", "u"]
    assert column.to_pylist() == ["v", None, "z"]


def test_categories_that_are_numbers_become_numbers() -> None:
    assert one([3, 1, None], pa.dictionary(pa.int8(), pa.int64())).to_pylist() == [3, 1, None]


@pytest.mark.parametrize("make", [pa.list_, pa.large_list, pa.list_view, pa.large_list_view])
@pytest.mark.parametrize("value", [pa.string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())])
def test_no_list_of_choices_is_lost_in_any_list_type_or_slice(make: Any, value: pa.DataType) -> None:
    array = pa.array(LISTS, make(value))
    for first in range(len(LISTS)):
        for last in range(first + 1, len(LISTS) + 1):
            column = normalise(pa.table({"a": array.slice(first, last - first)})).column("a")
            column.validate(full=True)
            assert column.to_pylist() == LISTS[first:last]


def test_types_that_are_not_answers_are_refused_all_at_once_by_column_name() -> None:
    table = pa.table({"ok": [1], "blob": [b"x"], "record": [{"x": 1}]})
    with pytest.raises(DataError) as caught:
        normalise(table)
    assert [(i.code, i.context["column"]) for i in caught.value.issues] == [
        ("data.type_not_supported", "blob"),
        ("data.type_not_supported", "record"),
    ]
