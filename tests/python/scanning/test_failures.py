"""Sources and engines that fail, lie or repeat themselves: a coded error, never a number from a part of the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars
import pyarrow as pa
import pyarrow.parquet
import pytest

import enkat
from enkat.errors import DataError, EnkatError, EstimateError, UsageError

ROWS = pa.table({"y": [1.0, 2.0, 3.0], "g": ["a", "b", "a"]})


class Broken(Exception):  # noqa: N818 - as somebody's own code names it
    """Somebody else's error, with an answer in its words."""


def breaks_off(error: BaseException) -> Iterator[pa.Table]:
    yield ROWS
    yield ROWS
    raise error


ERRORS = (
    Broken("3"),
    ValueError("3"),
    KeyError("3"),
    TypeError("3"),
    MemoryError(),
    OSError(5, "3"),
    pa.ArrowInvalid("3"),
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_batches_that_break_off_are_a_failed_stream(error: BaseException) -> None:
    for source in (breaks_off(error), lambda: breaks_off(error)):
        with pytest.raises(DataError) as failed:
            enkat.scan(source).mean("y")
        assert failed.value.code == "data.stream_failed"
        assert "3" not in failed.value.message
        assert failed.value.__cause__ is error


def test_a_function_that_breaks_off_in_a_later_pass_is_a_failed_stream() -> None:
    opened = 0

    def opens() -> Iterator[pa.Table]:
        nonlocal opened
        opened += 1
        return breaks_off(Broken()) if opened > 2 else iter([ROWS, ROWS])

    survey = enkat.scan(opens)
    with pytest.raises(DataError) as failed:
        survey.mean("y", by="g")
    assert failed.value.code == "data.stream_failed"
    with pytest.raises(UsageError):
        enkat.scan(lambda: None)


def test_an_arrow_batch_that_contradicts_itself_is_refused() -> None:
    words = pa.DictionaryArray.from_arrays(pa.array([0, 7], pa.int32()), pa.array(["a", "b"]), safe=False)
    with pytest.raises(DataError) as failed:
        enkat.scan(iter([pa.table({"g": words})])).proportion("g")
    assert failed.value.code == "data.table_damaged"


def fails(_: Any) -> Any:
    raise Broken


QUERIES: dict[str, Callable[[], Any]] = {
    "polars, a function": lambda: polars.LazyFrame({"y": [1.0]}).with_columns(
        polars.col("y").map_batches(fails, return_dtype=polars.Float64)
    ),
    "polars, no column": lambda: polars.LazyFrame({"z": [1.0]}).select("y"),
    "polars, no file": lambda: polars.scan_parquet("no_such_file_*.parquet"),
    "duckdb, in a row": lambda: duckdb.sql(
        "select case when i = 150000 then error('3') else i end y from range(200000) t(i)"
    ),
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES.keys())
def test_a_query_that_fails_is_a_failed_query(query: Callable[[], Any]) -> None:
    with pytest.raises(DataError) as failed:
        enkat.scan(query()).mean("y")
    assert failed.value.code == "data.query_failed"


class Engine:
    """Reads two parts, and gives what `gives` makes of what was found."""

    schema = ROWS.schema

    def __init__(self, gives: Callable[[list[bytes], Callable[[Sequence[bytes]], bytes]], Any]) -> None:
        self.gives = gives

    def run(self, columns: Sequence[str], observe: Callable[..., bytes], merge: Callable[..., bytes]) -> Any:
        return self.gives([observe(iter([ROWS.select(columns)])) for _ in range(2)], merge)


def test_what_an_engine_merges_or_not_is_the_same() -> None:
    for gives in (lambda found, _: found, lambda found, merge: [merge(found)], lambda found, merge: iter(found)):
        estimates = enkat.scan(Engine(gives)).mean("y")
        assert (estimates.n, estimates.estimate) == (6, 2.0)


LIES: dict[str, tuple[Callable[..., Any], str]] = {
    "one part lost, another twice": (lambda found, _: [found[0], found[0]], "data.part_twice"),
    "the same, merged": (lambda found, merge: [merge([found[0], found[0]])], "data.part_twice"),
    "merged parts, and one of them": (lambda found, merge: [merge(found), found[1]], "data.part_twice"),
    "one part lost": (lambda found, _: found[:1], "data.changed"),
    "a part cut short": (lambda found, _: [found[0], found[1][:-3]], "estimate.foreign_state"),
    "something else": (lambda found, _: [found[0], b"else"], "estimate.foreign_state"),
    "no bytes": (lambda found, _: [found[0], "else"], "estimate.foreign_state"),
    "nothing": (lambda found, _: [b"", b""], "estimate.foreign_state"),
    "no list": (lambda found, _: None, "data.query_failed"),
}


@pytest.mark.parametrize(("gives", "code"), LIES.values(), ids=LIES.keys())
def test_an_engine_that_loses_doubles_or_changes_parts_is_noticed(gives: Callable[..., Any], code: str) -> None:
    seen = 0

    def later(found: list[bytes], merge: Callable[..., bytes]) -> Any:
        nonlocal seen
        seen += 1
        return found if seen == 1 else gives(found, merge)  # whoever doubles from the first pass on has more rows

    with pytest.raises(EnkatError) as failed:
        enkat.scan(Engine(later)).mean("y")
    assert failed.value.code == code


def test_states_that_were_changed_are_refused_wherever_they_were() -> None:
    for at in range(0, 60, 7):

        def changed(found: list[bytes], _: Any, at: int = at) -> list[bytes]:
            return [found[0], found[1][:at] + bytes([found[1][at] ^ 1]) + found[1][at + 1 :]]

        if at in range(8, 24):
            continue  # the name of the part: any other is as good
        with pytest.raises((EstimateError, DataError)) as failed:
            enkat.scan(Engine(changed))
        assert failed.value.code == "estimate.foreign_state", at


def test_row_numbers_count_from_the_start_of_the_source(tmp_path: Path) -> None:
    answers = [1, 2] * 150
    answers[249] = 9
    table = pa.table({"q": answers})
    codebook = {
        "schema_version": 1,
        "questions": [{"name": "q", "type": "single", "options": [{"name": "a", "code": 1}, {"name": "b", "code": 2}]}],
    }
    parts = [table.slice(first, 100) for first in (0, 100, 200)]
    for number, part in enumerate(parts):
        pyarrow.parquet.write_table(part, tmp_path / f"{number}.parquet", row_group_size=30)
    for source in (lambda: iter(parts), iter(parts), tmp_path):
        with pytest.raises(DataError) as failed:
            enkat.scan(source, codebook=codebook).proportion("q")
        assert failed.value.context["row"] == 250
        assert "row 250 of column 'q'" in failed.value.message
