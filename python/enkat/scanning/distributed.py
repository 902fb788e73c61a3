"""Surveys whose rows other processes read: each does the same call as far as the pass that is wanted of it.

A call runs pass after pass over the rows. Whoever has some of the rows gets the call, with what its earlier passes
found, runs it again on what it has, and stops after the next pass: its bytes go back, merged on the way.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from enkat import _core
from enkat.design import Design
from enkat.errors import EstimateError
from enkat.files.one_form import Respelt
from enkat.scanning.failures import query_failed, said_as
from enkat.scanning.rounds import Request, ask, in_a_round, in_rounds, serve_batches
from enkat.scanning.scan import survey_in_parts
from enkat.scanning.seen import Seen, names_of
from enkat.scanning.source import capsules, in_one_form_names, own_names
from enkat.survey import Survey
from enkat.tables import Records

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
class Verb:
    """A method of Survey and what it was called with."""

    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]


@dataclass(frozen=True)
class Call:
    """All that another process needs for the next pass of a call."""

    schema: pa.Schema
    codebook: str | None
    design: Design
    known_columns: tuple[bytes, ...] = ()  # what calls before this one found about columns
    steps: tuple[Verb, ...] = ()  # what was done to the survey: calibrated, given replicates
    passes: tuple[bytes, ...] = ()  # what the passes of the survey, of its steps and of this call found so far
    conditions: tuple[dict[str, Any], ...] = ()
    verb: Verb | None = None  # None: the survey itself is made

    def observe(self, batches: Batches) -> bytes:
        """What the next pass finds in these rows, and which texts it met in another Unicode form."""
        respelt = Respelt()
        named = map(in_one_form_names, batches)
        found = self.next_pass(lambda columns: capsules(named, columns, self.schema, respelt))
        return Seen.now([found], respelt.to_bytes()).to_bytes()

    def merge(self, parts: Sequence[bytes]) -> bytes:
        """What the next pass finds in the rows of all parts."""
        seen = [Seen.of(part, passes=1) for part in parts]
        names = names_of(seen)
        found = self.next_pass(lambda _: [part.found[0] for part in seen])
        return Seen((found,), merged_texts(seen), names).to_bytes()

    def next_pass(self, given: Callable[[Sequence[str]], Iterable[Any]]) -> bytes:
        """What the next pass finds in what it is given for these columns."""
        known = iter(self.passes)

        def give(_: str, columns: Sequence[str]) -> Iterable[Any]:
            earlier = next(known, None)
            return given(columns) if earlier is None else [earlier]

        parts = _core.Parts(give, list(self.known_columns), len(self.passes))
        try:
            survey = survey_in_parts(self.schema, self.codebook, self.design, parts, Respelt())
            for step in self.steps:
                survey = getattr(survey, step.name)(*step.args, **step.kwargs)
            assert self.verb is not None
            narrowed = survey._of(survey._core.where(list(self.conditions)), survey) if self.conditions else survey
            getattr(narrowed, self.verb.name)(*self.verb.args, **self.verb.kwargs)
        except _core.PassDone:
            return parts.result
        raise EstimateError("estimate.foreign_state", "this call has no further pass: make the survey anew")


@dataclass
class Run:
    """One call as far as it has come."""

    call: Call
    found: list[tuple[str, bytes]] = field(default_factory=list)  # by its passes

    @property
    def so_far(self) -> Call:
        """The call with what its passes found."""
        return replace(self.call, passes=(*self.call.passes, *(found for _, found in self.found)))

    @property
    def about_columns(self) -> tuple[bytes, ...]:
        """What it found that calls after it need not look for."""
        return tuple(found for name, found in self.found if name == "columns")


_run: ContextVar[Run] = ContextVar("run")


@dataclass
class Caller:
    """Runs the passes of one survey, and of the domains made of it, by its engine."""

    engine: Engine
    made: Call  # that of the survey
    own_names: Mapping[str, str]  # what the engine calls the columns
    respelt: Respelt  # texts in another Unicode form, of all that was read so far
    known_columns: list[bytes] = field(default_factory=list)  # of all surveys of the same data, as the locks are
    one_at_a_time: threading.Lock = field(default_factory=threading.Lock)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, name: str, columns: Sequence[str]) -> Iterable[bytes]:
        """The pass over all rows."""
        run = _run.get(None)
        if run is None:
            raise EstimateError(
                "estimate.in_memory_only",
                "this is not computed after the call whose rows others have read: ask for it in the call itself",
            )
        shared = ask(Wanted(run.so_far, tuple(columns)))
        found = next(shared) if shared is not None else self._pass(run.so_far, columns)
        run.found.append((name, found))
        return [found]

    def _pass(self, call: Call, columns: Sequence[str]) -> bytes:
        seen = Seen.of(self._read(columns, call), passes=1)
        self.respelt.add_bytes([seen.texts])
        return seen.found[0]

    def _read(self, columns: Sequence[str], call: Call | Calls) -> bytes:
        named = [self.own_names[name] for name in columns]
        with said_as(query_failed(type(self.engine).__name__)):
            parts = list(self.engine.run(named, call.observe, call.merge))
        return call.merge(parts)

    def run(self, survey: DistributedSurvey, verb: Verb, method: Callable[..., Any]) -> Any:
        """The verb's result; what it found about columns is kept for the calls after it."""
        if _run.get(None) is not None:  # a verb that calls another is one call
            return method(*verb.args, **verb.kwargs)
        with nullcontext() if in_a_round() else self.one_at_a_time:
            with self.lock:
                known = tuple(self.known_columns)
            run = Run(replace(self.made, known_columns=known, verb=verb, conditions=tuple(survey._core.conditions)))
            token = _run.set(run)
            try:
                result = method(*verb.args, **verb.kwargs)
            finally:
                _run.reset(token)
                with self.lock:
                    self.known_columns += run.about_columns
            if isinstance(result, DistributedSurvey):
                result._runs_by(self.after(verb, run))
            return result

    def after(self, step: Verb, run: Run) -> Caller:
        """Who runs the passes of the survey that this step made."""
        passes = (*self.made.passes, *(found for name, found in run.found if name != "columns"))
        made = replace(self.made, steps=(*self.made.steps, step), passes=passes)
        # What is derived may have the name of something else that is derived elsewhere.
        known = [*self.known_columns] if step.name == "derive" else self.known_columns
        return replace(self, made=made, known_columns=known)

    def together(self, calls: Sequence[Callable[[], Any]]) -> list[Any]:
        """The results of several verbs; every part of the rows is read once for a pass of each of them."""
        with self.one_at_a_time:
            return in_rounds(calls, self._serve)

    def _serve(self, requests: Sequence[Request]) -> None:
        calls = Calls(tuple(request.wanted.call for request in requests))
        columns = list(dict.fromkeys(name for request in requests for name in request.wanted.columns))
        seen = Seen.of(self._read(columns, calls), passes=len(requests))
        self.respelt.add_bytes([seen.texts])
        for request, found in zip(requests, seen.found, strict=True):
            request.give(found)


