"""Rows that other processes have: each gets the next pass of a call as bytes, lets it see what it has, and gives back
what the pass added up, merged on the way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from enkat import _core
from enkat.design import Design
from enkat.files.one_form import Respelt
from enkat.scanning.failures import query_failed, said_as
from enkat.scanning.rounds import Request, columns_of
from enkat.scanning.seen import Seen, names_of
from enkat.scanning.source import capsule_of, columns_table, in_one_form_names, own_names

if TYPE_CHECKING:
    import pyarrow as pa

Batches = Iterable[Any]  # of record batches or tables


class Engine(Protocol):
    """Runs functions where the rows are: Dask, Spark, anything that can send a function and get bytes back."""

    @property
    def schema(self) -> pa.Schema:
        """Names and types of the columns, as every batch has them."""

    def run(
        self,
        columns: Sequence[str],
        observe: Callable[[Batches], bytes],
        merge: Callable[[Sequence[bytes]], bytes],
    ) -> Iterable[bytes]:
        """What `observe` returns for the batches (these columns) of each part of the rows.

        `merge` makes one of several; both can be pickled and may run anywhere, any number of times, in any order.
        """


@dataclass(frozen=True)
class SentPass:
    """A pass as bytes, and the columns it reads."""

    sent: bytes
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """Passes that are run together over some of the rows: all that another process needs for them."""

    schema: pa.Schema
    design: Design
    passes: tuple[SentPass, ...]

    def observe(self, batches: Batches) -> bytes:
        """What each pass finds in these rows, and which texts it met in another Unicode form."""
        respelt = Respelt()
        passes = self._made()
        for number, batch in enumerate(batches, start=1):
            named = in_one_form_names(batch)
            for one, sent in zip(passes, self.passes, strict=True):
                capsule, before = capsule_of(named, number, sent.columns, self.schema, respelt)
                one.see(capsule, before)
        return Seen.now([one.found for one in passes], respelt.to_bytes()).to_bytes()

    def merge(self, parts: Sequence[bytes]) -> bytes:
        """What each pass finds in the rows of all parts."""
        passes, respelt = self._made(), Respelt()
        names = self.add(parts, passes, respelt)
        return Seen(tuple(one.found for one in passes), respelt.to_bytes(), names).to_bytes()

    def add(self, parts: Sequence[bytes], passes: Sequence[_core.Pass], respelt: Respelt) -> bytes:
        """Adds what was found in parts to passes; returns the names of the parts."""
        seen = [Seen.of(part, passes=len(passes)) for part in parts]
        names = names_of(seen)
        respelt.add_bytes(part.texts for part in seen)
        for part in seen:
            for one, found in zip(passes, part.found, strict=True):
                one.add(found)
        return names

    def _made(self) -> list[_core.Pass]:
        columns, design = columns_table(self.schema), self.design.as_dict()
        return [_core.Pass(columns, design, one.sent) for one in self.passes]


@dataclass
class Elsewhere:
    """The rows that an engine has."""

    engine: Engine
    design: Design
    respelt: Respelt  # texts in another Unicode form, of all that was read so far
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        own = self.engine.schema
        self.schema = in_one_form_names(own)
        self._own_names = own_names(own)  # what the engine calls the columns

    def read(self, requests: Sequence[Request]) -> None:
        """Lets passes see all rows once."""
        sent = tuple(SentPass(request.wanted.sent, request.columns) for request in requests)
        task = Task(self.schema, self.design, sent)
        columns = [self._own_names[name] for name in columns_of(requests)]
        with self._one_at_a_time, said_as(query_failed(type(self.engine).__name__)):
            parts = list(self.engine.run(columns, task.observe, task.merge))
        task.add(parts, [request.wanted for request in requests], self.respelt)
