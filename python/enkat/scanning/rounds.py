"""Passes over the same rows: those of one call one after the other, those of several calls together, so that the rows
are read once for all of them.

A call is straight code that stops at each of its passes until the rows have been read. Several calls at once are
therefore a thread each, which waits and computes nothing while the rows are read.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TypeVar

from enkat import _core

T = TypeVar("T")


class Stopped(Exception):  # noqa: N818 - no error: the round was given up
    """Another call of the round failed."""


@dataclass
class Request:
    """A pass that a call waits for, and the columns it reads."""

    wanted: _core.Pass
    columns: tuple[str, ...]
    _done: threading.Event = field(default_factory=threading.Event)
    _stopped: bool = False

    def wait(self) -> None:
        """Until the pass has seen all rows; `Stopped` where it never will."""
        self._done.wait()
        if self._stopped:
            raise Stopped

    def end(self, *, stopped: bool) -> None:
        """The pass has seen all rows, or nobody will show it any."""
        self._stopped = stopped
        self._done.set()


_round: ContextVar[Round | None] = ContextVar("round", default=None)


@dataclass(frozen=True)
class Readings:
    """Runs the passes of a survey; `read` lets several of them see all rows once."""

    read: Callable[[Sequence[Request]], None]

    def __call__(self, wanted: _core.Pass, columns: Sequence[str]) -> None:
        """Runs a pass: at once, or with those of the calls that run beside this one."""
        request = Request(wanted, tuple(columns))
        round_ = _round.get()
        if round_ is None:
            self.read([request])
        else:
            round_.wait(request)

    def together(self, calls: Sequence[Callable[[], T]]) -> list[T]:
        """The results of calls that run side by side, each until it needs a pass; then all passes are run together.

        Of calls that fail in the same round the first one's error is raised; those after it are given up.
        """
        round_ = Round(len(calls))
        results: dict[int, T] = {}

        def run(number: int) -> None:
            _round.set(round_)
            try:
                results[number] = calls[number]()
            except Stopped:
                round_.ended(number)
            except BaseException as error:  # raised again where the calls were made
                round_.ended(number, error)
            else:
                round_.ended(number)

        for number in range(len(calls)):
            threading.Thread(target=run, args=(number,), daemon=True).start()
        try:
            while requests := round_.all_wait():
                self.read(requests)
                round_.go_on()
        finally:
            round_.give_up()  # nothing where all have ended
        return [results[number] for number in range(len(calls))]


class Round:
    """Calls that run side by side, and the passes that they wait for."""

    def __init__(self, calls: int) -> None:
        self._running = calls
        self._waiting: list[Request] = []
        self._failures: dict[int, BaseException] = {}
        self._stopped = False
        self._changed = threading.Condition()

    def wait(self, request: Request) -> None:
        """What a call does at a pass."""
        with self._changed:
            if self._stopped:
                raise Stopped
            self._waiting.append(request)
            self._changed.notify()
        request.wait()

    def ended(self, number: int, error: BaseException | None = None) -> None:
        """What a call does at its end."""
        with self._changed:
            self._running -= 1
            if error is not None:
                self._failures[number] = error
            self._changed.notify()

    def all_wait(self) -> list[Request]:
        """The passes that are waited for, once every call waits; none when all ended. Raises what one failed by."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._waiting) == self._running)
            if self._failures:
                raise self._failures[min(self._failures)]
            return list(self._waiting)

    def go_on(self) -> None:
        """The passes have seen all rows."""
        with self._changed:
            waiting, self._waiting = self._waiting, []
        for request in waiting:
            request.end(stopped=False)

    def give_up(self) -> None:
        """Ends all calls that still run at their next pass."""
        with self._changed:
            self._stopped = True
            waiting, self._waiting = self._waiting, []
        for request in waiting:
            request.end(stopped=True)


def columns_of(requests: Sequence[Request]) -> list[str]:
    """The columns that any of them reads, each once."""
    return list(dict.fromkeys(name for request in requests for name in request.columns))