@dataclass(frozen=True)
class Wanted:
    """The next pass of a call, and the columns it reads."""

    call: Call
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Calls:
    """Several calls whose next passes are done together."""

    calls: tuple[Call, ...]

    def observe(self, batches: Batches) -> bytes:
        """What the next pass of each finds in these rows, and which texts they met in another Unicode form."""
        respelt = Respelt()
        jobs = [partial(_observe_shared, call, respelt) for call in self.calls]
        found = in_rounds(jobs, serve_batches(lambda _: map(in_one_form_names, batches)))
        return Seen.now(found, respelt.to_bytes()).to_bytes()

    def merge(self, parts: Sequence[bytes]) -> bytes:
        """What the next pass of each finds in the rows of all parts."""
        seen = [Seen.of(part, passes=len(self.calls)) for part in parts]
        names = names_of(seen)
        each = zip(*(part.found for part in seen), strict=True)
        merged = [call.next_pass(partial(_given, found)) for call, found in zip(self.calls, each, strict=True)]
        return Seen(tuple(merged), merged_texts(seen), names).to_bytes()


def _given(found: Sequence[bytes], _: Sequence[str]) -> Iterable[bytes]:
    return found


def merged_texts(parts: Iterable[Seen]) -> bytes:
    """The texts in another Unicode form that any of the parts has."""
    respelt = Respelt()
    respelt.add_bytes(part.texts for part in parts)
    return respelt.to_bytes()


def _observe_shared(call: Call, respelt: Respelt) -> bytes:
    def shared(columns: Sequence[str]) -> Iterable[Any]:
        batches = ask(columns)
        assert batches is not None
        return capsules(batches, columns, call.schema, respelt)

    return call.next_pass(shared)


class DistributedSurvey(Survey):
    """A survey whose every call is run by an engine."""

    _caller: Caller

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name.startswith("_") or not callable(found) or name in ("where", "estimate"):
            return found
        return partial(self._run, name, found)

    def _run(self, name: str, method: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        return self._caller.run(self, Verb(name, args, kwargs), method)

    def _runs_by(self, caller: Caller) -> None:
        self.__dict__.update(_caller=caller, _together=caller.together)

    def __len__(self) -> int:
        return int(self._run("__len__", super().__len__))

    @property
    def questions(self) -> Records:
        """As that of every survey."""
        found: Records = self._run("_question_table", super()._question_table)
        return found


def distributed_survey(engine: Engine, codebook: str | None, design: Design) -> Survey:
    """A survey of the rows that an engine has."""
    respelt = Respelt()
    own = engine.schema
    schema = in_one_form_names(own)
    caller = Caller(engine, Call(schema, codebook, design), own_names(own), respelt)
    run = Run(caller.made)
    token = _run.set(run)
    try:
        made = survey_in_parts(schema, codebook, design, _core.Parts(caller), respelt)
    finally:
        _run.reset(token)
    caller.made = run.so_far
    survey = DistributedSurvey.__new__(DistributedSurvey)
    survey.__dict__.update(made.__dict__)
    survey._runs_by(caller)
    return survey
