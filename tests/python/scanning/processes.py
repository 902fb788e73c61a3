"""Rows in other processes: an engine, and what docs/scale.md asks of a Spark frame. All that travels is pickled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import cloudpickle
import pyarrow as pa

DOCUMENT = Path(__file__).parents[3] / "docs/scale.md"


@dataclass(frozen=True)
class Processes:
    """An engine as docs/scale.md describes it; parts are merged on the way, on other processes as well."""

    pool: Executor
    parts: Sequence[pa.Table]

    @property
    def schema(self) -> pa.Schema:
        return self.parts[0].schema

    def run(
        self, columns: Sequence[str], observe: Callable[..., bytes], merge: Callable[..., bytes]
    ) -> Iterable[bytes]:
        found = list(self.pool.map(observe, [part.select(list(columns)).to_batches() for part in self.parts]))
        return self.pool.map(merge, [found[::2], found[1::2]])


def documented_spark() -> Any:
    """The class Spark of docs/scale.md."""
    example = re.search(r"```python\n(class Spark:.*?)\n\n\nsurvey", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    names: dict[str, Any] = {"pyarrow": pa}
    exec(example[1], names)
    return names["Spark"]


@dataclass(frozen=True)
class Frame:
    """A frame that does as Spark's: a function is sent by value to where the rows are, and collected as rows."""

    pool: Executor
    parts: Sequence[pa.Table]

    def limit(self, rows: int) -> Frame:
        return replace(self, parts=[self.parts[0].slice(0, rows)])

    def toArrow(self) -> pa.Table:  # noqa: N802  (Spark's name)
        return pa.concat_tables(self.parts)

    def select(self, *columns: str) -> Frame:
        return replace(self, parts=[part.select(list(columns)) for part in self.parts])

    def mapInArrow(self, function: Callable[..., Iterator[Any]], schema: str) -> Mapped:  # noqa: N802
        assert schema == "part binary"
        return Mapped(self.pool, cloudpickle.dumps(function), self.parts)


@dataclass(frozen=True)
class Mapped:
    """A frame that a function makes of another."""

    pool: Executor
    function: bytes
    parts: Sequence[pa.Table]

    def collect(self) -> list[Row]:
        made = self.pool.map(partial(parts_made, self.function), [part.to_batches() for part in self.parts])
        return [Row(bytearray(part)) for parts in made for part in parts]


@dataclass(frozen=True)
class Row:
    """What Spark collects: binary values are bytearrays."""

    part: bytearray


def parts_made(function: bytes, batches: Sequence[pa.RecordBatch]) -> list[bytes]:
    """What the function makes of one part of the rows, where they are."""
    return [part for batch in cloudpickle.loads(function)(iter(batches)) for part in batch.column("part").to_pylist()]
